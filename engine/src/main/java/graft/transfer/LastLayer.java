package graft.transfer;

import graft.network.Network;
import graft.onnx.Node;
import java.util.List;

/** The head's last layer, and what it stands on: the features that techniques compare. */
record LastLayer(Network network, Node node) {
    static LastLayer of(Network network) {
        List<Node> nodes = network.head().orElseThrow().nodes();
        return new LastLayer(network, nodes.get(nodes.size() - 1));
    }

    boolean isLinear() {
        return node.opType().equals("Gemm");
    }

    /** The tensor that it stands on. */
    String features() {
        return node.input(0);
    }

    /** Numbers of an example's features. */
    int width() {
        long[] shape = network.model().graph().initializers().get(node.input(1)).shape();
        return Math.toIntExact(shape[node.attribute("transB", 0) == 1 ? 1 : 0]);
    }

    /** Whether anything below it learns: what is the same in each step cannot become alike. */
    boolean featuresLearn() {
        return network.trainablePart().stream().anyMatch(each -> each.outputs().contains(features()));
    }
}
