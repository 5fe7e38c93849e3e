package graft.network;

import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What layers add to what they compute: biases of products, shifts of norms (BitFit, Ben Zaken et al. 2022, lets these alone learn).
 */
final class Biases {
    /** Where operators take theirs. */
    private static final Map<String, Integer> SLOTS = Map.of(
            "Conv", 2,
            "ConvTranspose", 2,
            "Gemm", 2,
            "BatchNormalization", 2,
            "LayerNormalization", 2,
            "InstanceNormalization", 2,
            "GroupNormalization", 2,
            "LSTM", 3,
            "GRU", 3,
            "RNN", 3);

    private Biases() {}

    /** Names of those in the body. */
    static Set<String> of(Network network) {
        Map<String, Tensor> tensors = network.model().graph().initializers();
        Set<String> out = new LinkedHashSet<>();
        for (Layer layer : network.body()) {
            for (Node node : layer.nodes()) {
                Integer slot = SLOTS.get(node.opType());
                if (slot != null && layer.weights().contains(node.input(slot))) {
                    out.add(node.input(slot));
                } else if (node.opType().equals("Add") && node != layer.nodes().get(0)) {
                    node.inputs().stream()
                            .filter(name -> layer.weights().contains(name) && isRow(tensors.get(name)))
                            .forEach(out::add);
                }
            }
        }
        return out;
    }

    /** A number per channel; a table of positions is none. */
    private static boolean isRow(Tensor tensor) {
        return Arrays.stream(tensor.shape()).filter(axis -> axis > 1).count() <= 1;
    }
}
