package graft.answers;

import graft.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How passages are cut into windows, and how long an answer may be.
 *
 * @param overlap tokens of a passage that a window shares with the next ({@code doc_stride} of Hugging Face's library)
 * @param longest tokens of an answer
 */
public record Cutting(int overlap, int longest) {
    /** The most tokens of a window, where nobody says another number. */
    public static final int USUAL_LENGTH = 384;

    private static final int USUAL_OVERLAP = 128;
    private static final int USUAL_LONGEST = 30;
    private static final int MOST_OF_QUESTION = 64;
    static final String OVERLAP = "graft.doc_stride";
    private static final String LONGEST = "graft.max_answer_length";

    /**
     * @param wantedOverlap as the user has it; 0: as the network's file notes it, else usual
     * @param wantedLongest the same
     * @param length tokens of a window
     * @throws Refusal where windows would not get on
     */
    public static Cutting of(int wantedOverlap, int wantedLongest, int length, Map<String, String> notes) {
        if (wantedOverlap >= length) {
            throw new Refusal(
                    "--doc-stride " + wantedOverlap + " is not less than --max-length " + length
                            + ": it says how many tokens of a passage a window shares with the next. Choose a third of it or so.");
        }
        int overlap = wantedOverlap > 0
                ? wantedOverlap
                : noted(notes, OVERLAP).filter(n -> n < length).orElse(Math.min(USUAL_OVERLAP, length / 3));
        return new Cutting(
                overlap,
                wantedLongest > 0 ? wantedLongest : noted(notes, LONGEST).orElse(USUAL_LONGEST));
    }

    private static Optional<Integer> noted(Map<String, String> notes, String key) {
        return Optional.ofNullable(notes.get(key))
                .filter(text -> text.matches("[1-9][0-9]{0,5}"))
                .map(Integer::parseInt);
    }

    Map<String, String> notes() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put(OVERLAP, Integer.toString(overlap));
        out.put(LONGEST, Integer.toString(longest));
        return out;
    }

    /** Tokens of a question in a window of so many. */
    static int ofQuestion(int length) {
        return Math.max(1, Math.min(MOST_OF_QUESTION, length / 2));
    }

    /** How far a window begins behind the one before it, where so many tokens of a passage have room: a quarter of these at least. */
    int step(int room) {
        return Math.max(room - overlap, Math.max(1, room / 4));
    }
}
