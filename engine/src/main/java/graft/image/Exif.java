package graft.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The tags of a TIFF structure's first directory: of a TIFF file, or of the EXIF data in other files. Never fails. */
final class Exif {
    static final int ORIENTATION = 0x0112;
    static final int PROFILE = 0x8773;
    static final int UPRIGHT = 1;

    private static final int MOST_NUMBERS = 1 << 24;
    private static final int ENTRY = 12;
    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int UNDEFINED = 7;

    private final ByteBuffer data;

    private Exif(ByteBuffer data) {
        this.data = data;
    }

    /** {@code from}: where the byte order mark is; the two words some programs put before it are passed over. */
    static Exif of(byte[] file, int from, int length) {
        int start = Math.max(0, Math.min(from, file.length));
        int end = (int) Math.max(start, Math.min((long) from + length, file.length));
        if (end - start >= 6 && file[start] == 'E' && file[start + 1] == 'x' && file[start + 2] == 'i') {
            start += 6;
        }
        ByteBuffer data = ByteBuffer.wrap(file, start, end - start).slice();
        boolean little = data.limit() >= 2 && data.get(0) == 'I' && data.get(1) == 'I';
        return new Exif(data.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
    }

    /** 1 to 8 as EXIF numbers them; 1, upright, where nothing or nothing sensible is said. */
    int orientation() {
        int entry = entry(ORIENTATION);
        if (entry < 0) {
            return UPRIGHT;
        }
        long value =
                switch (data.getShort(entry + 2)) {
                    case BYTE -> data.get(entry + 8) & 0xff;
                    case SHORT -> data.getShort(entry + 8) & 0xffff;
                    case LONG -> data.getInt(entry + 8) & 0xffffffffL;
                    default -> UPRIGHT;
                };
        return value >= UPRIGHT && value <= 8 ? (int) value : UPRIGHT;
    }

    /** The colour profile of a TIFF file. */
    Optional<byte[]> profile() {
        int entry = entry(PROFILE);
        if (entry < 0 || data.getShort(entry + 2) != UNDEFINED && data.getShort(entry + 2) != BYTE) {
            return Optional.empty();
        }
        long length = data.getInt(entry + 4) & 0xffffffffL;
        long at = data.getInt(entry + 8) & 0xffffffffL;
        if (length < 5 || at + length > data.limit()) {
            return Optional.empty();
        }
        byte[] out = new byte[(int) length];
        data.get((int) at, out);
        return Optional.of(out);
    }

    /** Whether another directory follows: a TIFF file with several pictures. */
    boolean isFollowed() {
        int directory = directory();
        if (directory < 0) {
            return false;
        }
        long next = directory + 2L + (long) ENTRY * (data.getShort(directory) & 0xffff);
        return next + 4 <= data.limit() && data.getInt((int) next) != 0;
    }

    /** The numbers of a tag, whole and not negative; none where it is absent or out of reach. */
    long[] numbers(int tag) {
        int entry = entry(tag);
        if (entry < 0) {
            return new long[0];
        }
        int type = data.getShort(entry + 2);
        long count = data.getInt(entry + 4) & 0xffffffffL;
        int width = type == SHORT ? 2 : type == LONG ? 4 : type == BYTE ? 1 : 0;
        long at = count * width <= 4 ? entry + 8 : data.getInt(entry + 8) & 0xffffffffL;
        if (width == 0 || count > MOST_NUMBERS || at + count * width > data.limit()) {
            return new long[0];
        }
        long[] out = new long[(int) count];
        for (int i = 0; i < out.length; i++) {
            int from = (int) at + i * width;
            out[i] = width == 2
                    ? data.getShort(from) & 0xffff
                    : width == 4 ? data.getInt(from) & 0xffffffffL : data.get(from) & 0xff;
        }
        return out;
    }

    /** Where the first directory begins; -1 where there is none. */
    private int directory() {
        if (data.limit() < 8 || data.getShort(0) != 0x4949 && data.getShort(0) != 0x4d4d || data.getShort(2) != 42) {
            return -1;
        }
        long at = data.getInt(4) & 0xffffffffL;
        return at >= 8 && at + 2 <= data.limit() ? (int) at : -1;
    }

    private int entry(int tag) {
        int directory = directory();
        if (directory < 0) {
            return -1;
        }
        int count = data.getShort(directory) & 0xffff;
        for (int i = 0; i < count; i++) {
            int at = directory + 2 + ENTRY * i;
            if (at + ENTRY > data.limit()) {
                return -1;
            }
            if ((data.getShort(at) & 0xffff) == tag) {
                return at;
            }
        }
        return -1;
    }
}
