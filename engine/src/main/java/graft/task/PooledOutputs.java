package graft.task;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.inference.OrtSession;
import graft.network.Network;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.SubGraph;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which output of a network of texts holds a row per token, and which one a row per text. */
final class PooledOutputs {
    private static final String TOKENS = "last_hidden_state";
    private static final int LOOKED_AT = 50;
    private static final int COMPARED = 4;
    /** Of numbers that are computed in the same way from the same token. */
    private static final double SAME = 1e-5;

    private PooledOutputs() {}

    /** A row per token where there is one; else {@code features}: the network makes one row of a text by itself. */
    static String tokens(Network body, String features, DataSet data) {
        if (FeatureShape.of(body, features, data).length != 2) {
            return features;
        }
        List<String> order = order(body);
        return others(body, features)
                .filter(name -> FeatureShape.of(body, name, data).length == 3)
                .max(Comparator.comparing(
                                (String name) -> name.toLowerCase(Locale.ROOT).contains(TOKENS))
                        .thenComparingInt(order::indexOf))
                .orElse(features);
    }

    /** @throws Refusal where no output holds one row per text */
    static String pooler(Path file, Network body, String features, DataSet data) {
        Optional<String> named = Stream.concat(Stream.of(features), others(body, features))
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("pool"))
                .findFirst();
        return named.or(() -> Stream.concat(Stream.of(features), others(body, features))
                        .filter(name -> FeatureShape.of(body, name, data).length == 2)
                        .findFirst())
                .orElseThrow(() -> new Refusal(file + " has no output of a pooler; its outputs are "
                        + String.join(", ", body.model().graph().outputNames())
                        + ". Choose --pooling mean or cls, or name a tensor with --features."));
    }

    /** Outputs that are computed and hold numbers, without {@code features}. */
    private static Stream<String> others(Network body, String features) {
        Graph graph = body.model().graph();
        Set<String> computed = graph.producers().keySet();
        return graph.outputs().stream()
                .filter(output -> output.type().map(type -> type.isFloat()).orElse(true))
                .map(output -> output.name())
                .filter(name -> !name.equals(features) && computed.contains(name));
    }

    private static List<String> order(Network body) {
        return body.model().graph().nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .toList();
    }

    /**
     * Refuses a first token that knows nothing of what follows it, as in networks that read from left to right.
     *
     * @param tokens the name of {@code [N, tokens, features]}
     */
    static void refuseBlindFirst(Path file, Network body, String tokens, DataSet data) {
        Model below = SubGraph.cut(body.model(), Set.of(), List.of(tokens), Map.of());
        int batch = (int) Math.max(1, body.report().fixedBatch());
        Examples train = data.train();
        int[] chosen = IntStream.range(0, Math.min(LOOKED_AT, train.size()))
                .boxed()
                .filter(i -> IntStream.range(0, i).noneMatch(j -> train.key(j).equals(train.key(i))))
                .limit(COMPARED)
                .mapToInt(i -> i)
                .toArray();
        float[] first = null;
        try (OrtSession session = OrtSession.openPlain(below)) {
            for (int example : chosen) {
                int[] asked = new int[batch];
                Arrays.fill(asked, example);
                var said = session.run(session.taken(train.inputs(asked, Examples.PLAIN)))
                        .get(tokens);
                int width = Math.toIntExact(said.shape()[2]);
                float[] mine = Arrays.copyOf(said.toTensor(tokens).toFloats(), width);
                if (first != null && differs(first, mine)) {
                    return;
                }
                first = mine;
            }
        }
        if (chosen.length > 1) {
            throw new Refusal(
                    "The first token of " + file + " is the same for every text: the network reads from left to"
                            + " right, and there nothing is read yet. Take the mean of all tokens with --pooling mean.");
        }
    }

    private static boolean differs(float[] a, float[] b) {
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i]));
            apart = Math.max(apart, Math.abs(a[i] - b[i]));
        }
        return !(apart <= SAME * largest);
    }
}
