package graft.data;

import graft.progress.Progress;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Inputs of which nobody knows what is to be answered, in a fixed order. They are read a portion at a time, so that any number
 * of them goes through little memory.
 */
public interface Unlabelled {
    /**
     * Inputs that are read together.
     *
     * @param examples those that can be read; their targets say nothing
     * @param names of the inputs that can be read, of which one may be several examples
     * @param told by input: what is told of it beside its name, one cell for each of {@link #columns}
     * @param unread those that cannot be read
     */
    record Portion(Examples examples, List<String> names, List<List<String>> told, List<Unread> unread) {
        /** Of inputs that are an example each. */
        public Portion(Examples examples, List<List<String>> told, List<Unread> unread) {
            this(
                    examples,
                    IntStream.range(0, examples.size()).mapToObj(examples::name).toList(),
                    told,
                    unread);
        }
    }

    /** An input that cannot be read, and why, in words that follow "cannot be read:". */
    record Unread(String input, String reason) {
        /** "a.png cannot be read: it is empty"; a reason that names the input says all. */
        public String inWords() {
            return reason.contains(input) ? reason : input + " cannot be read: " + reason;
        }
    }

    /** How many there are, those included that cannot be read. */
    long size();

    /** What is told of an input beside its name. */
    List<String> columns();

    /** Reads all of them once; remarks about them are told to {@code progress}. */
    void read(Consumer<Portion> portions, Progress progress);
}
