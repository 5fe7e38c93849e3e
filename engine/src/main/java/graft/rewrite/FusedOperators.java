package graft.rewrite;

import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Operators that ONNX Runtime made of several when it saved a network in its optimized form, written as the several they were
 * made of, so that they can learn; in the bodies of If, Loop and Scan too.
 */
public final class FusedOperators {
    private static final String DOMAIN = "com.microsoft";
    private static final String ONE_PROCESSOR = "com.microsoft.nchwc";

    /** How one operator is parted, where it can be. */
    private record Parting(Predicate<Node> fits, Consumer<PartedNode> part) {}

    private static final Map<String, Parting> PARTINGS = Map.of(
            "FusedConv", new Parting(FusedLayers::isPartable, FusedLayers::part),
            "FusedGemm", new Parting(FusedLayers::isPartable, FusedLayers::part),
            "FusedMatMul", new Parting(node -> true, FusedProducts::part),
            "TransposeMatMul", new Parting(node -> true, FusedProducts::part),
            "Gelu", new Parting(node -> true, FusedCurves::gelu),
            "BiasGelu", new Parting(node -> true, FusedCurves::gelu),
            "FastGelu", new Parting(node -> true, FusedCurves::fastGelu),
            "QuickGelu", new Parting(node -> true, FusedCurves::quickGelu),
            "SkipLayerNormalization", new Parting(FusedNorms::isPartable, FusedNorms::skipLayer),
            "SkipSimplifiedLayerNormalization", new Parting(FusedNorms::isPartable, FusedNorms::skipRootMeanSquare));

    private final long opset;
    private final TreeSet<String> left = new TreeSet<>();
    private int parted;

    private FusedOperators(long opset) {
        this.opset = opset;
    }

    /** Adds a line to {@code report} for what was changed, and for what cannot be. */
    public static Model part(Model model, List<String> report) {
        // What is put in has constants of fp32; a network of other numbers is converted before it learns.
        if (NumberFormat.hindrance(model.graph()).isPresent()) {
            return model;
        }
        FusedOperators fused = new FusedOperators(model.opset(""));
        Graph graph = fused.part(model.graph());
        if (fused.parted > 0) {
            report.add(
                    fused.parted + " operators that ONNX Runtime had fused are written as the ones they were made of.");
        }
        if (!fused.left.isEmpty()) {
            report.add(
                    "ONNX Runtime saved this file in its optimized form, with operators of its own that Graft does not"
                            + " have and through which nothing learns (" + String.join(", ", fused.left)
                            + "): take the original, or save it with the basic optimizations only.");
        }
        return fused.parted == 0 ? model : model.withGraph(graph);
    }

    private Graph part(Graph graph) {
        GraphEditor editor = graph.edit();
        List<Node> nodes = new ArrayList<>();
        int before = parted;
        for (Node node : graph.nodes()) {
            Parting parting = node.domain().equals(DOMAIN) ? PARTINGS.get(node.opType()) : null;
            if (parting != null && parting.fits.test(node)) {
                PartedNode to = new PartedNode(node, editor, opset);
                parting.part.accept(to);
                nodes.addAll(to.nodes());
                parted++;
            } else {
                if (node.domain().equals(DOMAIN) || node.domain().equals(ONE_PROCESSOR)) {
                    left.add(node.opType());
                }
                nodes.add(withPartedBodies(node));
            }
        }
        if (parted == before) {
            return graph;
        }
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        return editor.build();
    }

    private Node withPartedBodies(Node node) {
        Node out = node;
        for (Map.Entry<String, Graph> body : node.graphs().entrySet()) {
            int before = parted;
            Graph changed = part(body.getValue());
            out = parted == before ? out : out.with(body.getKey(), changed);
        }
        return out;
    }
}
