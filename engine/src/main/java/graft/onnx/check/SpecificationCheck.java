package graft.onnx.check;

import graft.Refusal;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Refuses graphs that break the ONNX specification in ways that native libraries answer with a signal, and graphs whose tensors
 * would be larger than a network of their size can mean. Operators without a rule pass.
 */
public final class SpecificationCheck {
    private static final Map<String, Rule> RULES = new HashMap<>();

    /** Elements of a tensor that any network may have for one example. */
    private static final double USUAL = 1 << 24;
    /** Correlation volumes and upsampling decoders stay below these. */
    private static final double TIMES_THE_INPUT = 2_000;

    private static final double TIMES_THE_WEIGHTS = 16;
    /** Of an input: 4 GiB of floats. */
    private static final double INPUT_AT_MOST = 1L << 30;

    static {
        WindowRules.addTo(RULES);
        TensorRules.addTo(RULES);
        NumberRules.addTo(RULES);
    }

    private final Model model;
    private final double most;

    private SpecificationCheck(Model model) {
        this.model = model;
        Graph graph = model.graph();
        double inputs = graph.inputs().stream()
                .mapToDouble(SpecificationCheck::elements)
                .sum();
        double weights =
                graph.initializers().values().stream().mapToDouble(Tensor::size).sum();
        this.most = Math.max(USUAL, TIMES_THE_INPUT * inputs + TIMES_THE_WEIGHTS * weights);
    }

    private static double elements(ValueInfo input) {
        return input.shape()
                .map(dims -> Known.elements(dims.stream().mapToLong(Dim::size).toArray()))
                .orElse(1.0);
    }

    /** @throws Refusal naming the node and what is wrong with it */
    public static void run(Model model) {
        for (ValueInfo input : model.graph().inputs()) {
            if (elements(input) > INPUT_AT_MOST) {
                throw new Refusal("The input " + input.name() + " has the impossible shape "
                        + input.shape().orElseThrow() + ". The file is damaged: export it again.");
            }
        }
        new SpecificationCheck(model).check(model.graph(), new Known());
    }

    private void check(Graph graph, Known known) {
        known.addAll(graph);
        for (Node node : graph.nodes()) {
            Facts facts = new Facts(node, known, model.opset(node.domain()));
            boolean standard = node.domain().isEmpty() || node.domain().equals("com.microsoft");
            Rule rule = standard ? RULES.get(node.opType()) : null;
            if (rule != null) {
                rule.check(facts);
            }
            node.graphs().values().forEach(body -> check(body, new Known(known)));
            if (node.domain().isEmpty()) {
                Propagation.of(facts, known);
            }
            node.outputs().forEach(output -> known.shape(output).ifPresent(shape -> bound(node, shape)));
        }
    }

    private void bound(Node node, long[] shape) {
        double elements = Known.elements(shape);
        if (elements > most) {
            throw new Refusal(String.format(
                    java.util.Locale.ROOT,
                    "%s makes a tensor of shape %s: %.3g numbers from a network and an input that are tiny beside it. The file"
                            + " is damaged, or was made to exhaust the machine: export it again.",
                    node,
                    Arrays.toString(shape).replace("-1", "any"),
                    elements));
        }
    }
}
