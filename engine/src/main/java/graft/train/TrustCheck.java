package graft.train;

import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.data.Examples;
import graft.data.Magnitude;
import graft.features.Features;
import graft.features.FrozenPart;
import graft.inference.OrtSession;
import graft.network.Network;
import graft.onnx.ElementType;
import graft.onnx.NonFinite;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Mode;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Before anything learns: the engine and ONNX Runtime must give the same answers on one batch. */
final class TrustCheck {
    private static final int EXAMPLES = 4;
    private static final double TOLERANCE = 1e-3;

    private final Path file;
    private final Network network;
    private final Examples examples;
    private final int[] indices;
    private final int[] places;
    private final Answers expected;

    /**
     * Asks ONNX Runtime; it gives back what that takes before the parts of the network are opened.
     *
     * @param file where the network came from, for messages
     * @throws Refusal where what it answers can be of no use
     */
    TrustCheck(Path file, Network network, int threads, Examples examples) {
        this.file = file;
        this.network = network;
        this.examples = examples;
        int count = network.report().fixedBatch() > 0
                ? Math.toIntExact(network.report().fixedBatch())
                : Math.min(EXAMPLES, examples.size());
        this.indices = IntStream.range(0, count).map(i -> i % examples.size()).toArray();
        this.places = IntStream.range(0, count).toArray();
        this.expected = new Answers(count);
        try (OrtSession whole = OrtSession.open(network.model(), threads)) {
            Map<String, Values> said = whole.run(examples.inputs(indices, Examples.PLAIN));
            said.values().forEach(values -> requireRows(values, count));
            said.values().forEach(this::requireFinite);
            expected.put(said, places, count);
        }
    }

    /**
     * @throws Refusal if an answer differs by more than 1e-3 · max(1, largest answer)
     */
    void hold(TrainablePart part, FrozenPart frozen, NDManager manager) {
        int count = places.length;
        try (NDManager step = manager.newSubManager();
                Features features = frozen.features(examples)) {
            Answers actual = new Answers(count);
            actual.put(
                    ArrayTensors.toValues(part.outputs(step, features.of(indices, Examples.PLAIN), Mode.INFERENCE)),
                    places,
                    count);
            Answers.Difference off = expected.to(actual);
            if (off.most() > TOLERANCE * off.largest()) {
                throw new Refusal(
                        "Graft's engine and ONNX Runtime do not agree on " + file + ": answers differ by up to "
                                + off.most() + " (the largest answer is " + off.largest()
                                + "), so training it would train something else. Try --trainable head, and report the network.");
            }
        }
    }

    private void requireRows(Values values, int count) {
        long[] shape = values.shape();
        if (shape.length == 0 || shape[0] != count) {
            throw new Refusal(
                    file + " cannot be trained: asked about " + count + (count == 1 ? " example" : " examples")
                            + ", it answers with the shape " + Arrays.toString(shape)
                            + ", not with one row for each. Something in it"
                            + " cuts or joins the batch; choose a tensor below that with --features.");
        }
    }

    /** What is no number before anything learnt stays none; no learning rate is to blame. */
    private void requireFinite(Values values) {
        if (values.type() != ElementType.FLOAT) {
            return;
        }
        FloatBuffer answers = values.floats();
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
                                                + " was trained (" + examples.preparing()
                                                + "), or choose a tensor further down with"
                                                + " --features."));
            }
        }
    }
}
