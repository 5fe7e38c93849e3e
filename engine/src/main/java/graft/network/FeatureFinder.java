package graft.network;

import graft.Refusal;
import graft.meaning.Answer;
import graft.onnx.FlatGraph;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.ops.Weights;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the tensor that a new head stands on: the input of the old classifier, or the output of a network without one. */
public final class FeatureFinder {
    private static final Set<String> POOLING =
            Set.of("GlobalAveragePool", "GlobalMaxPool", "AveragePool", "ReduceMean");
    /** Widths of the classifiers of ImageNet-1k (with and without background) and ImageNet-21k. */
    private static final Set<Long> IMAGENET_CLASSES = Set.of(1000L, 1001L, 21841L, 21843L);

    private final Graph graph;
    private final String scores;
    private final Weights weights;
    private final Map<String, Node> producers;
    /** What a head can stand on: tensors that are computed in no body of a control-flow node. */
    private final Set<String> outside;

    private FeatureFinder(Graph graph, String scores) {
        this.graph = graph;
        this.scores = scores;
        this.weights = new Weights(graph);
        this.producers = weights.graph().producers();
        this.outside = graph.producers().keySet();
    }

    /**
     * Name of the feature tensor of {@code network}.
     *
     * @param wanted the user's choice, which must be a tensor of the network
     */
    public static String find(Network network, Optional<String> wanted) {
        FeatureFinder finder =
                new FeatureFinder(network.model().graph(), network.answer().scores());
        if (wanted.isPresent()) {
            if (!finder.outside.contains(wanted.get())) {
                throw new Refusal("The network has no inner tensor named " + wanted.get()
                        + " to take as features. `graft layers NET --json` lists outputs.");
            }
            return wanted.get();
        }
        return finder.find();
    }

    /** What the linear layer stands on that an output ends in; empty where it ends in none that lies outside of control flow. */
    public static Optional<String> below(Network network, String output) {
        FeatureFinder finder = new FeatureFinder(network.model().graph(), output);
        return finder.below(output).filter(finder.outside::contains);
    }

    /**
     * The control-flow node that the classifier lies in, where no tensor outside of it was found to stand on: a new head
     * would stand on the old scores.
     */
    public static Optional<Node> around(Network network) {
        String scores = network.answer().scores();
        FeatureFinder finder = new FeatureFinder(network.model().graph(), scores);
        Node last = network.model().graph().producers().get(scores);
        return finder.find().equals(scores) && last != null && !last.graphs().isEmpty()
                ? Optional.of(last).filter(finder::holdsWeights)
                : Optional.empty();
    }

    private boolean holdsWeights(Node control) {
        return control.needs().stream().anyMatch(weights.weights()::contains);
    }

    private String find() {
        return below(scores).filter(outside::contains).orElse(scores);
    }

    /** What the classifier that ends in {@code tensor} stands on; empty where there is none. */
    private Optional<String> below(String from) {
        String tensor = from;
        boolean softmax = false;
        boolean pooled = false;
        while (producers.containsKey(tensor)) {
            Node node = producers.get(tensor);
            if (node.domain().equals(FlatGraph.DOMAIN)) {
                return node.opType().equals("If") ? belowBranches(node) : Optional.empty();
            }
            List<String> fed = weights.fedInputs(node);
            if (fed.size() != 1) {
                break;
            }
            String below = fed.get(0);
            boolean biasOfProduct = node.opType().equals("Add")
                    && producers.containsKey(below)
                    && Set.of("MatMul", "Gemm", "Conv")
                            .contains(producers.get(below).opType());
            if (Answer.PASSING.contains(node.opType()) || isForeign(node)) {
                softmax |= node.opType().contains("Softmax") || node.opType().equals("Sigmoid");
            } else if (node.opType().equals("Gemm") || node.opType().equals("MatMul")) {
                return Optional.of(below);
            } else if (node.opType().equals("Conv")) {
                return isClassifier(node, softmax, pooled) ? Optional.of(below) : Optional.empty();
            } else if (POOLING.contains(node.opType())) {
                pooled = true;
            } else if (!biasOfProduct && !node.opType().equals("Relu") && !isScaling(node)) {
                break;
            }
            tensor = below;
        }
        return Optional.empty();
    }

    /**
     * A classifier in the branches of an If: what all of them stand on. Where a branch computes that itself, what all branches
     * take from outside, if it is one tensor.
     */
    private Optional<String> belowBranches(Node choice) {
        Set<String> features = new LinkedHashSet<>();
        choice.inputs().forEach(result -> below(result).map(this::leftBranch).ifPresent(features::add));
        if (features.isEmpty()) {
            return Optional.empty();
        }
        if (features.size() > 1 || !outside.containsAll(features)) {
            features.clear();
            choice.inputs().forEach(result -> features.addAll(takenFromOutside(result)));
        }
        return features.size() == 1 ? features.stream().findFirst() : Optional.empty();
    }

    /** Down over what only passes on, until the branch is left. */
    private String leftBranch(String from) {
        String tensor = from;
        while (!outside.contains(tensor)
                && producers.containsKey(tensor)
                && Answer.PASSING.contains(producers.get(tensor).opType())
                && weights.fedInputs(producers.get(tensor)).size() == 1) {
            tensor = weights.fedInputs(producers.get(tensor)).get(0);
        }
        return tensor;
    }

    private Set<String> takenFromOutside(String result) {
        Set<String> taken = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(result));
        while (!open.isEmpty()) {
            String tensor = open.pop();
            if (!seen.add(tensor)) {
                continue;
            }
            if (outside.contains(tensor)) {
                taken.add(tensor);
            } else if (producers.containsKey(tensor)) {
                open.addAll(weights.fedInputs(producers.get(tensor)));
            }
        }
        return taken;
    }

    /** Division or multiplication by one number, as by a temperature. */
    private boolean isScaling(Node node) {
        return Set.of("Div", "Mul").contains(node.opType())
                && !weights.fedInputs(node).isEmpty()
                && node.inputs().stream()
                        .map(graph.initializers()::get)
                        .anyMatch(number -> number != null && number.size() == 1)
                && (node.opType().equals("Mul")
                        || weights.fedInputs(node).get(0).equals(node.input(0)));
    }

    /** What some tool does with the scores by an operator of its own. */
    private boolean isForeign(Node node) {
        return !node.domain().isEmpty()
                && !node.domain().equals(FlatGraph.DOMAIN)
                && weights.weightsOf(node).isEmpty();
    }

    /** A convolution classifies if it sees one value per channel, or gives one map per class that is then pooled. */
    private boolean isClassifier(Node conv, boolean softmax, boolean pooledAbove) {
        Node below = producers.get(conv.input(0));
        if (below != null && POOLING.contains(below.opType())) {
            return true;
        }
        Tensor weight = graph.initializers().get(conv.input(1));
        if (weight == null || weight.shape().length != 4 || weight.shape()[2] != 1 || weight.shape()[3] != 1) {
            return false;
        }
        return pooledAbove && (softmax || IMAGENET_CLASSES.contains(weight.shape()[0]));
    }
}
