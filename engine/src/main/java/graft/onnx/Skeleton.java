package graft.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import graft.onnx.proto.OnnxProto.AttributeProto;
import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.NodeProto;
import graft.onnx.proto.OnnxProto.StringStringEntryProto;
import graft.onnx.proto.OnnxProto.TensorProto;

/**
 * A model without the elements of its large tensors: everything that is shown of a network and chosen in it, in a few
 * kilobytes that one process hands to another.
 */
public final class Skeleton {
    /** Smaller tensors say what the graph does: shapes, axes, bounds. */
    private static final int LARGE = 1 << 12;

    private static final String LEFT_OUT = "graft.left-out";

    private Skeleton() {}

    public static byte[] toBytes(Model model) {
        ModelProto.Builder builder = model.proto().toBuilder();
        strip(builder.getGraphBuilder());
        return builder.build().toByteArray();
    }

    /**
     * The model of {@link #toBytes}: large tensors have name, type and shape, and throw an {@link IllegalStateException} when
     * asked for their elements.
     */
    public static Model of(byte[] bytes) {
        try {
            return new Model(ModelProto.parseFrom(bytes), null);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a skeleton that Graft wrote itself can be read", e);
        }
    }

    static boolean isLeftOut(TensorProto tensor) {
        return Tensor.entry(tensor.getExternalDataList(), LEFT_OUT) != null;
    }

    private static void strip(GraphProto.Builder graph) {
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            if (isLarge(graph.getInitializer(i))) {
                graph.setInitializer(i, withoutElements(graph.getInitializer(i)));
            }
        }
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
                strip(attribute);
            }
        }
    }

    private static void strip(AttributeProto.Builder attribute) {
        if (attribute.hasT() && isLarge(attribute.getT())) {
            attribute.setT(withoutElements(attribute.getT()));
        }
        if (attribute.hasG()) {
            strip(attribute.getGBuilder());
        }
        attribute.getGraphsBuilderList().forEach(Skeleton::strip);
    }

    private static boolean isLarge(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.getSerializedSize() > LARGE;
    }

    private static TensorProto withoutElements(TensorProto tensor) {
        return TensorProto.newBuilder()
                .setName(tensor.getName())
                .setDataType(tensor.getDataType())
                .addAllDims(tensor.getDimsList())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(StringStringEntryProto.newBuilder().setKey(LEFT_OUT))
                .build();
    }
}
