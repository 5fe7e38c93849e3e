package graft.tags;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into the words that tags stand at. What is learnt with one of these is asked with it: a network's file notes which. */
public enum Words {
    /** As tagged corpora are written: punctuation around a word is apart, that in it (U.N, 3.5, well-known) is not. */
    AROUND {
        @Override
        void cut(String text, int from, int to, Taker out) {
            int begin = from;
            while (begin < to && isPunctuation(text.codePointAt(begin)) && !beginsName(text, begin, to)) {
                int end = begin + Character.charCount(text.codePointAt(begin));
                out.word(begin, end);
                begin = end;
            }
            int end = to;
            while (end > begin && isPunctuation(text.codePointBefore(end))) {
                end -= Character.charCount(text.codePointBefore(end));
            }
            int clitic = clitic(text, begin, end);
            letters(text, begin, clitic, out);
            letters(text, clitic, end, out);
            for (int i = end; i < to; i += Character.charCount(text.codePointAt(i))) {
                out.word(i, i + Character.charCount(text.codePointAt(i)));
            }
        }

        /** {@code @name} and {@code #topic} are one word. */
        private boolean beginsName(String text, int at, int to) {
            return (text.charAt(at) == '@' || text.charAt(at) == '#')
                    && at + 1 < to
                    && Character.isLetterOrDigit(text.codePointAt(at + 1));
        }

        /** Where a genitive's 's begins. */
        private int clitic(String text, int from, int to) {
            boolean genitive = to - from > 2
                    && (text.charAt(to - 1) == 's' || text.charAt(to - 1) == 'S')
                    && (text.charAt(to - 2) == '\'' || text.charAt(to - 2) == '’');
            return genitive ? to - 2 : to;
        }
    },
    /** Every letter that is punctuation is a word of its own, as BERT's tokenizer has it. */
    EACH {
        @Override
        void cut(String text, int from, int to, Taker out) {
            int begin = from;
            for (int i = from; i < to; ) {
                int length = Character.charCount(text.codePointAt(i));
                if (isPunctuation(text.codePointAt(i))) {
                    letters(text, begin, i, out);
                    out.word(i, i + length);
                    begin = i + length;
                }
                i += length;
            }
            letters(text, begin, to, out);
        }
    };

    /** Note of a network's file. */
    static final String NOTE = "graft.words";

    private interface Taker {
        void word(int from, int to);
    }

    /** Cuts what stands between blanks. */
    abstract void cut(String text, int from, int to, Taker out);

    /** Where words begin and end, one after the other. */
    List<int[]> of(String text) {
        List<int[]> out = new ArrayList<>();
        int begin = -1;
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            boolean blank = Character.isWhitespace(letter) || Character.isSpaceChar(letter);
            if (blank && begin >= 0) {
                cut(text, begin, i, (from, to) -> out.add(new int[] {from, to}));
                begin = -1;
            } else if (!blank && begin < 0) {
                begin = i;
            }
            i += Character.charCount(letter);
        }
        if (begin >= 0) {
            cut(text, begin, text.length(), (from, to) -> out.add(new int[] {from, to}));
        }
        return out;
    }

    /** Of scripts without blanks each sign is a word. */
    private static void letters(String text, int from, int to, Taker out) {
        int begin = from;
        for (int i = from; i < to; ) {
            int length = Character.charCount(text.codePointAt(i));
            if (Character.isIdeographic(text.codePointAt(i))) {
                if (begin < i) {
                    out.word(begin, i);
                }
                out.word(i, i + length);
                begin = i + length;
            }
            i += length;
        }
        if (begin < to) {
            out.word(begin, to);
        }
    }

    private static boolean isPunctuation(int letter) {
        return switch (Character.getType(letter)) {
            case Character.LETTER_NUMBER,
                    Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /** As files note it. */
    String note() {
        return this == AROUND ? "punctuation-around" : "punctuation-each";
    }

    static Words noted(String note) {
        return EACH.note().equals(note) ? EACH : AROUND;
    }
}
