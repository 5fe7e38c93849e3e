package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.features.MicroBatch;
import graft.objective.Objective;
import graft.objective.Streams;
import graft.onnx.Values;
import graft.ops.Mode;
import graft.problem.Companion;
import graft.problem.ExampleStream;
import graft.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is in a step beside the examples that are learnt from: examples of further streams, and what companions say. */
final class Beside {
    private final List<ExampleStream> streams;
    private final List<Companion> companions;
    private final StepLoss loss;
    private final Passes passes;

    Beside(Problem problem, StepLoss loss, Passes passes) {
        this.streams = problem.streams();
        this.companions = problem.companions();
        this.loss = loss;
        this.passes = passes;
    }

    /** How the examples to learn from go through the network, where others may be those whose statistics are learnt. */
    Mode mode(Mode plain) {
        return streams.stream().anyMatch(ExampleStream::statistics) ? plain.learningNoStatistics() : plain;
    }

    /**
     * The streams' share of a step.
     *
     * @param seen examples to learn from in all steps before
     * @param count of these in this step
     * @param next of these in the next one
     * @param size examples that go through together
     */
    List<Share> shares(long seen, int count, int next, int size) {
        List<Share> out = new ArrayList<>();
        for (ExampleStream stream : streams) {
            List<MicroBatch> all = passes.of(stream.at(seen, count), size);
            all.addAll(passes.of(stream.at(seen + count, next), size));
            out.add(new Share(stream, all));
        }
        return out;
    }

    /** The examples of one stream in a step, and those of the next after them. */
    final class Share {
        private final ExampleStream stream;
        private final List<MicroBatch> all;
        private TrainablePart.Answer answer;

        private Share(ExampleStream stream, List<MicroBatch> all) {
            this.stream = stream;
            this.all = all;
        }

        /** Goes through the network with one micro-batch, with gradients recorded; what objectives take is put into {@code into}. */
        void answer(
                NDManager once,
                TrainablePart part,
                int pass,
                long view,
                Mode plain,
                boolean sparing,
                Map<String, NDArray> into) {
            Map<String, Values> features = Passes.features(stream.examples(), all, pass, view);
            Mode mode = stream.statistics() ? plain : plain.learningNoStatistics();
            answer = part.answer(once, features, mode, sparing);
            answer.computed().forEach((name, array) -> into.put(Streams.of(stream.name(), name), array));
        }

        void counts(int pass, Map<String, Values> into) {
            putCounts(Streams.of(stream.name(), Objective.COUNTS), all.get(pass), into);
        }

        void backward() {
            answer.backward();
        }
    }

    /** What is known of a micro-batch beside its targets. */
    Map<String, Values> known(MicroBatch pass, long view) {
        Map<String, Values> out = new LinkedHashMap<>();
        companions.forEach(companion -> companion
                .features()
                .of(pass.examples(), view)
                .forEach((name, values) -> out.put(Streams.of(companion.name(), name), values)));
        putCounts(Objective.COUNTS, pass, out);
        return out;
    }

    private void putCounts(String name, MicroBatch pass, Map<String, Values> into) {
        if (loss.takes(name)) {
            float[] counts = new float[pass.examples().length];
            Arrays.fill(counts, 0, pass.real(), 1);
            into.put(name, Values.ofFloats(new long[] {counts.length}, counts));
        }
    }
}
