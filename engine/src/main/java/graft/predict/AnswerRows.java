package graft.predict;

import graft.data.Span;
import graft.progress.Event;
import java.util.List;

/** Answers as they come, for whoever looks on: some rows at a time, none twice. */
public record AnswerRows(List<AnswerRow> rows) implements Event {
    /** The word for this kind of event. */
    public static final String KIND = "answers";

    @Override
    public String kind() {
        return KIND;
    }

    /**
     * An input and what the network says of it.
     *
     * @param input what the user calls it
     * @param words the input itself, where it is of words; else ""
     * @param classes the likeliest, the first is the answer
     * @param probabilities one for each of {@code classes}, 0…1
     * @param text that places are in, where these are the answers; else ""
     * @param spans these places, one for each of {@code classes}; one without letters says that there is no answer
     */
    public record AnswerRow(
            String input,
            String words,
            List<String> classes,
            List<Float> probabilities,
            String text,
            List<Span> spans) {
        /** Whether answers are places in a text, of which there may be none. */
        public boolean ofPlaces() {
            return !text.isEmpty();
        }

        /** Of answers that are no places. */
        public AnswerRow(String input, String words, List<String> classes, List<Float> probabilities) {
            this(input, words, classes, probabilities, "", List.of());
        }
    }
}
