package graft.predict;

import graft.Refusal;
import graft.data.Examples;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Answers that are numbers: those of the output that answers, by its name; several get their places as well. */
final class NumberReplies implements Replies {
    private static final int BATCH = 32;

    private final Path file;
    private final Batches batches;
    private int width;

    NumberReplies(NetworkFile network, PredictionPlan plan) {
        this.file = network.path();
        this.batches = new Batches(network, plan, BATCH, false);
    }

    @Override
    public List<Reply> to(Examples given, IntConsumer done, Progress progress) {
        Examples examples = batches.fed(given);
        List<Reply> out = new ArrayList<>(Collections.nCopies(examples.size(), null));
        batches.ask(examples, done, progress, (said, asked, real) -> {
            float[] numbers = numbers(said.values().iterator().next(), asked.length);
            for (int i = 0; i < real; i++) {
                out.set(asked[i], reply(Arrays.copyOfRange(numbers, i * width, (i + 1) * width)));
            }
        });
        return out;
    }

    private float[] numbers(Values said, int asked) {
        float[] numbers = said.toTensor("").toFloats();
        if (numbers.length == 0 || numbers.length % asked != 0) {
            throw new Refusal("The output " + batches.read().answer().scores() + " of " + file + " has the shape "
                    + Arrays.toString(said.shape()) + " for " + asked
                    + " examples, which is not one row per example. Name another of its outputs with --output.");
        }
        width = numbers.length / asked;
        return numbers;
    }

    private Reply reply(float[] numbers) {
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                return Reply.none(file + " answers it with " + number + ", which is no finite number");
            }
        }
        return new Reply(-1, numbers, OptionalDouble.empty(), Optional.empty());
    }

    @Override
    public Layout layout(List<String> told) {
        String name = batches.read().answer().output();
        return Layout.ofNumbers(
                width == 1
                        ? List.of(name)
                        : IntStream.rangeClosed(1, width)
                                .mapToObj(i -> name + "_" + i)
                                .toList(),
                told);
    }

    @Override
    public List<String> remarks() {
        return batches.remarks();
    }

    @Override
    public void close() {
        batches.close();
    }
}
