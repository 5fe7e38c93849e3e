package graft.image;

import graft.data.Bytes;
import java.util.HashMap;
import java.util.Map;

/** The picture data of a JPEG, gone through marker by marker, not decoded: where they end, and whether a part is missing. */
final class JpegScans {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int COEFFICIENTS = 64;

    private final byte[] file;
    private final JpegHeader header;
    private final int end;

    /** Per component: for each coefficient how many of its low bits have not come yet; -1 before it came at all. */
    private final Map<Integer, int[]> missing = new HashMap<>();

    private JpegScans(byte[] file, JpegHeader header) {
        this.file = file;
        this.header = header;
        this.end = walk(header.scan());
    }

    static JpegScans of(byte[] file, JpegHeader header) {
        return new JpegScans(file, header);
    }

    /** Behind the end mark; -1 where there is none. */
    int end() {
        return end;
    }

    /**
     * Whether no scan of a picture that comes in several refinements is missing. That the last one is whole the decoder
     * knows.
     */
    boolean isComplete() {
        if (!header.isProgressive()) {
            return true;
        }
        return missing.size() == header.components()
                && missing.values().stream()
                        .flatMapToInt(java.util.Arrays::stream)
                        .allMatch(bits -> bits == 0);
    }

    private int walk(int scan) {
        int at = scan;
        while (at >= 0 && at + 1 < file.length) {
            int marker = file[at + 1] & 0xff;
            if ((file[at] & 0xff) != 0xff || marker == 0 || marker == 0xff || marker >= 0xd0 && marker <= 0xd7) {
                at++; // picture data
                continue;
            }
            if (marker == END_OF_IMAGE) {
                return at + 2;
            }
            if (marker == START_OF_SCAN) {
                refine(at + 4);
            }
            at += 2 + Math.max(2, Bytes.big16(file, at + 2));
        }
        return -1;
    }

    private void refine(int body) {
        int count = Bytes.at(file, body);
        int tail = body + 1 + 2 * count;
        int first = Bytes.at(file, tail);
        int last = Math.min(COEFFICIENTS - 1, Bytes.at(file, tail + 1));
        int bits = Bytes.at(file, tail + 2) & 0xf;
        for (int i = 0; i < count; i++) {
            int[] left = missing.computeIfAbsent(Bytes.at(file, body + 1 + 2 * i), id -> {
                int[] none = new int[COEFFICIENTS];
                java.util.Arrays.fill(none, -1);
                return none;
            });
            for (int k = first; k <= last; k++) {
                left[k] = bits;
            }
        }
    }
}
