package graft.network;

import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Operators that ONNX Runtime made of several when it saved a network in its optimized form, written as the several they were
 * made of, so that they can learn: {@code com.microsoft} FusedConv, FusedGemm and FusedMatMul.
 */
final class FusedOperators {
    private static final String DOMAIN = "com.microsoft";
    private static final String ONE_PROCESSOR = "com.microsoft.nchwc";

    private final GraphEditor editor;
    private final long opset;
    private final List<Node> nodes = new ArrayList<>();
    private int parted;

    private FusedOperators(Model model) {
        this.editor = model.graph().edit();
        this.opset = model.opset("");
    }

    /** Adds a line to {@code report} for what was changed, and for what cannot be. */
    static Model part(Model model, List<String> report) {
        if (model.graph().nodes().stream().anyMatch(node -> node.domain().equals(ONE_PROCESSOR))) {
            report.add(
                    "ONNX Runtime saved this file in a form for one kind of processor, in which its convolutions cannot learn:"
                            + " take the original.");
        }
        if (model.graph().nodes().stream().noneMatch(node -> node.domain().equals(DOMAIN))) {
            return model;
        }
        FusedOperators fused = new FusedOperators(model);
        model.graph().nodes().forEach(fused::add);
        if (fused.parted == 0) {
            return model;
        }
        report.add(fused.parted + " operators that ONNX Runtime had fused are written as the ones they were made of.");
        fused.editor.nodes().clear();
        fused.editor.nodes().addAll(fused.nodes);
        return model.withGraph(fused.editor.build());
    }

    private void add(Node node) {
        if (!node.domain().equals(DOMAIN) || !partable(node)) {
            nodes.add(node);
            return;
        }
        parted++;
        String op = node.opType().substring("Fused".length());
        String result = node.output(0);
        boolean sum = op.equals("Conv") && !node.input(3).isEmpty();
        List<String> stages = new ArrayList<>(List.of(op));
        if (sum) {
            stages.add("Add");
        }
        if (op.equals("MatMul") && node.attribute("alpha", 1f) != 1) {
            stages.add("Mul");
        }
        activation(node).filter(name -> !name.isEmpty()).ifPresent(stages::add);
        String last = "";
        for (int i = 0; i < stages.size(); i++) {
            String to = i + 1 == stages.size() ? result : result + "/" + stages.get(i);
            nodes.add(stage(node, stages.get(i), i == 0, last, to));
            last = to;
        }
    }

    private Node stage(Node fused, String op, boolean first, String from, String to) {
        if (first) {
            Node plain = fused.as(op).in("");
            for (String own : List.of(
                    "activation", "activation_params", "activation_alpha", "activation_beta", "activation_gamma")) {
                plain = plain.without(own);
            }
            if (op.equals("MatMul")) {
                for (String own : List.of("alpha", "transA", "transB", "transBatchA", "transBatchB")) {
                    plain = plain.without(own);
                }
            }
            List<String> inputs =
                    fused.inputs().subList(0, Math.min(3, fused.inputs().size()));
            return plain.withInputs(inputs).withOutputs(List.of(to));
        }
        String name = fused.name().isEmpty() ? "" : fused.name() + "/" + op;
        float[] given = fused.attribute("activation_params", new float[0]);
        return switch (op) {
            case "Add" -> Node.of("Add", name, List.of(from, fused.input(3)), List.of(to));
            case "Mul" ->
                Node.of("Mul", name, List.of(from, constant(to + "/alpha", fused.attribute("alpha", 1f))), List.of(to));
            case "LeakyRelu" ->
                Node.of(op, name, List.of(from), List.of(to)).with("alpha", parameter(fused, given, 0, 0.01f));
            case "HardSigmoid" ->
                Node.of(op, name, List.of(from), List.of(to))
                        .with("alpha", parameter(fused, given, 0, 0.2f))
                        .with("beta", parameter(fused, given, 1, 0.5f));
            case "Clip" -> {
                float low = parameter(fused, given, 0, -Float.MAX_VALUE);
                float high = parameter(fused, given, 1, Float.MAX_VALUE);
                yield opset < 11
                        ? Node.of(op, name, List.of(from), List.of(to))
                                .with("min", low)
                                .with("max", high)
                        : Node.of(
                                op,
                                name,
                                List.of(from, constant(to + "/min", low), constant(to + "/max", high)),
                                List.of(to));
            }
            default -> Node.of(op, name, List.of(from), List.of(to));
        };
    }

    /** FusedConv lists its parameters, FusedGemm names them. */
    private static float parameter(Node fused, float[] listed, int index, float absent) {
        String named = index == 0 ? "activation_alpha" : "activation_beta";
        return index < listed.length ? listed[index] : fused.attribute(named, absent);
    }

    private String constant(String wish, float value) {
        String name = editor.freshName(wish);
        editor.put(Tensor.ofFloats(name, new long[0], value));
        return name;
    }

    private static Optional<String> activation(Node node) {
        String name = node.attribute("activation", "");
        return List.of("", "Relu", "LeakyRelu", "Clip", "Sigmoid", "Tanh", "HardSigmoid")
                        .contains(name)
                ? Optional.of(name)
                : Optional.empty();
    }

    private static boolean partable(Node node) {
        return switch (node.opType()) {
            case "FusedConv", "FusedGemm" -> activation(node).isPresent();
            case "FusedMatMul" ->
                node.attribute("transA", 0) == 0
                        && node.attribute("transB", 0) == 0
                        && node.attribute("transBatchA", 0) == 0
                        && node.attribute("transBatchB", 0) == 0;
            default -> false;
        };
    }
}
