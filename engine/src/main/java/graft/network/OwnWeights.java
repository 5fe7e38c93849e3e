package graft.network;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The last linear layer that a network comes with.
 *
 * @param weight {@code [outputs][width]}
 * @param bias of each output
 */
public record OwnWeights(float[][] weight, float[] bias) {
    /** What may follow it: what makes probabilities of its scores, or hands them on. */
    private static final Set<String> AFTER =
            Set.of("Softmax", "LogSoftmax", "Sigmoid", "Identity", "Flatten", "Cast", "ArgMax", "Dropout");

    /**
     * That of the output that answers.
     *
     * @param features what a new head is to stand on
     * @return empty where the network does not end in one linear layer on them
     */
    public static Optional<OwnWeights> of(Network network, String features) {
        return OwnHead.of(network, network.answer().scores())
                .filter(head -> head.on().equals(List.of(features)))
                .map(Head::nodes)
                .filter(nodes -> !nodes.isEmpty() && nodes.get(0).input(0).equals(features))
                .flatMap(nodes -> of(nodes, network.model().graph()));
    }

    private static Optional<OwnWeights> of(List<Node> nodes, Graph graph) {
        Node first = nodes.get(0);
        Tensor weight = graph.initializers().get(first.input(1));
        boolean gemm = first.opType().equals("Gemm")
                && first.attribute("transA", 0L) == 0
                && first.attribute("alpha", 1f) == 1
                && first.attribute("beta", 1f) == 1;
        if (weight == null
                || weight.shape().length != 2
                || !gemm && !first.opType().equals("MatMul")) {
            return Optional.empty();
        }
        float[][] rows = rows(weight, gemm && first.attribute("transB", 0L) == 1);
        boolean biasApart = !gemm && nodes.size() > 1 && nodes.get(1).opType().equals("Add");
        Optional<float[]> bias = biasApart
                ? nodes.get(1).inputs().stream()
                        .map(graph.initializers()::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .flatMap(tensor -> forEach(tensor, rows.length))
                : forEach(gemm ? graph.initializers().get(first.input(2)) : null, rows.length);
        boolean ends =
                nodes.subList(biasApart ? 2 : 1, nodes.size()).stream().allMatch(node -> AFTER.contains(node.opType()));
        return bias.filter(found -> ends).map(found -> new OwnWeights(rows, found));
    }

    private static float[][] rows(Tensor weight, boolean outputFirst) {
        int outputs = (int) weight.shape()[outputFirst ? 0 : 1];
        int width = (int) weight.shape()[outputFirst ? 1 : 0];
        float[] values = weight.toFloats();
        float[][] rows = new float[outputs][width];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < width; i++) {
                rows[o][i] = values[outputFirst ? o * width + i : i * outputs + o];
            }
        }
        return rows;
    }

    /** One for each output, or one for all; empty where it is neither. */
    private static Optional<float[]> forEach(Tensor bias, int outputs) {
        float[] values = bias == null ? new float[1] : bias.toFloats();
        if (values.length == outputs) {
            return Optional.of(values);
        }
        float[] out = new float[outputs];
        Arrays.fill(out, values[0]);
        return values.length == 1 ? Optional.of(out) : Optional.empty();
    }

    /**
     * A head that begins with them.
     *
     * @param head one linear layer of as many inputs
     * @param outputs of these weights, for each of its outputs
     * @return empty where the head is another kind of head
     */
    public Optional<Head> startOf(Head head, int[] outputs) {
        Tensor weightOfHead = head.weights().get("head.weight");
        Tensor biasOfHead = head.weights().get("head.bias");
        int width = weight[0].length;
        if (head.weights().size() != 2
                || weightOfHead == null
                || biasOfHead == null
                || !Arrays.equals(weightOfHead.shape(), new long[] {outputs.length, width})) {
            return Optional.empty();
        }
        float[] values = new float[outputs.length * width];
        float[] shifts = new float[outputs.length];
        for (int o = 0; o < outputs.length; o++) {
            System.arraycopy(weight[outputs[o]], 0, values, o * width, width);
            shifts[o] = bias[outputs[o]];
        }
        Map<String, Tensor> begun = new LinkedHashMap<>(head.weights());
        begun.put("head.weight", Tensor.ofFloats("head.weight", weightOfHead.shape(), values));
        begun.put("head.bias", Tensor.ofFloats("head.bias", biasOfHead.shape(), shifts));
        return Optional.of(head.beginningWith(begun));
    }
}
