package graft.image;

/** What stands behind transparent pictures: white, as on paper and on most web pages. */
final class Background {
    private static final int WHITE = 255;

    private Background() {}

    static boolean isNeeded(byte[] alpha) {
        for (byte value : alpha) {
            if (value != -1) {
                return true;
            }
        }
        return false;
    }

    /**
     * The picture on white, in place; rounded as Pillow's {@code paste} with a mask does.
     *
     * @param alpha per pixel, 255 = opaque
     * @param premultiplied whether the colours have been multiplied by it already
     */
    static void put(Picture picture, byte[] alpha, boolean premultiplied) {
        byte[] pixels = picture.pixels();
        int at = 0;
        for (byte share : alpha) {
            int shown = share & 0xff;
            int behind = WHITE * (255 - shown);
            for (int band = 0; band < picture.bands(); band++, at++) {
                int own = pixels[at] & 0xff;
                int sum = (premultiplied ? own * 255 : own * shown) + behind + 128;
                pixels[at] = (byte) Math.min(255, (sum >> 8) + sum >> 8);
            }
        }
    }
}
