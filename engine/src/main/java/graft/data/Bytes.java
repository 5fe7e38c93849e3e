package graft.data;

/** Numbers and words in the bytes of a file; what lies behind its end is 0. */
public final class Bytes {
    private Bytes() {}

    /** Whether {@code text}, a character per byte, stands at {@code at}. */
    public static boolean begins(byte[] file, int at, String text) {
        if (at < 0 || at + text.length() > file.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((file[at + i] & 0xff) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    public static int at(byte[] file, long at) {
        return at >= 0 && at < file.length ? file[(int) at] & 0xff : 0;
    }

    public static int little16(byte[] file, long at) {
        return at(file, at) | at(file, at + 1) << 8;
    }

    public static int little24(byte[] file, long at) {
        return little16(file, at) | at(file, at + 2) << 16;
    }

    public static long little32(byte[] file, long at) {
        return little16(file, at) | (long) little16(file, at + 2) << 16;
    }

    public static int big16(byte[] file, long at) {
        return at(file, at) << 8 | at(file, at + 1);
    }

    public static long big32(byte[] file, long at) {
        return (long) big16(file, at) << 16 | big16(file, at + 2);
    }
}
