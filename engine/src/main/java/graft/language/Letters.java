package graft.language;

import graft.text.Tokenizer;
import java.util.Arrays;

/**
 * Tokens as letters, as soon as they are whole: of a letter whose bytes are several tokens nothing is said before the last one came.
 */
final class Letters {
    private static final char HALF = '\ufffd';
    /** Tokens that a letter may be spread over; what is longer is no letter. */
    private static final int MOST = 8;

    private final Tokenizer tokenizer;
    private int[] ids;
    /** Where what is decoded together begins: tokens before decide whether a blank stands between. */
    private int begin;
    /** Up to where all is said. */
    private int said;

    /** @param before tokens of the text so far, of which nothing is said */
    Letters(Tokenizer tokenizer, int[] before) {
        this.tokenizer = tokenizer;
        this.ids = before;
        this.said = before.length;
        this.begin = Math.max(0, said - MOST);
    }

    /** Letters that are whole with one more token; "" where there are none. */
    String add(int token) {
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = token;
        return taken(ids.length - said >= MOST);
    }

    /** What is left, whole or not. */
    String rest() {
        return taken(true);
    }

    private String taken(boolean all) {
        String before = tokenizer.decode(Arrays.copyOfRange(ids, begin, said));
        String with = tokenizer.decode(Arrays.copyOfRange(ids, begin, ids.length));
        boolean half = with.length() > 0 && with.charAt(with.length() - 1) == HALF;
        if (half && !all || with.length() <= before.length()) {
            return "";
        }
        begin = said;
        said = ids.length;
        return with.substring(before.length());
    }
}
