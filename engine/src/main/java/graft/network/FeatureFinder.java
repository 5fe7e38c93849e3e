package graft.network;

import graft.Refusal;
import graft.meaning.Answer;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
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

    private FeatureFinder(Graph graph, String scores) {
        this.graph = graph;
        this.scores = scores;
        this.weights = new Weights(graph);
        this.producers = graph.producers();
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
            if (!finder.producers.containsKey(wanted.get())) {
                throw new Refusal("The network has no inner tensor named " + wanted.get()
                        + " to take as features. `graft layers NET --json` lists outputs.");
            }
            return wanted.get();
        }
        return finder.find();
    }

    private String find() {
        String tensor = scores;
        boolean softmax = false;
        boolean pooled = false;
        while (producers.containsKey(tensor)) {
            Node node = producers.get(tensor);
            List<String> fed = weights.fedInputs(node);
            if (fed.size() != 1) {
                break;
            }
            String below = fed.get(0);
            boolean biasOfProduct = node.opType().equals("Add")
                    && producers.containsKey(below)
                    && Set.of("MatMul", "Gemm", "Conv")
                            .contains(producers.get(below).opType());
            if (Answer.PASSING.contains(node.opType())) {
                softmax |= node.opType().contains("Softmax") || node.opType().equals("Sigmoid");
            } else if (node.opType().equals("Gemm") || node.opType().equals("MatMul")) {
                return below;
            } else if (node.opType().equals("Conv")) {
                return isClassifier(node, softmax, pooled) ? below : scores;
            } else if (POOLING.contains(node.opType())) {
                pooled = true;
            } else if (!biasOfProduct && !node.opType().equals("Relu")) {
                break;
            }
            tensor = below;
        }
        return scores;
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
