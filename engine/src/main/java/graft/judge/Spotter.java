package graft.judge;

import graft.data.Span;
import graft.onnx.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads places in texts out of a network's answers. Takes the examples in any order, each once. */
public interface Spotter {
    /**
     * @param answers outputs of the network by name, the first axis as long as {@code examples}
     * @param examples numbers of the examples
     * @param real how many of them count: the rest is padding
     */
    void add(Map<String, Values> answers, int[] examples, int real);

    /** Whether the places of a text are answers to choose from, the best first, and not all of them there together. */
    default boolean ranks() {
        return false;
    }

    /** What was found in each text, in their order; a text may be several examples. */
    List<Spotted> done();

    /**
     * What was found in a text.
     *
     * @param probabilities of each place
     * @param failed why nothing can be said of it
     * @param words that it is cut into, where places are made of words
     */
    record Spotted(List<Span> spans, List<Float> probabilities, Optional<String> failed, List<Word> words) {
        /** Of a text that is not cut into words. */
        public Spotted(List<Span> spans, List<Float> probabilities, Optional<String> failed) {
            this(spans, probabilities, failed, List.of());
        }
    }

    /**
     * A word of a text.
     *
     * @param tag that its file has for it; "" where it has none
     */
    record Word(int start, int end, String tag) {}
}
