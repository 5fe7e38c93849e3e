package graft.tags;

import graft.data.ClassNames;
import graft.meaning.ForeignConfig;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags of a network that another tool wrote, in the order of its answers: as {@code id2label} of its config.json names them. */
public final class ForeignTags {
    private ForeignTags() {}

    /** Empty where a network's file notes Graft's own, where nobody names them, or where no output has a row for each token. */
    public static Optional<List<String>> of(Path file, Model network) {
        if (TagEncoder.noted(network.metadata()).isPresent()) {
            return Optional.empty();
        }
        return ForeignConfig.beside(file)
                .map(config ->
                        config.isFor("TokenClassification") || config.labels().contains(Chunk.OUTSIDE)
                                ? config.labels()
                                : List.<String>of())
                .filter(labels -> !labels.isEmpty()
                        && output(network.graph(), labels.size()).isPresent())
                .map(labels -> labels.stream().map(ForeignTags::plain).toList());
    }

    /** What is said of a type alone, without a place, is taken to be inside of it, as Hugging Face's pipelines take it. */
    private static String plain(String label) {
        return Scheme.isTag(label) ? Scheme.plain(label) : "I-" + label;
    }

    /** The output with a number for each tag and token, as far as the file says. */
    static Optional<String> output(Graph graph, int tags) {
        return graph.outputs().stream()
                .filter(each -> each.shape()
                        .filter(shape -> shape.size() == 3
                                && (!shape.get(2).isFixed() || shape.get(2).size() == tags))
                        .isPresent())
                .map(ValueInfo::name)
                .filter(name -> !name.contains("hidden"))
                .findFirst();
    }

    /** The tags of a network in the order of its answers, whoever wrote its file; none where nobody names them. */
    public static List<String> names(Path file, Model network) {
        return TagEncoder.noted(network.metadata()).or(() -> of(file, network)).orElse(List.of());
    }

    /** Where a network that is to learn has a head for these very tags: the tensor that it scores them with. */
    public static Optional<String> scores(Path file, Model network, TagTargets targets) {
        return of(file, network)
                .filter(tags -> tags.equals(targets.tags()))
                .flatMap(tags -> output(network.graph(), tags.size()));
    }

    /** What a network's file notes, and what lies beside it of its tags. */
    public static Map<String, String> notes(Path file, Model network) {
        Map<String, String> out = new LinkedHashMap<>(network.metadata());
        of(file, network).ifPresent(tags -> out.put(TagEncoder.TAGS, ClassNames.toMetadata(tags)));
        return out;
    }
}
