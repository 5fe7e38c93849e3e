package graft.rewrite;

import graft.onnx.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** FusedConv and FusedGemm: a layer with what was added to it and the activation after it. */
final class FusedLayers {
    private static final Set<String> ACTIVATIONS =
            Set.of("", "Relu", "LeakyRelu", "Clip", "Sigmoid", "Tanh", "HardSigmoid");
    private static final List<String> OWN =
            List.of("activation", "activation_params", "activation_alpha", "activation_beta", "activation_gamma");
    private static final int BOUNDS_AS_INPUTS = 11;

    private FusedLayers() {}

    static boolean isPartable(Node node) {
        return ACTIVATIONS.contains(node.attribute("activation", ""));
    }

    static void part(PartedNode to) {
        Node fused = to.fused();
        String op = fused.opType().substring("Fused".length());
        boolean sum = op.equals("Conv") && !fused.input(3).isEmpty();
        String activation = fused.attribute("activation", "");
        List<String> inputs = new ArrayList<>(
                fused.inputs().subList(0, Math.min(3, fused.inputs().size())));
        String[] layer = inputs.toArray(String[]::new);
        UnaryOperator<Node> attributes = made -> {
            Node plain = fused.as(op).in("").named(made.name());
            for (String own : OWN) {
                plain = plain.without(own);
            }
            return plain.withInputs(made.inputs()).withOutputs(made.outputs());
        };
        if (!sum && activation.isEmpty()) {
            to.answer(0, op, attributes, layer);
            return;
        }
        String made = to.step(op, attributes, layer);
        if (sum && activation.isEmpty()) {
            to.answer("Add", made, fused.input(3));
            return;
        }
        activate(to, activation, sum ? to.step("Add", made, fused.input(3)) : made);
    }

    private static void activate(PartedNode to, String activation, String x) {
        switch (activation) {
            case "LeakyRelu" -> to.answer(0, activation, node -> node.with("alpha", parameter(to, 0, 0.01f)), x);
            case "HardSigmoid" ->
                to.answer(
                        0,
                        activation,
                        node -> node.with("alpha", parameter(to, 0, 0.2f)).with("beta", parameter(to, 1, 0.5f)),
                        x);
            case "Clip" -> {
                float low = parameter(to, 0, -Float.MAX_VALUE);
                float high = parameter(to, 1, Float.MAX_VALUE);
                if (to.opset() < BOUNDS_AS_INPUTS) {
                    to.answer(0, activation, node -> node.with("min", low).with("max", high), x);
                } else {
                    to.answer(activation, x, to.scalar(low), to.scalar(high));
                }
            }
            default -> to.answer(activation, x);
        }
    }

    /** FusedConv lists its parameters, FusedGemm names them. */
    private static float parameter(PartedNode to, int index, float absent) {
        float[] listed = to.fused().attribute("activation_params", new float[0]);
        String named = index == 0 ? "activation_alpha" : "activation_beta";
        return index < listed.length ? listed[index] : to.fused().attribute(named, absent);
    }
}
