package graft.image;

/**
 * A decoded picture.
 *
 * @param bands 1 (luma) or 3 (red, green, blue)
 * @param pixels row by row, the bands of a pixel side by side, 0…255 as unsigned bytes
 */
public record Picture(int width, int height, int bands, byte[] pixels) {

    /** ITU-R 601 luma in 16-bit fixed point, as Pillow's {@code convert('L')} rounds it. */
    Picture toLuma() {
        if (bands == 1) {
            return this;
        }
        byte[] luma = new byte[width * height];
        for (int i = 0, at = 0; i < luma.length; i++, at += 3) {
            luma[i] = (byte) luma(pixels[at] & 0xff, pixels[at + 1] & 0xff, pixels[at + 2] & 0xff);
        }
        return new Picture(width, height, 1, luma);
    }

    static int luma(int red, int green, int blue) {
        return red * 19595 + green * 38470 + blue * 7471 + 0x8000 >> 16;
    }
}
