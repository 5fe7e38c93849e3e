package graft.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A network that answers every example with one class. */
final class OneAnswer {
    /** Of fewer examples all may well be of one class. */
    private static final int FEW = 10;

    private OneAnswer() {}

    /**
     * A remark for the user; empty where answers differ, or the examples are of one class.
     *
     * @param confusion rows true, columns predicted
     */
    static Optional<String> remark(int[][] confusion, List<String> classes) {
        int examples = Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
        long asked = Arrays.stream(confusion)
                .filter(row -> IntStream.of(row).sum() > 0)
                .count();
        int[] answered = IntStream.range(0, confusion.length)
                .filter(c -> Arrays.stream(confusion).anyMatch(row -> row[c] > 0))
                .toArray();
        return examples < FEW || asked < 2 || answered.length != 1
                ? Optional.empty()
                : Optional.of("All " + examples + " validation examples are answered with " + classes.get(answered[0])
                        + ": the network has not learnt to tell classes apart. Try another --lr, more --epochs, or let more of it"
                        + " learn with --trainable.");
    }
}
