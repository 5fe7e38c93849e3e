package graft.meaning;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which output of a network is its answer; the same for every command.
 *
 * <p>The rule: the output that the user names; else, of the outputs that hold a row of numbers per example, the one that the
 * longest part of the network is there for ({@link Trunk}), so that an auxiliary classifier lower down does not win; of
 * several that come from the same scores, the scores rather than the labels made of them; else the first in the file.
 *
 * @param output name of the graph's output
 * @param scores the tensor with one number per class: the output itself, or, where it holds labels, what they were chosen by
 * @param labelMakers the operators between {@code scores} and the output, the topmost first
 * @param dropped the other outputs
 */
public record Answer(String output, String scores, List<Node> labelMakers, List<String> dropped) {
    /** Leave the order of the classes as it is. */
    public static final Set<String> PASSING = Set.of(
            "Softmax",
            "LogSoftmax",
            "Sigmoid",
            "Identity",
            "Flatten",
            "Reshape",
            "Squeeze",
            "Unsqueeze",
            "Dropout",
            "Cast");

    private static final Set<String> MAKING_LABELS = Set.of(
            "ArgMax",
            "TopK",
            "ReduceMax",
            "Hardmax",
            "ZipMap",
            "LabelEncoder",
            "ArrayFeatureExtractor",
            "Gather",
            "Round",
            "Greater",
            "GreaterOrEqual");
    private static final Set<String> CLASSIFIERS =
            Set.of("LinearClassifier", "SVMClassifier", "TreeEnsembleClassifier");

    /** @throws Refusal where there is no output of the name that {@code reading} wants */
    public static Answer of(Path file, Model model, Reading reading) {
        Graph graph = model.graph();
        Optional<String> wanted = reading.output();
        List<String> names = graph.outputNames();
        if (names.isEmpty()) {
            throw new Refusal(file + " has no output. Export it again with its scores as output.");
        }
        Finder finder = new Finder(graph);
        if (wanted.isPresent()) {
            if (!names.contains(wanted.get())) {
                throw new Refusal(file + " has no output named " + wanted.get() + "; it has " + String.join(", ", names)
                        + ". Name one of them with --output.");
            }
            return finder.answer(wanted.get());
        }
        List<Answer> all = names.stream().map(finder::answer).toList();
        Answer best = all.get(0);
        for (Answer next : all.subList(1, all.size())) {
            if (finder.isBetter(next, best)) {
                best = next;
            }
        }
        return best;
    }

    /** Whether the output holds labels, not scores. */
    public boolean isLabel() {
        return !labelMakers.isEmpty();
    }

    /** For the user; empty where there was nothing to decide. */
    public Optional<String> inWords() {
        StringBuilder words = new StringBuilder();
        if (!dropped.isEmpty()) {
            words.append("Of its ")
                    .append(dropped.size() + 1)
                    .append(" outputs ")
                    .append(output)
                    .append(" is taken for the answer; ")
                    .append(String.join(", ", dropped))
                    .append(dropped.size() == 1 ? " is" : " are")
                    .append(" left aside. --output NAME takes another. ");
        }
        if (isLabel()) {
            words.append("The output ")
                    .append(output)
                    .append(" holds labels (")
                    .append(String.join(
                            ", ", labelMakers.stream().map(Node::opType).toList()))
                    .append("); what counts are the scores they are chosen by, ")
                    .append(scores)
                    .append(". ");
        }
        return words.length() == 0
                ? Optional.empty()
                : Optional.of(words.toString().strip());
    }

    private static final class Finder {
        private final Graph graph;
        private final Map<String, Node> producers;
        private final Set<String> fed;
        private final Trunk trunk;

        Finder(Graph graph) {
            this.graph = graph;
            this.producers = graph.producers();
            this.fed = Fed.tensors(graph);
            this.trunk = new Trunk(graph, producers, fed);
        }

        Answer answer(String output) {
            String scores = output;
            List<Node> makers = new ArrayList<>();
            List<Node> walked = new ArrayList<>();
            String tensor = output;
            while (producers.containsKey(tensor)) {
                Node node = producers.get(tensor);
                if (CLASSIFIERS.contains(node.opType())
                        && tensor.equals(node.output(0))
                        && !node.output(1).isEmpty()) {
                    walked.add(node);
                    makers.addAll(walked);
                    scores = node.output(1);
                    break;
                }
                List<String> below =
                        node.inputs().stream().filter(fed::contains).toList();
                boolean makes = MAKING_LABELS.contains(node.opType());
                if (below.size() != 1 || !makes && !PASSING.contains(node.opType())) {
                    break;
                }
                // A Gather may also choose one token of many: labels are looked up in a constant.
                if (node.opType().equals("Gather") && fed.contains(node.input(0))) {
                    break;
                }
                walked.add(node);
                tensor = below.get(0);
                if (makes) {
                    makers.addAll(walked);
                    walked.clear();
                    scores = tensor;
                }
            }
            List<String> dropped = graph.outputNames().stream()
                    .filter(name -> !name.equals(output))
                    .toList();
            return new Answer(output, scores, List.copyOf(makers), dropped);
        }

        boolean isBetter(Answer next, Answer best) {
            int byKind = Integer.compare(fitness(next), fitness(best));
            if (byKind != 0) {
                return byKind > 0;
            }
            String nextRoot = root(next.scores());
            String bestRoot = root(best.scores());
            if (nextRoot.equals(bestRoot)) {
                return best.isLabel() && !next.isLabel();
            }
            return trunk.isMain(nextRoot, next.output(), bestRoot, best.output());
        }

        /** Where the scores come from, below softmaxes and reshapes: the same for logits and probabilities. */
        private String root(String scores) {
            String tensor = scores;
            while (producers.containsKey(tensor)
                    && PASSING.contains(producers.get(tensor).opType())) {
                List<String> below = producers.get(tensor).inputs().stream()
                        .filter(fed::contains)
                        .toList();
                if (below.size() != 1) {
                    break;
                }
                tensor = below.get(0);
            }
            return tensor;
        }

        /** 2 a row of numbers per example as far as the file says, 1 anything else that is fed, 0 what is the same for all. */
        private int fitness(Answer answer) {
            if (!fed.contains(answer.scores())) {
                return 0;
            }
            Optional<ValueInfo> info = graph.valueInfo(answer.scores());
            boolean numbers =
                    info.flatMap(ValueInfo::type).map(ElementType::isFloat).orElse(true)
                            && !isInteger(producers.get(answer.scores()));
            boolean rows = info.flatMap(ValueInfo::shape).map(Finder::isRow).orElse(true);
            return numbers && rows ? 2 : 1;
        }

        private static boolean isInteger(Node node) {
            return node != null
                    && (node.opType().equals("ArgMax") || node.opType().equals("Shape"));
        }

        /** [N, classes], also with axes of one pixel behind. */
        private static boolean isRow(List<ValueInfo.Dim> shape) {
            return shape.size() >= 2
                    && shape.subList(2, shape.size()).stream().allMatch(dim -> dim.isFixed() && dim.size() == 1);
        }
    }
}
