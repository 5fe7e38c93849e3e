package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.data.Examples;
import graft.data.Magnitude;
import graft.features.Features;
import graft.features.FrozenPart;
import graft.inference.Batches;
import graft.inference.OrtSession;
import graft.network.Head;
import graft.network.Network;
import graft.onnx.NonFinite;
import graft.ops.ArrayTensors;
import graft.ops.Mode;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/** Before anything learns: the engine and ONNX Runtime must give the same answers on one batch. */
final class TrustCheck {
    private static final int EXAMPLES = 4;
    private static final double TOLERANCE = 1e-3;

    private final Path file;
    private final Network network;
    private final int threads;

    /** {@code file} is where the network came from, for messages. */
    TrustCheck(Path file, Network network, int threads) {
        this.file = file;
        this.network = network;
        this.threads = threads;
    }

    /**
     * @throws Refusal if an answer differs by more than 1e-3 · max(1, largest answer)
     */
    void run(TrainablePart part, FrozenPart frozen, Examples examples, NDManager manager) {
        int count = network.report().fixedBatch() > 0
                ? Math.toIntExact(network.report().fixedBatch())
                : Math.min(EXAMPLES, examples.size());
        int[] indices = IntStream.range(0, count).map(i -> i % examples.size()).toArray();
        FloatBuffer expected;
        try (OrtSession whole = OrtSession.open(network.model(), threads)) {
            String input = network.model().graph().inputs().get(0).name();
            expected = whole.run(Map.of(input, Batches.of(examples, indices, Examples.PLAIN)))
                    .get(Head.LOGITS)
                    .floats();
        }
        requireFinite(expected, examples, indices);
        try (NDManager step = manager.newSubManager();
                Features features = frozen.features(examples)) {
            NDArray logits = part.logits(step, features.of(indices, Examples.PLAIN), Mode.INFERENCE);
            FloatBuffer actual = ArrayTensors.toBytes(logits).asFloatBuffer();
            double difference = 0;
            double largest = 1;
            for (int i = 0; i < expected.remaining(); i++) {
                double off = Math.abs(actual.get(i) - expected.get(i));
                difference = Math.max(difference, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
                largest = Math.max(largest, Math.abs(expected.get(i)));
            }
            if (difference > TOLERANCE * largest) {
                throw new Refusal(
                        "Graft's engine and ONNX Runtime do not agree on " + file + ": answers differ by up to "
                                + difference + " (the largest answer is " + largest
                                + "), so training it would train something else. Try --trainable head, and report the network.");
            }
        }
    }

    /** What is no number before anything learnt stays none; no learning rate is to blame. */
    private void requireFinite(FloatBuffer answers, Examples examples, int[] indices) {
        int classes = answers.remaining() / indices.length;
        for (int i = 0; i < answers.remaining(); i++) {
            if (!Float.isFinite(answers.get(i))) {
                throw new Refusal(file + " gives " + answers.get(i) + " for " + examples.place(indices[i / classes])
                        + " before anything is learnt: "
                        + NonFinite.inWeights(network.model().graph())
                                .map(where -> "weights are no finite numbers: " + where
                                        + ". Take an earlier version of the file.")
                                .or(() -> Magnitude.outOfUse(examples))
                                .orElse(
                                        "its arithmetic leaves the range of its numbers. Prepare the examples as the network"
                                                + " was trained (--mean, --std, --scale), or choose a tensor further down with"
                                                + " --features."));
            }
        }
    }
}
