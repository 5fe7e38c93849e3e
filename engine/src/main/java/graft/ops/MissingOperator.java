package graft.ops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An operator that the executor cannot compute.
 *
 * @param domain "" for ai.onnx
 * @param opset version of the domain's operator set that the file imports; 0 where it imports none
 * @param node name of the node, or of its first output where it has none
 */
public record MissingOperator(String op, String domain, long opset, String node) {
    /** One operator after the other, each once: {@code GridSample (opset 16) at "warp_3" and 4 more nodes}. */
    public static String list(List<MissingOperator> missing) {
        Map<String, List<MissingOperator>> byOperator = missing.stream()
                .collect(Collectors.groupingBy(
                        m -> m.domain() + "::" + m.op(), LinkedHashMap::new, Collectors.toList()));
        return byOperator.values().stream()
                .map(same -> same.get(0)
                        + (same.size() == 1
                                ? ""
                                : " and " + (same.size() - 1) + (same.size() == 2 ? " more node" : " more nodes")))
                .collect(Collectors.joining(", "));
    }

    /** {@code GridSample (opset 16) at "warp_3"}. */
    @Override
    public String toString() {
        return (domain.isEmpty() ? "" : domain + "::") + op + " (opset " + opset + ") at \"" + node + "\"";
    }
}
