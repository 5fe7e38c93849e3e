package graft.meaning;

import graft.onnx.Graph;
import graft.onnx.Node;
import java.util.Map;
import java.util.Set;

/** The numbers that a network makes its probabilities of. */
public final class Logits {
    private static final Set<String> MAKING_PROBABILITIES = Set.of("Softmax", "LogSoftmax", "Sigmoid");
    private static final Set<String> HANDING_ON = Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Cast");

    private Logits() {}

    /** The tensor below what makes probabilities of it, where something does; else the scores. */
    public static String below(Graph graph, String scores) {
        Map<String, Node> producers = graph.producers();
        Node node = producers.get(scores);
        while (node != null && HANDING_ON.contains(node.opType())) {
            node = producers.get(node.input(0));
        }
        return node != null && MAKING_PROBABILITIES.contains(node.opType()) ? node.input(0) : scores;
    }
}
