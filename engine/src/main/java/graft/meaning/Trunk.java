package graft.meaning;

import graft.onnx.Graph;
import graft.onnx.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of two outputs the network as a whole is for. What only one of them needs is compared: convolutions first, for an
 * auxiliary classifier leaves the trunk early and has few of its own; then, with a margin, products: a projection of two
 * layers beside a classifier of one says nothing, twenty layers of a transformer do.
 */
final class Trunk {
    private static final int PRODUCTS_MARGIN = 3;

    private static final Set<String> CONVOLUTIONS = Set.of("Conv", "ConvTranspose", "QLinearConv", "ConvInteger");
    private static final Set<String> PRODUCTS =
            Set.of("MatMul", "Gemm", "LSTM", "GRU", "RNN", "QLinearMatMul", "MatMulInteger");
    /** What exporters call outputs beside the answer. */
    private static final Pattern BESIDE =
            Pattern.compile("aux|embed|feat|hidden|proj|mask|box|attention|attn|pooler|loss");

    private final Map<String, Node> producers;
    private final Set<String> fed;
    private final List<String> order;
    private final Map<String, Set<Node>> known = new HashMap<>();

    Trunk(Graph graph, Map<String, Node> producers, Set<String> fed) {
        this.producers = producers;
        this.fed = fed;
        this.order = graph.outputNames();
    }

    /** Whether {@code a} wins over {@code b}; each with the name of its output. */
    boolean isMain(String a, String aOutput, String b, String bOutput) {
        Set<Node> onlyA = new HashSet<>(below(a));
        onlyA.removeAll(below(b));
        Set<Node> onlyB = new HashSet<>(below(b));
        onlyB.removeAll(below(a));
        // What the other one is computed from is an inner result.
        if (onlyA.isEmpty() != onlyB.isEmpty()) {
            return onlyB.isEmpty();
        }
        long convolutions = count(onlyA, CONVOLUTIONS) - count(onlyB, CONVOLUTIONS);
        if (convolutions != 0) {
            return convolutions > 0;
        }
        long products = count(onlyA, PRODUCTS) - count(onlyB, PRODUCTS);
        if (Math.abs(products) >= PRODUCTS_MARGIN) {
            return products > 0;
        }
        if (isBeside(aOutput) != isBeside(bOutput)) {
            return isBeside(bOutput);
        }
        return order.indexOf(aOutput) < order.indexOf(bOutput);
    }

    private static boolean isBeside(String output) {
        return BESIDE.matcher(output.toLowerCase(Locale.ROOT)).find();
    }

    private static long count(Set<Node> nodes, Set<String> operators) {
        return nodes.stream().filter(node -> operators.contains(node.opType())).count();
    }

    private Set<Node> below(String tensor) {
        return known.computeIfAbsent(tensor, this::findBelow);
    }

    private Set<Node> findBelow(String tensor) {
        Set<Node> out = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(tensor));
        while (!open.isEmpty()) {
            Node node = producers.get(open.pop());
            if (node != null && out.add(node)) {
                node.needs().stream().filter(fed::contains).forEach(open::push);
            }
        }
        return out;
    }
}
