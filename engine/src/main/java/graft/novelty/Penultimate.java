package graft.novelty;

import graft.Refusal;
import graft.data.Examples;
import graft.inference.OrtSession;
import graft.meaning.Answer;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.network.FeatureFinder;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;

/** What a network makes of examples before its last layer: a row of numbers each. Closed by whoever opened it. */
public final class Penultimate implements AutoCloseable {
    private static final int USUAL_BATCH = 32;

    private final Path file;
    private final String tensor;
    private final Classifier asked;
    private final OrtSession session;
    private OptionalInt batch;

    public Penultimate(NetworkFile opened, Reading reading, int threads) {
        this.file = opened.path();
        Network network = Importer.of(file, opened.model(), reading);
        this.tensor = FeatureFinder.find(network, Optional.empty());
        Answer features = new Answer(network.answer().output(), tensor, List.of(), List.of());
        this.asked = new Classifier(
                file, opened.model(), network.model(), network.model().graph().inputs(), features, List.of());
        this.session = OrtSession.open(asked.scoring(), threads);
        this.batch = asked.fixedBatch().map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    public String tensor() {
        return tensor;
    }

    /** {@code [examples][width]}; maps are averaged over their places. */
    public float[][] of(Examples given, String doing, Progress progress) {
        Examples examples = given.fedTo(file, asked.inputs());
        int n = examples.size();
        float[][] out = new float[n][];
        int[] turn = examples.bySize();
        int most = atOnce(examples);
        for (int from = 0; from < n; from += most) {
            if (progress.isCancelled()) {
                throw new CancellationException(doing);
            }
            int[] some = Arrays.copyOfRange(turn, from, Math.min(from + most, n));
            int[] filled = Arrays.copyOf(some, asked.fixedBatch().orElse(some.length));
            Arrays.fill(filled, some.length, filled.length, some[some.length - 1]);
            Values said = session.run(examples.inputs(filled, Examples.PLAIN), tensor);
            float[] numbers = said.toTensor("").toFloats();
            for (int i = 0; i < some.length; i++) {
                out[some[i]] = row(numbers, said.shape(), i, filled.length);
            }
            progress.stage(doing, from + some.length, n);
        }
        return out;
    }

    /** A lone example tells nothing of how it would fare among others: then the next ones are looked at. */
    private int atOnce(Examples examples) {
        if (batch.isEmpty() && examples.size() > 1) {
            batch = OptionalInt.of(asked.batch(session, examples, USUAL_BATCH, told -> {}));
        }
        return batch.orElse(1);
    }

    private float[] row(float[] numbers, long[] shape, int i, int rows) {
        int size = numbers.length / rows;
        if (shape.length < 2 || shape[0] != rows) {
            throw new Refusal(
                    "What " + file + " makes of examples before its last layer (" + tensor + ") has the shape "
                            + Arrays.toString(shape) + " for " + rows
                            + " examples, which is not a row each: nothing can be said of how strange they are. Choose a network with"
                            + " a free batch.");
        }
        float[] out = Arrays.copyOfRange(numbers, i * size, (i + 1) * size);
        // Tokens have their numbers last, maps of pictures first.
        if (shape.length == 2) {
            return out;
        }
        int width = Math.toIntExact(shape.length == 3 ? shape[2] : shape[1]);
        int places = size / width;
        float[] mean = new float[width];
        for (int k = 0; k < size; k++) {
            mean[shape.length == 3 ? k % width : k / places] += out[k] / places;
        }
        return mean;
    }

    @Override
    public void close() {
        session.close();
    }
}
