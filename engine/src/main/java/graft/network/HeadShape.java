package graft.network;

import graft.Refusal;
import graft.onnx.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a new head has before its last linear layer, in order: none of it is a linear head, {@code linear:256,relu} a perceptron with
 * one hidden layer.
 *
 * @param parts as they are typed: {@code linear:WIDTH}, {@code dropout:RATE}, or an activation
 */
public record HeadShape(List<String> parts) {
    /** A linear layer alone. */
    public static final HeadShape LINEAR = new HeadShape(List.of());

    private static final String ALONE = "linear";
    private static final long RATIO_IS_INPUT = 12;
    private static final long HARD_SWISH_SINCE = 14;
    private static final int WIDEST = 1 << 16;
    private static final int MOST = 12;

    private static final Map<String, String> ACTIVATIONS = Map.of(
            "relu", "Relu",
            "leakyrelu", "LeakyRelu",
            "elu", "Elu",
            "sigmoid", "Sigmoid",
            "tanh", "Tanh",
            "softplus", "Softplus",
            "hardswish", "HardSwish");

    public HeadShape {
        parts = List.copyOf(parts);
    }

    /** Reads {@code linear:256,relu,dropout:0.2}; {@code linear} is a linear layer alone. */
    public static HeadShape parse(String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        if (bare.isEmpty() || bare.equals(ALONE)) {
            return LINEAR;
        }
        return new HeadShape(
                Arrays.stream(bare.split(",", -1)).map(String::strip).toList());
    }

    /** What is wrong with it; empty where nothing is. */
    public Optional<String> complaint() {
        if (parts.size() > MOST) {
            return Optional.of("must have at most " + MOST + " parts");
        }
        return parts.stream()
                .filter(part -> !isUnderstood(part))
                .findFirst()
                .map(part -> "The head cannot have '" + part
                        + "': what can stand before its last layer is linear:WIDTH with a whole"
                        + " width from 1 to " + WIDEST
                        + ", dropout:RATE with a rate from 0 to below 1, relu, leakyrelu, elu, sigmoid,"
                        + " tanh, softplus and hardswish.");
    }

    private static boolean isUnderstood(String part) {
        return ACTIVATIONS.containsKey(part)
                || part.matches("linear:[1-9]\\d{0,5}") && width(part) <= WIDEST
                || part.matches("dropout:0?\\.\\d{1,9}|dropout:0");
    }

    private static int width(String part) {
        return Integer.parseInt(part.substring(part.indexOf(':') + 1));
    }

    /**
     * The head's end of this shape: what stands before, and a linear layer to {@code logits [N, outputs]}.
     *
     * @param init of the last layer; hidden ones begin as PyTorch's Linear, for from zeros they could not learn
     * @param seed of the first numbers
     */
    public HeadEnd end(int outputs, Head.Init init, long seed) {
        HeadEnd last = HeadEnd.linear(outputs, init, seed);
        return parts.isEmpty()
                ? last
                : new HeadEnd() {
                    @Override
                    public Head on(HeadBuilder head, String rows, int width) {
                        Hidden hidden = hidden(head, rows, width, seed, head::hidden);
                        return last.on(head, hidden.rows(), hidden.width());
                    }

                    @Override
                    public Head onTokens(HeadBuilder head, String tokens, int width) {
                        Hidden hidden = hidden(head, tokens, width, seed, head::hiddenOfTokens);
                        return last.onTokens(head, hidden.rows(), hidden.width());
                    }
                };
    }

    /** What the parts come to. */
    private record Hidden(String rows, int width) {}

    /** Adds a hidden linear layer. */
    private interface Linear {
        String on(String name, String rows, int width, int outputs, long seed);
    }

    private Hidden hidden(HeadBuilder head, String rows, int width, long seed, Linear linear) {
        String at = rows;
        int wide = width;
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            String name = "head." + i;
            if (part.startsWith("linear:")) {
                int to = width(part);
                at = linear.on(name, at, wide, to, seed + i + 1);
                wide = to;
            } else if (part.startsWith("dropout:")) {
                at = dropout(head, name, at, Float.parseFloat(part.substring(part.indexOf(':') + 1)));
            } else {
                at = activation(head, name, at, part);
            }
        }
        return new Hidden(at, wide);
    }

    private static String dropout(HeadBuilder head, String name, String rows, float rate) {
        String result = name + ".kept";
        if (head.opset() < RATIO_IS_INPUT) {
            return head.node("Dropout", name, List.of(rows), result, node -> node.with("ratio", rate));
        }
        String ratio = head.constant(name + ".ratio", Tensor.ofFloats("", new long[0], rate));
        return head.node("Dropout", name, List.of(rows, ratio), result);
    }

    private static String activation(HeadBuilder head, String name, String rows, String part) {
        String op = ACTIVATIONS.get(part);
        if (op.equals("HardSwish") && head.opset() < HARD_SWISH_SINCE) {
            throw new Refusal("The head cannot have hardswish: the network's operator set is " + head.opset()
                    + ", and HardSwish came with 14. Take relu instead.");
        }
        return head.node(op, name, List.of(rows), name + "." + part);
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return parts.isEmpty() ? ALONE : String.join(",", parts);
    }
}
