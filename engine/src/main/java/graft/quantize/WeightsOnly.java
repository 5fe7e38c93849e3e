package graft.quantize;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.quantize.QuantizationPlan.Granularity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores a weight as int8 and lets the graph compute the float weight: Cast, then Mul by the scales. ONNX Runtime computes
 * it once, when it loads the file. A DequantizeLinear it would compute anew for every input (docs/decisions/0008).
 */
final class WeightsOnly {
    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");

    private final GraphEditor editor;
    private final SmallConstants constants;
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Set<String> stored = new HashSet<>();

    WeightsOnly(GraphEditor editor, SmallConstants constants) {
        this.editor = editor;
        this.constants = constants;
        editor.nodes()
                .forEach(node -> node.needs().forEach(name -> readers.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(node)));
    }

    /** Appends to {@code nodes} what computes the second input of a layer under its old name. */
    void store(Node layer, Granularity granularity, List<Node> nodes) {
        Tensor weight = editor.initializers().get(layer.input(1));
        if (weight != null) {
            store(weight, granularity == Granularity.PER_CHANNEL ? Int8Layers.channelAxis(layer, weight) : -1, nodes);
        }
    }

    /**
     * Embeddings [words, size] and recurrent weights [directions, gates · hidden, inputs] that only this node reads: one
     * scale per index of axis 1. False if there is none that is smaller so.
     */
    boolean storeTables(Node node, Graph graph, List<Node> nodes) {
        boolean any = false;
        int[] slots = !node.domain().isEmpty()
                ? new int[0]
                : RECURRENT.contains(node.opType())
                        ? new int[] {1, 2}
                        : node.opType().equals("Gather") ? new int[] {0} : new int[0];
        for (int slot : slots) {
            Tensor table = graph.initializers().get(node.input(slot));
            boolean can = table != null
                    && table.type() == ElementType.FLOAT
                    && table.shape().length >= 2
                    && readers.get(table.name()).size() == 1
                    && !graph.outputNames().contains(table.name())
                    && pays(table, 1);
            if (can) {
                store(table, 1, nodes);
                any = true;
            }
        }
        return any;
    }

    void store(Tensor weight, int axis, List<Node> nodes) {
        if (!stored.add(weight.name())) {
            return;
        }
        Int8Weight int8 = Int8Weight.of(weight, axis, Int8Weight.scales(weight, axis));
        String integers = constants.name();
        String reals = constants.name();
        editor.initializers().remove(weight.name());
        editor.put(int8.tensor(integers));
        String scale = constants.floats(int8.broadcastShape(), int8.scales());
        nodes.add(Node.of("Cast", "", List.of(integers), List.of(reals)).with("to", (long) ElementType.FLOAT.code()));
        nodes.add(Node.of("Mul", "", List.of(reals, scale), List.of(weight.name())));
    }

    /** True if int8 with its scales and two more nodes is smaller than the float weight. */
    static boolean pays(Tensor weight, int axis) {
        long scales = axis < 0 ? 1 : weight.shape()[axis];
        int textOfTwoNodes = 150;
        return 3 * weight.size() > 4 * scales + textOfTwoNodes;
    }
}
