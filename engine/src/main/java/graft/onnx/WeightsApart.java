package graft.onnx;

import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.StringStringEntryProto;
import graft.onnx.proto.OnnxProto.TensorProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model whose large weights stand beside it, so that handing it over does not mean a second copy of the whole file.
 *
 * @param bytes of the model, in which each of {@code weights} has name, type and shape and lies elsewhere
 */
public record WeightsApart(byte[] bytes, List<Tensor> weights) {
    private static final long LARGE = 1 << 10;
    private static final String ELSEWHERE = "graft.beside";

    public static WeightsApart of(Model model) {
        Set<String> read = new HashSet<>();
        model.graph().nodes().forEach(node -> read.addAll(node.needs()));
        ModelProto.Builder builder = model.proto().toBuilder();
        GraphProto.Builder graph = builder.getGraphBuilder();
        List<Tensor> weights = new ArrayList<>();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            Tensor tensor =
                    model.graph().initializers().get(graph.getInitializer(i).getName());
            // What nothing reads is forgotten by whoever opens the model, before it is looked for.
            if (tensor.type() == ElementType.FLOAT && tensor.size() > LARGE && read.contains(tensor.name())) {
                weights.add(tensor);
                graph.setInitializer(i, elsewhere(graph.getInitializer(i)));
            }
        }
        return new WeightsApart(OnnxFile.toBytes(new Model(builder.build(), model.folder())), weights);
    }

    private static TensorProto elsewhere(TensorProto tensor) {
        return TensorProto.newBuilder()
                .setName(tensor.getName())
                .setDataType(tensor.getDataType())
                .addAllDims(tensor.getDimsList())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(ELSEWHERE))
                .build();
    }

    static boolean isElsewhere(TensorProto tensor) {
        return ELSEWHERE.equals(Tensor.entry(tensor.getExternalDataList(), "location"));
    }
}
