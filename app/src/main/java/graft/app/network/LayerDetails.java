package graft.app.network;

import graft.network.Layer;
import graft.onnx.Node;
import java.util.List;

/** The attributes of a layer's first operator, as the file has them. */
final class LayerDetails {
    /** As ONNX names it, and its value in a line. */
    record Attribute(String name, String value) {}

    private LayerDetails() {}

    static List<Attribute> attributes(Layer layer) {
        Node first = layer.nodes().get(0);
        return first.attributeWords().entrySet().stream()
                .map(entry -> new Attribute(entry.getKey(), entry.getValue()))
                .toList();
    }
}
