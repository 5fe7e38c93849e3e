package graft.image;

/** Puts pictures upright whose EXIF data say how they are to be turned and mirrored. */
final class Orientation {
    private Orientation() {}

    /** @param orientation 1 to 8, as EXIF 2.3 numbers them: which corner of the scene the first pixel is */
    static Picture upright(Picture picture, int orientation) {
        if (orientation == Exif.UPRIGHT) {
            return picture;
        }
        boolean turned = orientation >= 5;
        int width = turned ? picture.height() : picture.width();
        int height = turned ? picture.width() : picture.height();
        int bands = picture.bands();
        byte[] in = picture.pixels();
        byte[] out = new byte[in.length];
        int to = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = from(orientation, x, y, picture.width(), picture.height()) * bands;
                for (int band = 0; band < bands; band++) {
                    out[to++] = in[from + band];
                }
            }
        }
        return new Picture(width, height, bands, out);
    }

    /** The stored pixel, counted from the first, that is shown at x, y. */
    private static int from(int orientation, int x, int y, int width, int height) {
        int right = width - 1;
        int bottom = height - 1;
        return switch (orientation) {
            case 2 -> y * width + right - x;
            case 3 -> (bottom - y) * width + right - x;
            case 4 -> (bottom - y) * width + x;
            case 5 -> x * width + y;
            case 6 -> (bottom - x) * width + y;
            case 7 -> (bottom - x) * width + right - y;
            case 8 -> x * width + right - y;
            default -> throw new IllegalArgumentException("orientation " + orientation);
        };
    }
}
