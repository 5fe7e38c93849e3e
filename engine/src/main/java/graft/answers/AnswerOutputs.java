package graft.answers;

import graft.meaning.ForeignConfig;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a network that another tool wrote says where answers begin and end: in two outputs {@code [N, tokens]}, as Hugging Face's
 * exporters have it, or in one {@code [N, tokens, 2]}.
 *
 * @param names of the outputs
 * @param both the tensor {@code [N, tokens, 2]} that they are made of; empty where there is none
 */
public record AnswerOutputs(List<String> names, Optional<String> both) {
    /** What lies between a tensor of both and its two halves. */
    private static final Set<String> HALVING =
            Set.of("Split", "Squeeze", "Reshape", "Identity", "Gather", "Slice", "Cast", "Flatten");

    /** Empty where the network does not answer where answers are, as far as its outputs tell. */
    public static Optional<AnswerOutputs> of(Path file, Model network) {
        Graph graph = network.graph();
        List<String> names = graph.outputs().stream()
                .filter(output -> output.type().map(ElementType::isFloat).orElse(true))
                .map(ValueInfo::name)
                .toList();
        Optional<String> start =
                names.stream().filter(name -> isSide(name, "start")).findFirst();
        Optional<String> end =
                names.stream().filter(name -> isSide(name, "end")).findFirst();
        if (start.isPresent() && end.isPresent()) {
            Set<String> below = sources(graph, start.get());
            below.retainAll(sources(graph, end.get()));
            return Optional.of(new AnswerOutputs(
                    List.of(start.get(), end.get()), below.stream().findFirst()));
        }
        return ForeignConfig.beside(file)
                .filter(config -> config.isFor("QuestionAnswering"))
                .flatMap(config ->
                        graph.outputs().stream().filter(AnswerOutputs::isPair).findFirst())
                .map(output -> new AnswerOutputs(List.of(output.name()), Optional.of(output.name())));
    }

    static boolean isSide(String name, String side) {
        return name.toLowerCase(Locale.ROOT).matches("(.*[^a-z])?" + side + "([^a-z].*)?");
    }

    private static boolean isPair(ValueInfo output) {
        return output.shape()
                .filter(shape -> shape.size() == 3 && shape.get(2).size() == 2)
                .isPresent();
    }

    /** What an output is a half of, and what that is made of: the first is the nearest. */
    private static Set<String> sources(Graph graph, String output) {
        Map<String, Node> producers = graph.producers();
        Set<String> out = new HashSet<>();
        String tensor = output;
        while (producers.containsKey(tensor)
                && HALVING.contains(producers.get(tensor).opType())) {
            Node node = producers.get(tensor);
            tensor = node.input(0);
            if (Set.of("Split", "Gather", "Slice").contains(node.opType())) {
                out.add(tensor);
            }
        }
        return out;
    }
}
