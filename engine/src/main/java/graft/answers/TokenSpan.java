package graft.answers;

import graft.text.Pieces;

/**
 * Tokens of a passage, from the first to the last.
 *
 * @param start number of the first one; −1 where there are none
 * @param end number of the last one
 */
record TokenSpan(int start, int end) {
    static final TokenSpan NONE = new TokenSpan(-1, -1);

    boolean isNone() {
        return start < 0;
    }

    /** Those that an answer has letters in. */
    static TokenSpan of(Pieces pieces, Gold gold) {
        int start = -1;
        int end = -1;
        for (int i = 0; i < pieces.inside(); i++) {
            if (pieces.to()[i] > pieces.from()[i] && pieces.to()[i] > gold.start() && pieces.from()[i] < gold.end()) {
                start = start < 0 ? i : start;
                end = i;
            }
        }
        return start < 0 ? NONE : new TokenSpan(start, end);
    }
}
