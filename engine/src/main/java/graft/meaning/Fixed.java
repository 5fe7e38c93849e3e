package graft.meaning;

import graft.onnx.Graph;
import graft.onnx.Tensor;
import java.util.Optional;

/** Constants of a graph: initializers and Constant nodes, also where Identity hands them on. */
public final class Fixed {
    private Fixed() {}

    public static Optional<Tensor> tensor(Graph graph, String name) {
        Tensor initializer = graph.initializers().get(name);
        if (initializer != null) {
            return Optional.of(initializer);
        }
        return graph.nodes().stream()
                .filter(node ->
                        (node.opType().equals("Constant") || node.opType().equals("Identity"))
                                && node.output(0).equals(name))
                .findFirst()
                .flatMap(
                        node -> node.opType().equals("Identity") ? tensor(graph, node.input(0)) : node.tensor("value"));
    }

    /** A constant whose every byte is 0. */
    static boolean isFalse(Graph graph, String name) {
        return tensor(graph, name)
                .map(value -> {
                    java.nio.ByteBuffer bytes = value.bytes().duplicate();
                    while (bytes.hasRemaining()) {
                        if (bytes.get() != 0) {
                            return false;
                        }
                    }
                    return true;
                })
                .orElse(false);
    }
}
