package graft.data;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What lies in picture folders under a picture's name and is none, or none that is read: said in words. */
public final class ForeignKind {
    private static final String CONVERT = ", which is not read; convert it to JPEG or PNG";

    private static final Map<String, String> BEGINNINGS = beginnings();

    /** What only those take for arrays who look at the ending; all of it may be saved by NumPy. */
    private static final Map<String, String> NO_ARRAYS = Map.of(
            "\u0093NUMPY", "it is one array (.npy), not several",
            "\u0080\u0002", "it is a Python pickle",
            "\u0080\u0003", "it is a Python pickle",
            "\u0080\u0004", "it is a Python pickle",
            "\u0080\u0005", "it is a Python pickle",
            "MATLAB 5.0", "it is a MATLAB file, which scipy.io.loadmat reads",
            "PAR1", "it is a Parquet table",
            "\u0089PNG", "it is a picture; give the folder that holds it",
            "\u00ff\u00d8\u00ff", "it is a picture; give the folder that holds it",
            "GIF8", "it is a picture; give the folder that holds it");

    /** The brand of an ISO base media file, at byte 8. */
    private static final Map<String, String> BRANDS = brands();

    private ForeignKind() {}

    private static Map<String, String> beginnings() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put(
                "version https://git-lfs",
                "it is a Git LFS pointer, not the file itself; fetch that with `git lfs pull`");
        out.put("\u0000\u0000\u0000\u000cJXL \r\n\u0087\n", "it is a JPEG XL picture" + CONVERT);
        out.put("\u00ff\n", "it is a JPEG XL picture" + CONVERT);
        out.put("\u0000\u0000\u0000\u000cjP  ", "it is a JPEG 2000 picture" + CONVERT);
        out.put("\u00ff\u004f\u00ff\u0051", "it is a JPEG 2000 picture" + CONVERT);
        out.put("\u00ff\u00d8\u00ff\u00f7", "it is a JPEG-LS picture" + CONVERT);
        out.put("II\u00bc", "it is a JPEG XR picture" + CONVERT);
        out.put("8BPS", "it is a Photoshop file (PSD)" + CONVERT);
        out.put("gimp xcf", "it is a GIMP file (XCF)" + CONVERT);
        out.put("v/1\u0001", "it is an OpenEXR picture" + CONVERT);
        out.put("#?RADIANCE", "it is a Radiance HDR picture" + CONVERT);
        out.put("DDS ", "it is a DDS texture" + CONVERT);
        out.put("qoif", "it is a QOI picture" + CONVERT);
        out.put("FLIF", "it is a FLIF picture" + CONVERT);
        out.put("BPG\u00fb", "it is a BPG picture" + CONVERT);
        out.put("\u0000\u0000\u0001\u0000", "it is an icon (ICO)" + CONVERT);
        out.put("II+\u0000", "it is a BigTIFF file" + CONVERT);
        out.put("MM\u0000+", "it is a BigTIFF file" + CONVERT);
        out.put("IIU\u0000", "it is a camera raw file (Panasonic)" + CONVERT);
        out.put("IIRO", "it is a camera raw file (Olympus)" + CONVERT);
        out.put("IIRS", "it is a camera raw file (Olympus)" + CONVERT);
        out.put("FUJIFILMCCD-RAW", "it is a camera raw file (Fujifilm)" + CONVERT);
        out.put("SIMPLE  =", "it is a FITS file" + CONVERT);
        out.put("%PDF", "it is a PDF document");
        out.put("%!PS", "it is a PostScript document");
        out.put("PK\u0003\u0004", "it is a zip archive (or an office document)");
        out.put("\u001f\u008b", "it is a gzip archive");
        out.put("7z\u00bc\u00af", "it is a 7z archive");
        out.put("Rar!", "it is a RAR archive");
        out.put("\u0093NUMPY", "it is a NumPy array; put arrays into one .npz file and give that as data");
        out.put("\u0089HDF", "it is an HDF5 file");
        out.put("\u001aE\u00df\u00a3", "it is a video");
        out.put("\u0000\u0005\u0016\u0007", "it is what macOS keeps beside a file (AppleDouble), not the file itself");
        out.put("\u00d0\u00cf\u0011\u00e0", "it is a Windows document or thumbnail database");
        out.put("P1", "it is a PBM picture in text form" + CONVERT);
        out.put("P2", "it is a PGM picture in text form" + CONVERT);
        out.put("P3", "it is a PPM picture in text form" + CONVERT);
        out.put("P4", "it is a PBM picture" + CONVERT);
        out.put("PF", "it is a PFM picture" + CONVERT);
        out.put("P7", "it is a PAM picture" + CONVERT);
        return out;
    }

    private static Map<String, String> brands() {
        Map<String, String> out = new LinkedHashMap<>();
        for (String brand : List.of("avif", "avis")) {
            out.put(brand, "it is an AVIF picture" + CONVERT);
        }
        for (String brand : List.of("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "mif2")) {
            out.put(brand, "it is a HEIC picture (as telephones write)" + CONVERT);
        }
        out.put("crx ", "it is a camera raw file (Canon)" + CONVERT);
        return out;
    }

    /** Empty where the file may be a picture that is read. */
    public static Optional<String> of(byte[] head) {
        for (Map.Entry<String, String> kind : BEGINNINGS.entrySet()) {
            boolean text = kind.getKey().length() == 2 && kind.getKey().startsWith("P");
            if (Bytes.begins(head, 0, kind.getKey()) && (!text || Bytes.at(head, 2) <= ' ')) {
                return Optional.of(kind.getValue());
            }
        }
        if (Bytes.begins(head, 4, "ftyp")) {
            return Optional.of(media(head));
        }
        if (Bytes.begins(head, 0, "RIFF") && !Bytes.begins(head, 8, "WEBP")) {
            return Optional.of("it is a sound or a video (RIFF)");
        }
        if (Bytes.begins(head, 128, "DICM")) {
            return Optional.of("it is a DICOM file" + CONVERT);
        }
        if (Bytes.begins(head, 8, "CR") && Bytes.begins(head, 0, "II*")) {
            return Optional.of("it is a camera raw file (Canon)" + CONVERT);
        }
        return markup(head);
    }

    /** What is there instead of the arrays of a .npz file. */
    static String ofArrays(byte[] head) {
        if (head.length == 0) {
            return "it is empty";
        }
        for (Map.Entry<String, String> kind : NO_ARRAYS.entrySet()) {
            if (Bytes.begins(head, 0, kind.getKey())) {
                return kind.getValue();
            }
        }
        String what =
                of(head).orElseGet(() -> isText(head) ? "it is a text" : "it is no zip archive, as .npz files are");
        return what.endsWith(CONVERT) ? what.substring(0, what.length() - CONVERT.length()) : what;
    }

    private static String media(byte[] head) {
        long end = Math.min(head.length, Bytes.big32(head, 0));
        String found = null;
        for (int at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
            String brand = new String(head, at, 4, StandardCharsets.ISO_8859_1);
            // mif1 only says that a picture is inside; what follows says which.
            if (BRANDS.containsKey(brand) && (found == null || brand.equals("avif"))) {
                found = brand;
            }
        }
        return found == null ? "it is a video" : BRANDS.get(found);
    }

    private static Optional<String> markup(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, 1024), StandardCharsets.UTF_8)
                .replace("\ufeff", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        if (text.startsWith("<svg") || text.startsWith("<?xml") && text.contains("<svg")) {
            return Optional.of("it is an SVG drawing" + CONVERT);
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<head")) {
            return Optional.of("it is a web page, as downloads that failed leave; download the file again");
        }
        if (text.startsWith("<?xml") || text.startsWith("<!doctype")) {
            return Optional.of("it is an XML document");
        }
        return Optional.empty();
    }

    public static boolean isText(byte[] head) {
        for (byte value : head) {
            if ((value < ' ' || value >= 127) && value != '\n' && value != '\r' && value != '\t') {
                return false;
            }
        }
        return true;
    }
}
