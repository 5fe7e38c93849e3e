package graft.ops;

import graft.onnx.Graph;
import graft.onnx.Node;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The tensors whose change changes an answer smoothly: from each a path of operators that pass gradients leads to an output.
 * What reaches the outputs as a shape, a place or a comparison alone can learn nothing.
 */
final class GradientPaths {
    private static final Set<String> SHAPES = Set.of("Shape", "Size");

    private final Graph graph;
    private final Set<String> reached = new HashSet<>();
    /** What changes smoothly with the inputs. */
    private final Set<String> smooth = new HashSet<>();

    /** What answers hang on that no gradient of the inputs comes to: an ArgMax, a picture of whole numbers. */
    private final Set<String> decided = new HashSet<>();

    private GradientPaths(Graph graph) {
        this.graph = graph;
    }

    /** Names of the tensors that a gradient reaches. {@code graph} is flat. */
    static Set<String> of(Graph graph) {
        GradientPaths paths = new GradientPaths(graph);
        paths.reached.addAll(graph.outputNames());
        paths.decided.addAll(graph.outputNames());
        paths.follow();
        paths.decided.removeAll(paths.smooth);
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            for (int output = 0; output < node.outputs().size(); output++) {
                paths.back(node, output);
            }
        }
        return paths.reached;
    }

    private void follow() {
        graph.inputs().forEach(input -> smooth.add(input.name()));
        for (Node node : graph.nodes()) {
            for (int output = 0; output < node.outputs().size(); output++) {
                int of = output;
                if (IntStream.range(0, node.inputs().size())
                        .anyMatch(input ->
                                smooth.contains(node.input(input)) && OpTable.ALL.passesGradient(node, of, input))) {
                    smooth.add(node.output(output));
                }
            }
        }
    }

    private void back(Node node, int output) {
        boolean reaches = reached.contains(node.output(output));
        boolean decides = decided.contains(node.output(output));
        if (!reaches && !decides) {
            return;
        }
        boolean ofValues = !SHAPES.contains(node.opType()) && !OpTable.ALL.passesGradient(node, output, 0);
        for (int input = 0; input < node.inputs().size(); input++) {
            boolean passes = OpTable.ALL.passesGradient(node, output, input);
            // What a decision is made by stands for the answer.
            if (reaches && passes || decides && ofValues) {
                reached.add(node.input(input));
            }
            if (decides && (passes || ofValues && !smooth.contains(node.input(input)))) {
                decided.add(node.input(input));
            }
        }
        reached.remove("");
        decided.remove("");
    }
}
