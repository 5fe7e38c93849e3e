package graft.data;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of a network's inputs takes the examples, where these are of one tensor each. */
public final class OneInput {
    private OneInput() {}

    /**
     * The one input that is left for the examples.
     *
     * @throws Refusal naming all, where there are several
     */
    public static ValueInfo of(Path file, List<ValueInfo> inputs) {
        if (inputs.size() == 1) {
            return inputs.get(0);
        }
        if (inputs.isEmpty()) {
            throw new Refusal(file + " takes no input. Choose another network.");
        }
        Optional<ValueInfo> picture = picture(inputs);
        String others = inputs.stream()
                .filter(input -> picture.isEmpty() || !input.equals(picture.get()))
                .map(input -> "--input " + input.name() + "="
                        + (input.type().filter(type -> type == ElementType.BOOL).isPresent() ? "false" : "0"))
                .collect(Collectors.joining(" "));
        throw new Refusal(file + " takes " + inputs.size() + " inputs (" + named(inputs)
                + "), but examples go into one."
                + (picture.isPresent()
                        ? " Pictures can go into " + picture.get().name() + " if the others are given one value for all"
                                + " examples, such as " + others + "."
                        : " Give the others one value for all examples, such as --input NAME=0.")
                + " Or export it with one input.");
    }

    /** Where pictures go: the only input with four axes. */
    public static Optional<ValueInfo> picture(List<ValueInfo> inputs) {
        List<ValueInfo> found = inputs.stream()
                .filter(input -> input.shape().map(List::size).orElse(0) == 4)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    public static String named(List<ValueInfo> inputs) {
        return inputs.stream()
                .map(input ->
                        input.name() + " " + input.shape().map(Object::toString).orElse("[?]"))
                .collect(Collectors.joining(", "));
    }
}
