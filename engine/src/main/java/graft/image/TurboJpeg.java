package graft.image;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;

/**
 * JPEG by libjpeg-turbo, as Leptonica brings it: the pixels of the JDK's reader in less time. It takes only what it reads
 * without a warning, and leaves everything else, what is wrong with a file too, to the JDK's reader.
 */
final class TurboJpeg {
    private TurboJpeg() {}

    /**
     * The picture, or nothing where the JDK's reader has to look at the file.
     *
     * @param reduction 1, 2, 4 or 8: each side is divided by it (rounded up) while decoding, by leaving out frequencies
     */
    static Optional<Picture> read(byte[] file, JpegHeader header, int reduction) {
        if (!Leptonica.LOADED || !(header.components() == 1 || header.components() == 3) || !endsAsJpeg(file)) {
            return Optional.empty();
        }
        int[] warnings = new int[1];
        Pointer pix = Leptonica.pixReadMemJpeg(file, file.length, 0, reduction, warnings, 0);
        if (pix == null) {
            return Optional.empty();
        }
        try {
            return warnings[0] == 0 ? Optional.of(toPicture(pix)) : Optional.empty();
        } finally {
            Leptonica.pixDestroy(new PointerByReference(pix));
        }
    }

    /** libjpeg itself prints a line about a file that ends early. */
    private static boolean endsAsJpeg(byte[] file) {
        return file[file.length - 2] == (byte) 0xff && file[file.length - 1] == (byte) 0xd9;
    }

    /** Leptonica's rows are whole 32-bit words, the first pixel in the highest byte. */
    private static Picture toPicture(Pointer pix) {
        int width = Leptonica.pixGetWidth(pix);
        int height = Leptonica.pixGetHeight(pix);
        int bands = Leptonica.pixGetDepth(pix) == 8 ? 1 : 3;
        int wordsPerRow = Leptonica.pixGetWpl(pix);
        Pointer data = Leptonica.pixGetData(pix);
        byte[] pixels = new byte[width * height * bands];
        int[] row = new int[wordsPerRow];
        int to = 0;
        for (int y = 0; y < height; y++) {
            data.read((long) y * wordsPerRow * Integer.BYTES, row, 0, wordsPerRow);
            if (bands == 1) {
                for (int x = 0; x < width; x++) {
                    pixels[to++] = (byte) (row[x >> 2] >> (3 - (x & 3)) * 8);
                }
            } else {
                for (int word : row) {
                    pixels[to++] = (byte) (word >> 24);
                    pixels[to++] = (byte) (word >> 16);
                    pixels[to++] = (byte) (word >> 8);
                }
            }
        }
        return new Picture(width, height, bands, pixels);
    }
}
