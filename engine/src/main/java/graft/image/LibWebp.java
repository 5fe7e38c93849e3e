package graft.image;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.Optional;

/**
 * WebP by libwebp, as Leptonica brings it. The reader in Java draws colours of lossy pictures coarser than all viewers do,
 * gives up some transparency without failing, and some lossless pictures come out wrong.
 */
final class LibWebp {
    private static final int BANDS = 4;

    private LibWebp() {}

    static boolean isThere() {
        return Leptonica.LOADED;
    }

    /** @param file a WebP file with one picture, of at most 2 GiB unpacked */
    static Decoded read(byte[] file) throws IOException {
        int[] width = new int[1];
        int[] height = new int[1];
        Pointer pixels = Leptonica.WebPDecodeRGBA(file, file.length, width, height);
        if (pixels == null) {
            throw new PictureException("it is damaged (its pixels cannot be unpacked)");
        }
        try {
            return toDecoded(pixels, width[0], height[0]);
        } finally {
            Leptonica.WebPFree(pixels);
        }
    }

    private static Decoded toDecoded(Pointer pixels, int width, int height) {
        byte[] row = new byte[width * BANDS];
        byte[] colours = new byte[width * height * 3];
        byte[] alpha = new byte[width * height];
        int to = 0;
        int at = 0;
        for (int y = 0; y < height; y++) {
            pixels.read((long) y * row.length, row, 0, row.length);
            for (int from = 0; from < row.length; from += BANDS) {
                colours[to++] = row[from];
                colours[to++] = row[from + 1];
                colours[to++] = row[from + 2];
                alpha[at++] = row[from + 3];
            }
        }
        return new Decoded(width, height, 3, colours, Optional.of(alpha), false, 0);
    }
}
