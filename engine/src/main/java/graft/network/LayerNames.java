package graft.network;

import graft.onnx.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person would call a layer: the module its weight belongs to, else the path of its node. */
final class LayerNames {
    /** {@code layer1.0.conv1.weight}, {@code conv1_w_0}, {@code block/conv/kernel:0}. */
    private static final Pattern OF_WEIGHT = Pattern.compile(
            "(?i)(.+?)[./_](?:weight|kernel|gamma|scale|embeddings?|depthwise_kernel|w|s)(?:_0|:0)?(?:_quantized)?");
    /** Names that an exporter numbered instead of keeping the framework's. */
    private static final Pattern NUMBERED = Pattern.compile(
            "(?:onnx::\\w+_)?\\d+|(?:val|t|transpose|permute|const(?:ant)?|initializer|fold(?:ed)?)_?\\d*");

    private LayerNames() {}

    static String of(Node node, String weight) {
        Matcher matcher = OF_WEIGHT.matcher(weight);
        if (matcher.matches() && !NUMBERED.matcher(weight).matches()) {
            return matcher.group(1);
        }
        if (!node.name().isEmpty()) {
            return ofPath(node.name(), node.opType());
        }
        return NUMBERED.matcher(weight).matches() ? node.output(0) : weight;
    }

    /** True for the names that exporters give to tensors they computed, such as folded batch norms. */
    static boolean isNumbered(String name) {
        return NUMBERED.matcher(name).matches();
    }

    /** {@code /blocks/blocks.0/attn/qkv/MatMul} is {@code blocks.0.attn.qkv}. */
    private static String ofPath(String name, String op) {
        if (!name.startsWith("/")) {
            return name;
        }
        List<String> parts = new ArrayList<>(List.of(name.substring(1).split("/")));
        if (parts.size() > 1 && parts.get(parts.size() - 1).matches(Pattern.quote(op) + "(_\\d+)?")) {
            parts.remove(parts.size() - 1);
        }
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            boolean repeated = i + 1 < parts.size() && parts.get(i + 1).startsWith(parts.get(i) + ".");
            if (!repeated) {
                kept.add(parts.get(i));
            }
        }
        return String.join(".", kept);
    }
}
