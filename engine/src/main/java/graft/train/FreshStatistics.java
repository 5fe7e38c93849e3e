package graft.train;

import ai.djl.ndarray.NDManager;
import graft.features.LabelledFeatures;
import graft.features.MicroBatch;
import graft.network.Network;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.ops.Mode;
import graft.ops.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Running statistics of batch norms taken anew: the mean of those of all batches of the training examples, as PyTorch's
 * {@code update_bn} does it. Weights and chance stay as they are.
 */
final class FreshStatistics {
    /** A statistic of a batch norm that follows what it sees: new = momentum · old + (1 − momentum) · seen. */
    private record Statistic(String name, double momentum) {}

    private final LabelledFeatures train;
    private final TrainablePart part;
    private final Passes passes;
    private final Mode mode;
    private final List<Statistic> statistics = new ArrayList<>();

    FreshStatistics(Network network, LabelledFeatures train, TrainablePart part, Passes passes) {
        this.train = train;
        this.part = part;
        this.passes = passes;
        Set<String> norms = network.learningBatchNorms();
        this.mode = new Mode(false, norms, Precision.FP32, false);
        for (Node node : network.model().graph().nodes()) {
            double momentum = node.attribute("momentum", 0.9f);
            if (norms.contains(node.output(0)) && momentum < 1) {
                statistics.add(new Statistic(node.input(3), momentum));
                statistics.add(new Statistic(node.input(4), momentum));
            }
        }
    }

    /**
     * @param batch examples at once
     * @param view of the examples
     */
    void take(int batch, long view, NDManager manager) {
        if (statistics.isEmpty()) {
            return;
        }
        int[] all = IntStream.range(0, train.size()).toArray();
        List<MicroBatch> batches = new ArrayList<>(passes.of(all, batch));
        // A batch of few examples would count as much as the others.
        if (batches.size() > 1
                && batches.get(batches.size() - 1).real() < batches.get(0).real()) {
            batches.remove(batches.size() - 1);
        }
        Map<Statistic, double[]> sums = new LinkedHashMap<>();
        Map<Statistic, Integer> counts = new LinkedHashMap<>();
        Map<String, Tensor> before = new LinkedHashMap<>();
        for (Statistic statistic : statistics) {
            before.putAll(part.values(List.of(statistic.name)));
            sums.put(statistic, new double[(int) before.get(statistic.name).size()]);
        }
        for (int i = 0; i < batches.size(); i++) {
            // So that what is there afterwards is of this batch alone.
            sums.forEach(
                    (statistic, sum) -> part.set(Map.of(statistic.name, filled(statistic, new double[sum.length], 1))));
            try (NDManager step = manager.newSubManager()) {
                part.outputs(step, Passes.features(train, batches, i, view), mode);
            }
            for (Statistic statistic : statistics) {
                add(part.values(List.of(statistic.name)).get(statistic.name).toFloats(), statistic, sums, counts);
            }
        }
        sums.forEach((statistic, sum) -> part.set(Map.of(
                statistic.name,
                counts.containsKey(statistic)
                        ? filled(statistic, sum, 1.0 / counts.get(statistic))
                        : before.get(statistic.name))));
    }

    /** A norm that had one value per channel learnt nothing of the batch. */
    private static void add(
            float[] seen, Statistic statistic, Map<Statistic, double[]> sums, Map<Statistic, Integer> counts) {
        double[] sum = sums.get(statistic);
        boolean learnt = false;
        for (int k = 0; k < seen.length; k++) {
            sum[k] += seen[k] / (1 - statistic.momentum);
            learnt |= seen[k] != 0;
        }
        if (learnt) {
            counts.merge(statistic, 1, Integer::sum);
        }
    }

    private static Tensor filled(Statistic statistic, double[] sum, double factor) {
        float[] values = new float[sum.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (sum[k] * factor);
        }
        return Tensor.ofFloats(statistic.name, new long[] {values.length}, values);
    }
}
