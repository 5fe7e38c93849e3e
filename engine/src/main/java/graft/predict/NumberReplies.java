package graft.predict;

import graft.Refusal;
import graft.data.Examples;
import graft.inference.OrtSession;
import graft.meaning.Classifier;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Answers that are numbers: those of the output that answers, by its name; several get their places as well. */
final class NumberReplies implements Replies {
    private static final int BATCH = 32;

    private final NetworkFile network;
    private final Classifier read;
    private final OrtSession session;
    private final List<String> remarks;
    private int batch;
    private int width;

    NumberReplies(NetworkFile network, PredictionPlan plan) {
        this.network = network;
        this.read = Classifier.of(network.path(), network.model(), plan.reading());
        this.session = read.open(plan.threads());
        this.remarks = new ArrayList<>(read.lines());
        this.batch = read.fixedBatch().orElse(0);
    }

    @Override
    public List<Reply> to(Examples given, IntConsumer done, Progress progress) {
        Examples examples = given.fedTo(network.path(), read.inputs());
        if (batch == 0 && examples.size() > 1) {
            batch = read.batch(session, examples, BATCH, remarks::add);
        }
        List<Reply> out = new ArrayList<>(Collections.nCopies(examples.size(), null));
        int[] order = examples.bySize();
        int most = Math.max(1, batch);
        for (int from = 0; from < order.length; from += most) {
            if (progress.isCancelled()) {
                throw new CancellationException("asking " + network.path() + " was cancelled");
            }
            int real = Math.min(most, order.length - from);
            int[] asked =
                    Arrays.copyOfRange(order, from, from + read.fixedBatch().orElse(real));
            Arrays.fill(asked, real, asked.length, asked[real - 1]); // padding
            float[] numbers = numbers(examples, asked);
            for (int i = 0; i < real; i++) {
                out.set(asked[i], reply(Arrays.copyOfRange(numbers, i * width, (i + 1) * width)));
            }
            done.accept(from + real);
        }
        return out;
    }

    private float[] numbers(Examples examples, int[] asked) {
        Values said = session.run(
                examples.inputs(asked, Examples.PLAIN), read.answer().scores());
        float[] numbers = said.toTensor("").toFloats();
        if (numbers.length == 0 || numbers.length % asked.length != 0) {
            throw new Refusal("The output " + read.answer().scores() + " of " + network.path() + " has the shape "
                    + Arrays.toString(said.shape()) + " for " + asked.length
                    + " examples, which is not one row per example. Name another of its outputs with --output.");
        }
        width = numbers.length / asked.length;
        return numbers;
    }

    private Reply reply(float[] numbers) {
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                return Reply.none(network.path() + " answers it with " + number + ", which is no finite number");
            }
        }
        return new Reply(-1, numbers, OptionalDouble.empty(), Optional.empty());
    }

    @Override
    public Layout layout(List<String> told) {
        String name = read.answer().output();
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
        return List.copyOf(remarks);
    }

    @Override
    public void close() {
        session.close();
    }
}
