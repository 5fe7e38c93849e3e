package graft.onnx;

import com.google.protobuf.ByteString;
import graft.Refusal;
import graft.onnx.proto.OnnxProto.AttributeProto;
import graft.onnx.proto.OnnxProto.AttributeProto.AttributeType;
import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.NodeProto;
import graft.onnx.proto.OnnxProto.SparseTensorProto;
import graft.onnx.proto.OnnxProto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Writes tensors that a file stores sparsely (the elements that are not zero, with their places) as the dense ones they stand
 * for: zeros may learn too.
 */
final class SparseTensors {
    private final Path folder;

    private SparseTensors(Path folder) {
        this.folder = folder;
    }

    /** The graph itself where nothing in it is sparse. */
    static GraphProto dense(GraphProto graph, Path folder) {
        return isAny(graph) ? new SparseTensors(folder).dense(graph) : graph;
    }

    private static boolean isAny(GraphProto graph) {
        if (graph.getSparseInitializerCount() > 0) {
            return true;
        }
        for (NodeProto node : graph.getNodeList()) {
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasSparseTensor() || attribute.hasG() && isAny(attribute.getG())) {
                    return true;
                }
            }
        }
        return false;
    }

    private GraphProto dense(GraphProto graph) {
        GraphProto.Builder builder = graph.toBuilder().clearSparseInitializer();
        graph.getSparseInitializerList()
                .forEach(sparse ->
                        builder.addInitializer(dense(sparse, sparse.getValues().getName())));
        for (NodeProto.Builder node : builder.getNodeBuilderList()) {
            for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
                if (attribute.hasG()) {
                    attribute.setG(dense(attribute.getG(), folder));
                } else if (attribute.hasSparseTensor()) {
                    TensorProto value =
                            dense(attribute.getSparseTensor(), node.getOutputCount() > 0 ? node.getOutput(0) : "");
                    boolean constant = node.getOpType().equals("Constant");
                    attribute.clearSparseTensor().setType(AttributeType.TENSOR).setT(value);
                    attribute.setName(constant ? "value" : attribute.getName());
                }
            }
        }
        return builder.build();
    }

    private TensorProto dense(SparseTensorProto sparse, String name) {
        Tensor values = new Tensor(sparse.getValues(), folder).named(name);
        values.checkLength();
        Tensor indices = new Tensor(sparse.getIndices(), folder).named("indices of " + name);
        indices.checkLength();
        long[] shape = sparse.getDimsList().stream().mapToLong(Long::longValue).toArray();
        int width = values.type().bytes();
        long size = width;
        for (long dimension : shape) {
            if (dimension < 0 || dimension > 0 && size > Integer.MAX_VALUE / dimension) {
                throw damaged(name, "would be larger than 2 GiB once it is written out");
            }
            size *= dimension;
        }
        long[] places = places(indices, shape, values.size(), name);
        if (width == 0) {
            throw damaged(name, "holds " + values.type() + ", which is never stored sparsely");
        }
        byte[] out = new byte[(int) size];
        ByteBuffer data = values.bytes();
        for (long place : places) {
            if (place < 0 || place >= size / width) {
                throw damaged(name, "has an element outside of its shape");
            }
            data.get(out, (int) place * width, width);
        }
        TensorProto.Builder builder = TensorProto.newBuilder()
                .setName(name)
                .setDataType(values.type().code())
                .setRawData(ByteString.copyFrom(out));
        sparse.getDimsList().forEach(builder::addDims);
        return builder.build();
    }

    /** One number per element (its place in rows), or one per axis. */
    private static long[] places(Tensor indices, long[] shape, long count, String name) {
        long[] given = indices.toLongs();
        long[] form = indices.shape();
        if (form.length == 1 && form[0] == count) {
            return given;
        }
        if (form.length != 2 || form[0] != count || form[1] != shape.length) {
            throw damaged(name, "has indices that do not fit its " + count + " elements");
        }
        long[] out = new long[(int) count];
        for (int i = 0; i < count; i++) {
            for (int axis = 0; axis < shape.length; axis++) {
                long index = given[i * shape.length + axis];
                if (index < 0 || index >= shape[axis]) {
                    throw damaged(name, "has an element outside of its shape");
                }
                out[i] = out[i] * shape[axis] + index;
            }
        }
        return out;
    }

    private static Refusal damaged(String name, String what) {
        return new Refusal("The sparse tensor " + name + " " + what + ". The file is damaged: export it again.");
    }
}
