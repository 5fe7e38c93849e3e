package graft.onnx;

import graft.Refusal;
import graft.onnx.proto.OnnxProto.AttributeProto;
import graft.onnx.proto.OnnxProto.FunctionProto;
import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the functions of a file can be written out: few bytes can ask for any number of nodes, or for a depth that ends
 * ONNX Runtime. Counts without writing anything out.
 */
final class FunctionCheck {
    /** Functions that call each other more deeply than any exporter writes. */
    private static final int DEEPEST = 100;

    private static final long MOST_NODES = 100_000;

    /**
     * @param nodes once everything is written out
     * @param depth of calls
     * @param bodies how deeply bodies of control-flow nodes lie in each other
     */
    private record Extent(long nodes, int depth, int bodies) {}

    /** One call in a function, and in how many bodies it lies. */
    private record Call(String key, int bodies) {}

    private final Map<String, FunctionProto> functions;
    private final Map<String, List<Call>> calls = new HashMap<>();
    private final Map<String, Extent> known = new HashMap<>();

    private FunctionCheck(Map<String, FunctionProto> functions) {
        this.functions = functions;
    }

    /**
     * @throws Refusal where functions call each other in a circle, too deeply, or too often
     */
    static void check(ModelProto model) {
        if (model.getFunctionsCount() == 0) {
            return;
        }
        FunctionCheck check = new FunctionCheck(Functions.byName(model));
        List<Call> main = new ArrayList<>();
        check.collect(model.getGraph().getNodeList(), 0, main);
        Extent all = check.sum(main);
        if (all.depth > DEEPEST) {
            throw new Refusal("The functions of the file call each other " + all.depth + " deep; Graft and ONNX Runtime"
                    + " follow " + DEEPEST + ". Export the network without functions (inlined).");
        }
        if (all.nodes > MOST_NODES) {
            throw new Refusal("Written out, the functions of the file are "
                    + (all.nodes == Long.MAX_VALUE ? "endlessly many" : String.format("%,d", all.nodes))
                    + " nodes; Graft follows " + String.format("%,d", MOST_NODES)
                    + ". Export the network without functions (inlined).");
        }
        if (all.bodies > Nesting.DEEPEST) {
            throw new Refusal(Nesting.words());
        }
    }

    private void collect(List<NodeProto> nodes, int bodies, List<Call> out) {
        for (NodeProto node : nodes) {
            out.add(new Call(Functions.key(node), bodies));
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    GraphProto body = attribute.getG();
                    collect(body.getNodeList(), bodies + 1, out);
                }
            }
        }
    }

    /** Follows the calls without a stack of its own for each: what is called is summed up before what calls it. */
    private Extent sum(List<Call> main) {
        Deque<String> open = new ArrayDeque<>();
        Map<String, Boolean> begun = new LinkedHashMap<>();
        main.stream().map(Call::key).filter(functions::containsKey).forEach(open::push);
        while (!open.isEmpty()) {
            String key = open.peek();
            if (known.containsKey(key)) {
                open.pop();
                continue;
            }
            List<Call> inner = calls.computeIfAbsent(key, k -> {
                List<Call> found = new ArrayList<>();
                collect(functions.get(k).getNodeList(), 0, found);
                return found;
            });
            boolean first = begun.put(key, true) == null;
            List<String> missing = inner.stream()
                    .map(Call::key)
                    .filter(functions::containsKey)
                    .filter(called -> !known.containsKey(called))
                    .distinct()
                    .toList();
            if (missing.isEmpty()) {
                known.put(key, extent(inner));
                open.pop();
            } else if (!first || missing.contains(key)) {
                throw new Refusal("The function " + functions.get(key).getName()
                        + " calls itself, which ONNX does not allow. The file is damaged: export it again.");
            } else {
                missing.forEach(open::push);
            }
        }
        return extent(main);
    }

    private Extent extent(List<Call> called) {
        long nodes = 0;
        int depth = 0;
        int bodies = 0;
        for (Call call : called) {
            Extent inner = functions.containsKey(call.key) ? known.get(call.key) : new Extent(1, -1, 0);
            nodes = nodes > Long.MAX_VALUE - inner.nodes ? Long.MAX_VALUE : nodes + inner.nodes;
            depth = Math.max(depth, inner.depth + 1);
            bodies = Math.max(bodies, call.bodies + inner.bodies);
        }
        return new Extent(nodes, depth, bodies);
    }
}
