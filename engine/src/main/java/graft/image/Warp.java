package graft.image;

/**
 * Where each pixel of a view comes from: (a·x + b·y + shiftX, c·x + d·y + shiftY), both counted from the middle of the picture.
 * Pixels between pixels are bilinear; what lies outside is the picture mirrored at its edge, not black.
 */
record Warp(double a, double b, double shiftX, double c, double d, double shiftY) {
    /** Turned clockwise around the middle. */
    static Warp rotation(double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return new Warp(cos, sin, 0, -sin, cos, 0);
    }

    /**
     * Slanted, scaled and turned clockwise around the middle, then shifted: the inverse of torchvision's matrix.
     *
     * @param right in pixels
     * @param down in pixels
     * @param slantX degrees along the rows
     * @param slantY degrees along the columns
     */
    static Warp affine(double degrees, double right, double down, double scale, double slantX, double slantY) {
        double turn = Math.toRadians(degrees);
        double tanX = Math.tan(Math.toRadians(slantX));
        double y = Math.toRadians(slantY);
        double a = Math.cos(turn - y) / Math.cos(y);
        double b = -Math.cos(turn - y) * tanX / Math.cos(y) - Math.sin(turn);
        double c = Math.sin(turn - y) / Math.cos(y);
        double d = -Math.sin(turn - y) * tanX / Math.cos(y) + Math.cos(turn);
        // The determinant of a turn with slants is 1, so this is the inverse but for the scale.
        double ia = d / scale;
        double ib = -b / scale;
        double ic = -c / scale;
        double id = a / scale;
        return new Warp(ia, ib, -ia * right - ib * down, ic, id, -ic * right - id * down);
    }

    Picture of(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        int bands = picture.bands();
        byte[] in = picture.pixels();
        byte[] out = new byte[in.length];
        double cx = (width - 1) / 2.0;
        double cy = (height - 1) / 2.0;
        int to = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sx = a * (x - cx) + b * (y - cy) + cx + shiftX;
                double sy = c * (x - cx) + d * (y - cy) + cy + shiftY;
                int x0 = (int) Math.floor(sx);
                int y0 = (int) Math.floor(sy);
                double fx = sx - x0;
                double fy = sy - y0;
                int left = reflect(x0, width);
                int right = reflect(x0 + 1, width);
                int top = reflect(y0, height) * width;
                int bottom = reflect(y0 + 1, height) * width;
                for (int band = 0; band < bands; band++) {
                    double above = (in[(top + left) * bands + band] & 0xff) * (1 - fx)
                            + (in[(top + right) * bands + band] & 0xff) * fx;
                    double below = (in[(bottom + left) * bands + band] & 0xff) * (1 - fx)
                            + (in[(bottom + right) * bands + band] & 0xff) * fx;
                    out[to++] = (byte) (int) (above * (1 - fy) + below * fy + 0.5);
                }
            }
        }
        return new Picture(width, height, bands, out);
    }

    private static int reflect(int at, int length) {
        int period = Math.floorMod(at, 2 * length);
        return period < length ? period : 2 * length - 1 - period;
    }
}
