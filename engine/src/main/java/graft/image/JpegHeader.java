package graft.image;

import graft.data.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a JPEG says of itself before its picture data: size, components, and which colours these are by the rules of
 * libjpeg; how they become red, green and blue; orientation and profile. Java's readers make guesses of their own.
 */
final class JpegHeader {
    private static final int ADOBE = 0xEE;
    private static final int JFIF = 0xE0;
    private static final int EXIF = 0xE1;
    private static final int PROFILE = 0xE2;
    private static final int PROGRESSIVE = 0xC2;
    private static final int PROGRESSIVE_ARITHMETIC = 0xCA;
    private static final int START_OF_SCAN = 0xDA;
    private static final int ABSENT = -1;
    private static final String PROFILE_WORD = "ICC_PROFILE\0";

    private boolean jfif;
    private int adobeTransform = ABSENT;
    private int width;
    private int height;
    private int components;
    private int ids = ABSENT;
    private boolean progressive;
    private int orientation = Exif.UPRIGHT;
    private boolean exif;
    private int scan = ABSENT;
    private final SortedMap<Integer, byte[]> profile = new TreeMap<>();

    private JpegHeader() {}

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
        JpegHeader header = new JpegHeader();
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
            int marker = file[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == START_OF_SCAN) {
                header.scan = at;
                break;
            }
            int length = Bytes.big16(file, at + 2);
            header.take(file, marker, at + 4, length - 2);
            at += 2 + length;
        }
        return header;
    }

    private void take(byte[] file, int marker, int body, int length) {
        if (marker == JFIF && startsWith(file, body, "JFIF\0")) {
            jfif = true;
        } else if (marker == ADOBE && startsWith(file, body, "Adobe") && body + 11 < file.length) {
            adobeTransform = file[body + 11] & 0xff;
        } else if (marker == EXIF && !exif && startsWith(file, body, "Exif\0")) {
            exif = true;
            orientation = Exif.of(file, body, length).orientation();
        } else if (marker == PROFILE && startsWith(file, body, PROFILE_WORD) && length > PROFILE_WORD.length() + 2) {
            int from = body + PROFILE_WORD.length();
            int to = Math.min(file.length, body + length);
            profile.putIfAbsent(file[from] & 0xff, Arrays.copyOfRange(file, Math.min(from + 2, to), to));
        } else if (isFrame(marker) && components == 0 && body + 12 < file.length) {
            ids = (file[body + 6] & 0xff) << 16 | (file[body + 9] & 0xff) << 8 | file[body + 12] & 0xff;
            height = Bytes.big16(file, body + 1);
            width = Bytes.big16(file, body + 3);
            components = file[body + 5] & 0xff;
            progressive = marker == PROGRESSIVE || marker == PROGRESSIVE_ARITHMETIC;
        }
    }

    Tags tags() {
        return new Tags(orientation, profile(), Set.of());
    }

    private Optional<byte[]> profile() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        profile.values().forEach(out::writeBytes);
        return out.size() == 0 ? Optional.empty() : Optional.of(out.toByteArray());
    }

    /** Where the first scan's marker is; -1 where there is none. */
    int scan() {
        return scan;
    }

    boolean isProgressive() {
        return progressive;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
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

    /** Turns four raw components (CMYK, inverted as Adobe writes them, or YCCK) into inks, 255 = full. */
    byte[] fourToInks(byte[] pixels) {
        boolean ycck = adobeTransform != ABSENT && adobeTransform != 0;
        byte[] out = new byte[pixels.length];
        for (int at = 0; at + 3 < pixels.length; at += 4) {
            if (ycck) {
                yccToRgb(pixels, at);
            }
            for (int c = 0; c < 3; c++) {
                int stored = pixels[at + c] & 0xff;
                // libjpeg hands out 255 - RGB for YCCK, and what is stored for CMYK; Pillow then inverts both.
                out[at + c] = (byte) (ycck ? stored : 255 - stored);
            }
            out[at + 3] = (byte) (255 - (pixels[at + 3] & 0xff));
        }
        return out;
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
