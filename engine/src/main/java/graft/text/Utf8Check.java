package graft.text;

import java.io.IOException;
import java.io.InputStream;

/**
 * What the bytes of a file say about being UTF-8 (RFC 3629).
 *
 * @param right letters of more than one byte
 * @param wrong places that are no UTF-8
 * @param wrongLine of the first of them, from 1
 * @param nulLine of the first NUL byte; 0 where there is none
 */
record Utf8Check(long right, long wrong, long wrongLine, long nulLine) {

    static Utf8Check of(InputStream in) throws IOException {
        long right = 0;
        long wrong = 0;
        long wrongLine = 0;
        long line = 1;
        int next = in.read();
        while (next >= 0) {
            int first = next;
            next = in.read();
            if (first == 0) {
                return new Utf8Check(right, wrong, wrongLine, line);
            }
            if (first < 0x80) {
                line += first == '\n' ? 1 : 0;
                continue;
            }
            int more = first >= 0xc2 && first < 0xe0
                    ? 1
                    : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0;
            boolean whole = more > 0;
            for (int i = 0; i < more && whole; i++) {
                whole = next >= (i == 0 ? least(first) : 0x80) && next <= (i == 0 ? most(first) : 0xbf);
                next = whole ? in.read() : next;
            }
            if (whole) {
                right++;
            } else {
                wrong++;
                wrongLine = wrongLine == 0 ? line : wrongLine;
            }
        }
        return new Utf8Check(right, wrong, wrongLine, 0);
    }

    /** Of the second byte: what is written longer than need be is wrong. */
    private static int least(int first) {
        return first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    }

    /** Of the second byte: halves of surrogate pairs and what lies beyond Unicode are wrong. */
    private static int most(int first) {
        return first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    }
}
