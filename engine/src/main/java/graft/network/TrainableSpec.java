package graft.network;

import graft.Refusal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What learns, as a user writes it: {@code head}, {@code bias}, {@code all}, {@code last:N}, {@code from:LAYER}, or a
 * comma-separated list of layer-name globs. The new head always learns.
 */
public final class TrainableSpec {
    /** Of the body nothing but what layers add. */
    private static final String BIASES = "bias";

    private TrainableSpec() {}

    /**
     * The network with what {@code spec} names learning, and its head.
     *
     * @throws Refusal if a layer does not exist, or {@code N} is no number
     */
    public static Network apply(Network network, String spec) {
        Set<String> names = new LinkedHashSet<>();
        if (spec.strip().equals(BIASES)) {
            names.addAll(biases(network));
        } else {
            select(network, spec.strip()).forEach(layer -> names.addAll(layer.weights()));
        }
        if (spec.strip().equals("all")) {
            names.addAll(network.weights());
        }
        network.head().ifPresent(head -> names.addAll(head.learning()));
        return network.withTrainable(names);
    }

    /**
     * The layers of the body that {@code spec} names, in graph order; beside them the head learns.
     *
     * @throws Refusal as {@link #apply}
     */
    public static List<Layer> layers(Network network, String spec) {
        return select(network, spec.strip());
    }

    private static Set<String> biases(Network network) {
        Set<String> out = Biases.of(network);
        if (out.isEmpty()) {
            throw new Refusal(
                    "The network has no biases below its head, so that --trainable bias is --trainable head. Write that.");
        }
        return out;
    }

    /** @throws Refusal where {@code spec} can name nothing, whatever the network: it is empty, or no number follows last: */
    public static void checkForm(String spec) {
        String words = spec.strip();
        if (words.startsWith("last:")) {
            count(words);
        }
        if (words.isEmpty()
                || words.equals("from:")
                || !words.startsWith("from:")
                        && List.of(words.split(",", -1)).stream().anyMatch(String::isBlank)) {
            throw new Refusal(
                    "\"" + spec + "\" names no layer. Write head, bias, all, last:N, from:LAYER, or layer names.");
        }
    }

    private static List<Layer> select(Network network, String spec) {
        List<Layer> body = network.body();
        if (spec.equals("head")) {
            return List.of();
        }
        if (spec.equals("all")) {
            return body;
        }
        if (spec.startsWith("last:")) {
            int count = count(spec);
            return body.subList(Math.max(0, body.size() - count), body.size());
        }
        if (spec.startsWith("from:")) {
            String name = spec.substring("from:".length());
            for (int i = 0; i < body.size(); i++) {
                if (body.get(i).name().equals(name)) {
                    return body.subList(i, body.size());
                }
            }
            throw new Refusal("The network has no layer named " + name + ". `graft layers NET` lists them.");
        }
        return globs(body, spec);
    }

    private static int count(String spec) {
        try {
            int count = Integer.parseInt(spec.substring("last:".length()));
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            // said below, as for a negative number
        }
        throw new Refusal("--trainable " + spec + ": after last: comes a number of layers, such as last:10.");
    }

    private static List<Layer> globs(List<Layer> body, String spec) {
        Set<Layer> out = new LinkedHashSet<>();
        for (String glob : spec.split(",")) {
            Pattern pattern = pattern(glob.strip());
            List<Layer> matching = body.stream()
                    .filter(layer -> pattern.matcher(layer.name()).matches())
                    .toList();
            if (matching.isEmpty()) {
                throw new Refusal("No layer is called " + glob.strip()
                        + ". `graft layers NET` lists the names; * stands" + " for any characters.");
            }
            out.addAll(matching);
        }
        return List.copyOf(out);
    }

    /** {@code *} is any run of characters, {@code ?} any one; all else stands for itself. */
    static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }
}
