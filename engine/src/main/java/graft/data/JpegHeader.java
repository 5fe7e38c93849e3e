package graft.data;

/**
 * What a JPEG says of itself before its picture data: size, components, and which colours these are by the rules of
 * libjpeg; and how they become red, green and blue. Java's readers also apply embedded colour profiles and guesses of their
 * own; a network was trained on what libjpeg gives.
 */
final class JpegHeader {
    private static final int ADOBE = 0xEE;
    private static final int JFIF = 0xE0;
    private static final int ABSENT = -1;

    private final boolean jfif;
    private final int adobeTransform;
    private final int width;
    private final int height;
    private final int components;
    private final int ids;

    private JpegHeader(boolean jfif, int adobeTransform, int width, int height, int components, int ids) {
        this.jfif = jfif;
        this.adobeTransform = adobeTransform;
        this.width = width;
        this.height = height;
        this.components = components;
        this.ids = ids;
    }

    /** Pixels; 0 where the file does not say so. */
    int longerSide() {
        return Math.max(width, height);
    }

    long pixels() {
        return (long) width * height;
    }

    /** How many values a pixel has; 0 where the file does not say so. */
    int components() {
        return components;
    }

    static boolean isJpeg(byte[] file) {
        return file.length > 3 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8 && (file[2] & 0xff) == 0xff;
    }

    /** Reads the markers before the picture data. */
    static JpegHeader of(byte[] file) {
        boolean jfif = false;
        int transform = ABSENT;
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
            int marker = file[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            int length = (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
            int body = at + 4;
            if (marker == JFIF && startsWith(file, body, "JFIF\0")) {
                jfif = true;
            } else if (marker == ADOBE && startsWith(file, body, "Adobe") && body + 11 < file.length) {
                transform = file[body + 11] & 0xff;
            } else if (isFrame(marker) && body + 12 < file.length) {
                int ids = (file[body + 6] & 0xff) << 16 | (file[body + 9] & 0xff) << 8 | file[body + 12] & 0xff;
                int height = (file[body + 1] & 0xff) << 8 | file[body + 2] & 0xff;
                int width = (file[body + 3] & 0xff) << 8 | file[body + 4] & 0xff;
                return new JpegHeader(jfif, transform, width, height, file[body + 5] & 0xff, ids);
            }
            at += 2 + length;
        }
        return new JpegHeader(jfif, transform, 0, 0, 0, ABSENT);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean startsWith(byte[] file, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= file.length || file[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Turns three raw components into red, green and blue, in place. */
    void threeToRgb(byte[] pixels) {
        if (isYcc()) {
            for (int i = 0; i + 2 < pixels.length; i += 3) {
                yccToRgb(pixels, i);
            }
        }
    }

    private boolean isYcc() {
        if (jfif) {
            return true;
        }
        return adobeTransform == ABSENT ? ids != ('R' << 16 | 'G' << 8 | 'B') : adobeTransform != 0;
    }

    /** Turns four raw components (CMYK, inverted as Adobe writes them, or YCCK) into red, green and blue. */
    byte[] fourToRgb(byte[] pixels) {
        boolean ycck = adobeTransform != ABSENT && adobeTransform != 0;
        byte[] out = new byte[pixels.length / 4 * 3];
        for (int from = 0, to = 0; to < out.length; from += 4, to += 3) {
            if (ycck) {
                yccToRgb(pixels, from);
            }
            int notBlack = pixels[from + 3] & 0xff;
            for (int c = 0; c < 3; c++) {
                int stored = pixels[from + c] & 0xff;
                // libjpeg hands out 255 - RGB for YCCK, and what is stored for CMYK; Pillow then inverts both.
                int ink = ycck ? stored : 255 - stored;
                out[to + c] = (byte) Math.max(notBlack - times(ink, notBlack), 0);
            }
        }
        return out;
    }

    /** a·b/255, rounded, in integers. */
    static int times(int a, int b) {
        int product = a * b + 128;
        return (product >> 8) + product >> 8;
    }

    /** libjpeg's fixed-point conversion (jdcolor.c). */
    private static void yccToRgb(byte[] pixels, int at) {
        int y = pixels[at] & 0xff;
        int cb = (pixels[at + 1] & 0xff) - 128;
        int cr = (pixels[at + 2] & 0xff) - 128;
        pixels[at] = clip(y + (91881 * cr + 32768 >> 16));
        pixels[at + 1] = clip(y + (-22554 * cb - 46802 * cr + 32768 >> 16));
        pixels[at + 2] = clip(y + (116130 * cb + 32768 >> 16));
    }

    private static byte clip(int value) {
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }
}
