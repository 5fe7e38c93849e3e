package graft.image;

import graft.data.Clutter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a file in a class folder is one of the pictures, by its name; only where the name says nothing by its content. */
final class PictureName {
    private static final String CONVERT = ", which is not read; convert it to JPEG or PNG";

    /** Pictures of kinds that are not read: worth a word of their own, for they were meant to be learnt from. */
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("heic", "HEIC"),
            Map.entry("heif", "HEIF"),
            Map.entry("avif", "AVIF"),
            Map.entry("jxl", "JPEG XL"),
            Map.entry("jp2", "JPEG 2000"),
            Map.entry("j2k", "JPEG 2000"),
            Map.entry("svg", "SVG"),
            Map.entry("psd", "Photoshop"),
            Map.entry("xcf", "GIMP"),
            Map.entry("ico", "ICO"),
            Map.entry("tga", "TGA"),
            Map.entry("exr", "OpenEXR"),
            Map.entry("hdr", "Radiance HDR"),
            Map.entry("dds", "DDS"),
            Map.entry("pbm", "PBM"),
            Map.entry("pfm", "PFM"),
            Map.entry("pcx", "PCX"),
            Map.entry("dcm", "DICOM"),
            Map.entry("fits", "FITS"));

    private static final Set<String> RAW = Set.of(
            "cr2", "cr3", "nef", "nrw", "arw", "srf", "sr2", "dng", "orf", "raf", "rw2", "pef", "srw", "x3f", "3fr",
            "erf", "kdc", "mrw", "raw");

    private PictureName() {}

    /** Why a file is not among the pictures; empty where it is. */
    static Optional<String> whyNot(Path file, String name) {
        Optional<String> clutter = Clutter.file(name);
        if (clutter.isPresent()) {
            return clutter;
        }
        String ending = name.indexOf('.') < 0 ? "" : PictureReader.ending(name);
        if (PictureReader.ENDINGS.contains(ending)) {
            return Optional.empty();
        }
        if (FOREIGN.containsKey(ending)) {
            return Optional.of("it is a picture of the kind " + FOREIGN.get(ending) + CONVERT);
        }
        if (RAW.contains(ending)) {
            return Optional.of("it is a camera raw file" + CONVERT);
        }
        boolean picture = holdsPicture(file);
        if (picture && ending.isEmpty()) {
            return Optional.empty();
        }
        String kinds = "only " + String.join(", ", PictureReader.ENDINGS) + " files are read";
        return Optional.of(picture ? "it holds a picture, but " + kinds + "; rename it" : kinds);
    }

    /** Whether a file that is not among the pictures was meant to be one: it is one of another kind, or under another name. */
    static boolean isMeant(Path file, String name) {
        if (Clutter.file(name).isPresent()) {
            return false;
        }
        String ending = PictureReader.ending(name);
        return FOREIGN.containsKey(ending) || RAW.contains(ending) || holdsPicture(file);
    }

    private static boolean holdsPicture(Path file) {
        try {
            return PictureKind.find(PictureContent.head(file)).isPresent();
        } catch (IOException e) {
            return false; // what cannot be opened is left out by its name, as it would be with any other content
        }
    }
}
