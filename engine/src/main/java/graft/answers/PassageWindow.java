package graft.answers;

import graft.text.Pieces;
import graft.text.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * A question with a part of its passage, as a network reads it.
 *
 * @param first place of the first token that is of the passage
 * @param from where each token of the passage begins in it, in {@code char}s of Java
 * @param to where it ends
 * @param begin number of the window's first token of the passage
 */
public record PassageWindow(Tokens tokens, int first, int[] from, int[] to, int begin) {
    /** The place that stands for "it is not in here": the first, which most networks call [CLS]. */
    static final int NOWHERE = 0;

    /** Windows of a passage that overlap; one where it fits. */
    static List<PassageWindow> of(Pieces pieces, int length, Cutting cutting) {
        int room = Math.max(1, length - pieces.before() - pieces.after());
        int count = pieces.inside();
        List<PassageWindow> out = new ArrayList<>();
        for (int begin = 0; ; begin += cutting.step(room)) {
            int end = Math.min(count, begin + room);
            out.add(new PassageWindow(pieces.window(begin, end), pieces.before(), pieces.from(), pieces.to(), begin));
            if (end == count) {
                return out;
            }
        }
    }

    /** How many of its tokens are of the passage. */
    int inside() {
        return Math.min(from.length - begin, tokens.length() - first);
    }

    /** Whether a token of the passage, counted in the window, is one that an answer can begin with or end in. */
    boolean hasLetters(int token) {
        return to[begin + token] > from[begin + token];
    }

    int from(int token) {
        return from[begin + token];
    }

    int to(int token) {
        return to[begin + token];
    }

    /** The places of some tokens of the passage; {@link #NOWHERE} twice where they are not all in here. */
    int[] places(TokenSpan span) {
        boolean here = !span.isNone() && begin <= span.start() && span.end() < begin + inside();
        return here
                ? new int[] {first + span.start() - begin, first + span.end() - begin}
                : new int[] {NOWHERE, NOWHERE};
    }

    /** The letters of tokens counted in the window, without blanks around them: where they begin, and where they end. */
    int[] letters(String passage, int start, int end) {
        int from = from(start);
        int to = to(end);
        while (from < to && Character.isWhitespace(passage.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(passage.charAt(to - 1))) {
            to--;
        }
        return new int[] {from, to};
    }
}
