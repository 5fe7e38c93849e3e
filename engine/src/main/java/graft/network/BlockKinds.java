package graft.network;

import graft.onnx.Graph;
import graft.onnx.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says what a block is, by what is in it. */
final class BlockKinds {
    private final Map<String, List<Node>> readers;

    BlockKinds(Graph graph) {
        this.readers = graph.readers();
    }

    String of(Group group) {
        List<Layer> layers = group.layers();
        if (layers.size() == 1) {
            return layers.get(0).kind();
        }
        String name = group.name().toLowerCase(Locale.ROOT);
        String module = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
        Map<String, Integer> count = new HashMap<>();
        layers.forEach(layer -> count.merge(layer.kind(), 1, Integer::sum));
        if (count.containsKey("attention")) {
            boolean decoder = name.contains("decoder") || name.matches(".*\\bh\\.\\d+");
            return decoder ? "decoder layer" : name.contains("encoder") ? "encoder layer" : "transformer layer";
        }
        if (count.containsKey("embedding")) {
            return "embeddings";
        }
        if (count.containsKey("LSTM") || count.containsKey("GRU") || count.containsKey("RNN")) {
            return "recurrent";
        }
        for (String word : List.of(
                "downsample",
                "transition",
                "stem",
                "embeddings",
                "pooler",
                "neck",
                "backbone",
                "encoder",
                "decoder",
                "classifier",
                "head")) {
            if (module.contains(word)) {
                return word.equals("classifier") ? "head" : word.equals("downsample") ? "downsampling" : word;
            }
        }
        int convolutions = count.getOrDefault("convolution", 0);
        boolean joins =
                layers.size() > 1 && convolutions > 1 && (followedBy(layers, "Add") || followedBy(layers, "Sum"));
        boolean concatenates = followedBy(layers, "Concat");
        if (count.containsKey("depthwise convolution")) {
            return count.containsKey("layer norm")
                    ? "ConvNeXt block"
                    : concatenates ? "shuffle unit" : "inverted residual";
        }
        if (concatenates && convolutions == 3) {
            return "fire module";
        }
        if (concatenates && convolutions > 3) {
            return "inception module";
        }
        if (concatenates && layers.get(0).kind().equals("batch norm")) {
            return "dense layer";
        }
        if (count.containsKey("transposed convolution")) {
            return "upsampling";
        }
        if (joins && convolutions >= 3) {
            return layers.get(0).nodes().get(0).attribute("kernel_shape", new long[] {1})[0] == 1
                    ? "bottleneck"
                    : "residual block";
        }
        return joins ? "residual block" : "block";
    }

    private boolean followedBy(List<Layer> layers, String op) {
        Set<String> outputs = new HashSet<>();
        layers.forEach(layer -> outputs.add(layer.output()));
        return outputs.stream().anyMatch(output -> readers.getOrDefault(output, List.of()).stream()
                .anyMatch(node -> node.opType().equals(op)));
    }
}
