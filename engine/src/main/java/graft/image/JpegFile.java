package graft.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** JPEG: by libjpeg-turbo where it can, by the JDK's reader otherwise; to the bit the same. */
final class JpegFile {
    private static final int MOST_REDUCTION = 8;

    /** A block of 8 × 8 pixels takes at least a bit. */
    private static final int MOST_PIXELS_PER_BYTE = 8 * 64;

    private JpegFile() {}

    /** @param longerSide how small the picture may come, as {@link PictureReader#read(byte[], int)} has it */
    static Reading read(byte[] file, int longerSide) throws IOException {
        JpegHeader header = JpegHeader.of(file);
        Set<PictureRemark> remarks = EnumSet.noneOf(PictureRemark.class);
        if (header.components() > 0) {
            PictureReader.checkSize(header.width(), header.height());
            if (header.pixels() / MOST_PIXELS_PER_BYTE > file.length) {
                throw new PictureException(PictureReader.ENDS_EARLY);
            }
        }
        byte[] whole = endsAsJpeg(file) ? file : ended(file, header, remarks);
        int reduction = reduction(header, longerSide);
        Optional<Picture> quick = PictureReader.aloneIfLarge(
                header.pixels() / (reduction * reduction), () -> TurboJpeg.read(whole, header, reduction));
        Decoded decoded = quick.isPresent() ? Decoded.opaque(quick.get()) : byJdk(whole, header, remarks);
        Tags tags = header.tags();
        remarks.addAll(tags.remarks());
        return decoded.shown(new Tags(tags.orientation(), tags.profile(), remarks));
    }

    private static boolean endsAsJpeg(byte[] file) {
        return file[file.length - 2] == (byte) 0xff && file[file.length - 1] == (byte) 0xd9;
    }

    /** Without what some cameras put behind the end; with an end mark where only that is lacking. */
    private static byte[] ended(byte[] file, JpegHeader header, Set<PictureRemark> remarks) throws IOException {
        if (header.scan() < 0) {
            return file;
        }
        JpegScans scans = JpegScans.of(file, header);
        if (scans.end() > 0) {
            return Arrays.copyOf(file, scans.end());
        }
        if (!scans.isComplete()) {
            throw new PictureException(PictureReader.ENDS_EARLY);
        }
        remarks.add(PictureRemark.NO_END);
        byte[] out = Arrays.copyOf(file, file.length + 2);
        out[file.length] = (byte) 0xff;
        out[file.length + 1] = (byte) 0xd9;
        return out;
    }

    private static int reduction(JpegHeader header, int longerSide) {
        int reduction = 1;
        while (reduction < MOST_REDUCTION && header.longerSide() / (2 * reduction) >= longerSide) {
            reduction *= 2;
        }
        return reduction;
    }

    static Decoded byJdk(byte[] file, JpegHeader header, Set<PictureRemark> remarks) throws IOException {
        return PictureReader.byImageIo(PictureKind.JPEG, file, remarks, reader -> {
            Raster raw = reader.readRaster(0, null);
            int bands = raw.getNumBands();
            byte[] bytes = Pixels.bytes(raw, 0, bands);
            switch (bands) {
                case 1 -> {}
                case 3 -> header.threeToRgb(bytes);
                case 4 -> bytes = header.fourToInks(bytes);
                default -> throw new PictureException("it has " + bands + " colour components; Graft reads 1, 3 or 4");
            }
            return new Decoded(raw.getWidth(), raw.getHeight(), bands, bytes, Optional.empty(), false, 0);
        });
    }
}
