package graft.network;

import graft.onnx.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person would call a layer: the module its weight belongs to, else the path of its node. */
final class LayerNames {
    /** {@code layer1.0.conv1.weight}, {@code conv1_w_0}, {@code block/conv/kernel:0}. */
    private static final Pattern OF_WEIGHT = Pattern.compile(
            "(?i)(.+?)[./_](?:weight|kernel|gamma|scale|embeddings?|depthwise_kernel|bias|w|s)(?:_0|:0)?(?:_quantized)?");
    /** Names that an exporter numbered instead of keeping the framework's. */
    private static final Pattern NUMBERED = Pattern.compile(
            "(?:onnx::\\w+_)?\\d+|(?:val|t|transpose|permute|const(?:ant)?|initializer|fold(?:ed)?)_?\\d*");

    private LayerNames() {}

    /** {@code weight}: its first weight, where it has one. */
    static String of(Node node, Optional<String> weight) {
        Optional<String> given = weight.filter(name -> !NUMBERED.matcher(name).matches());
        if (given.isPresent()) {
            Matcher matcher = OF_WEIGHT.matcher(given.get());
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        if (!node.name().isEmpty()) {
            return ofPath(node.name(), node.opType());
        }
        return given.orElse(node.output(0));
    }

    /** True for the names that exporters give to tensors they computed, such as folded batch norms. */
    static boolean isNumbered(String name) {
        return NUMBERED.matcher(name).matches();
    }

    /** True for a bias that kept its framework's name. */
    static boolean isBias(String weight) {
        return weight.matches(".+[./]bias");
    }

    /** Whether the node's name is the path of its module, as PyTorch writes it. */
    static boolean isPath(Node node) {
        return node.name().startsWith("/");
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
