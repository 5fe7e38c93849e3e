package graft.data;

import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examples with what is to be answered for them, in a fixed order. Safe to read from several threads. */
public interface Examples {
    /** The view without augmentation: as validation sees an example. */
    long PLAIN = 0;

    int size();

    /** How many there are for the user: windows of one text are one. */
    default int wholes() {
        return size();
    }

    /** What the user calls the example: its path inside the data set, or its row. */
    String name(int i);

    /** Where the user finds the example, for messages: its file, or its file of arrays and the row there. */
    default String place(int i) {
        return name(i);
    }

    /** The example in words, where it is of words; of two texts both, a line each. */
    default Optional<String> words(int i) {
        return Optional.empty();
    }

    /** Options that say how an example becomes inputs, for messages: what to look at where a network makes nothing of them. */
    default String preparing() {
        return "--scale, --mean, --std, --channels, --size";
    }

    /** Hash of an example's content before it is prepared, in hexadecimal: where it is the same, so are all views. */
    String key(int i);

    Targets targets();

    /**
     * The targets, where it is known what they are.
     *
     * @throws IllegalStateException where they are others
     */
    default <T extends Targets> T targets(Class<T> kind) {
        if (kind.isInstance(targets())) {
            return kind.cast(targets());
        }
        throw new IllegalStateException("asked for " + kind.getSimpleName() + " of examples that have "
                + targets().getClass().getSimpleName());
    }

    /**
     * Some examples as inputs of a network, stacked along a new first axis.
     *
     * @param examples numbers of the examples; one may be there several times
     * @param view {@link #PLAIN}, or k &ge; 1 for the k-th augmented version, which depends on nothing but the seed,
     *     {@link #key} and k
     * @return by name of the input
     */
    Map<String, Values> inputs(int[] examples, long view);

    /**
     * The same examples as a network's inputs take them: by its names, in its types.
     *
     * @param file the network's, for messages
     * @throws graft.Refusal where they do not fit, with what to do
     */
    Examples fedTo(Path file, List<ValueInfo> inputs);

    /** About how many bytes the inputs of one example take. */
    long bytes();

    /** How large the inputs of each example are, in whatever unit; those of one size have inputs of the same shapes. */
    default int[] sizes() {
        return new int[size()];
    }

    /** Whether the inputs of all examples have the same shapes. */
    default boolean alike() {
        return Arrays.stream(sizes()).distinct().count() < 2;
    }

    /**
     * An order in which neighbours are alike in size, so that little is wasted where they are padded to the longest; that of the
     * examples where they are {@link #alike}.
     */
    default int[] bySize() {
        return SizeBuckets.sorted(sizes());
    }

    /** Index into the classes of the data set, where the examples have classes. */
    default int label(int i) {
        return ClassTargets.of(this).label(i);
    }

    /** The same examples with something else to be answered. */
    default Examples withTargets(Targets others) {
        return new Retargeted(this, others);
    }

    /**
     * Some of these examples, numbered anew.
     *
     * @param others what is to be answered for them, by their new numbers
     */
    default Examples chosen(int[] numbers, Targets others) {
        return new SomeExamples(this, numbers, others);
    }
}
