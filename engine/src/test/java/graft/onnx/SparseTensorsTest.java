package graft.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.inference.OrtSession;
import graft.onnx.proto.OnnxProto.AttributeProto;
import graft.onnx.proto.OnnxProto.AttributeProto.AttributeType;
import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.NodeProto;
import graft.onnx.proto.OnnxProto.OperatorSetIdProto;
import graft.onnx.proto.OnnxProto.SparseTensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseTensorsTest {
    private static final float[] DENSE = {0, 5, 0, 0, 0, -7};

    @TempDir
    Path folder;

    /** [[0, 5, 0], [0, 0, -7]] */
    private static SparseTensorProto sparse(long[] form, long... indices) {
        return SparseTensorProto.newBuilder()
                .setValues(Tensor.ofFloats("w", new long[] {2}, 5, -7).proto())
                .setIndices(Tensor.ofLongs("", form, indices).proto())
                .addDims(2)
                .addDims(3)
                .build();
    }

    private Path file(Consumer<GraphProto.Builder> with) throws IOException {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
        GraphProto.Builder graph = model.getGraphBuilder().setName("g");
        graph.addInput(ValueInfo.of("x", ElementType.FLOAT, ValueInfo.Dim.of(1), ValueInfo.Dim.of(2))
                .toProto());
        with.accept(graph);
        graph.addNode(NodeProto.newBuilder()
                .setOpType("MatMul")
                .addInput("x")
                .addInput("w")
                .addOutput("y"));
        graph.addOutput(ValueInfo.of("y", ElementType.FLOAT, ValueInfo.Dim.of(1), ValueInfo.Dim.of(3))
                .toProto());
        Path file = folder.resolve("net.onnx");
        Files.write(file, model.build().toByteArray());
        return file;
    }

    /** ONNX Runtime reads sparse tensors itself: the written-out file answers as it does on the original. */
    private static void answersAsBefore(Path file) {
        ByteBuffer data = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(0, 2).putFloat(4, 3);
        Map<String, Values> x = Map.of("x", new Values(ElementType.FLOAT, new long[] {1, 2}, data));
        try (OrtSession original = OrtSession.open(file, 1);
                OrtSession read = OrtSession.openPlain(OnnxFile.read(file))) {
            float[] expected = original.run(x).get("y").toTensor("").toFloats();
            assertThat(expected).containsExactly(0, 10, -21); // by hand
            assertThat(read.run(x).get("y").toTensor("").toFloats()).containsExactly(expected);
        }
    }

    @Test
    void placesInRowsAreWrittenOut() throws IOException {
        Path file = file(graph -> graph.addSparseInitializer(sparse(new long[] {2}, 1, 5)));
        assertThat(OnnxFile.read(file).graph().initializers().get("w").toFloats())
                .containsExactly(DENSE);
        answersAsBefore(file);
    }

    @Test
    void placesPerAxisAreWrittenOut() throws IOException {
        Path file = file(graph -> graph.addSparseInitializer(sparse(new long[] {2, 2}, 0, 1, 1, 2)));
        assertThat(OnnxFile.read(file).graph().initializers().get("w").toFloats())
                .containsExactly(DENSE);
        answersAsBefore(file);
    }

    @Test
    void sparseConstantsAreWrittenOut() throws IOException {
        Path file = file(graph -> graph.addNode(NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("w")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("sparse_value")
                        .setType(AttributeType.SPARSE_TENSOR)
                        .setSparseTensor(sparse(new long[] {2}, 1, 5)))));
        Node constant = OnnxFile.read(file).graph().nodes().get(0);
        assertThat(constant.tensor("value").orElseThrow().toFloats()).containsExactly(DENSE);
        answersAsBefore(file);
    }

    @Test
    void elementsOutsideOfTheShapeAreRefused() throws IOException {
        Path file = file(graph -> graph.addSparseInitializer(sparse(new long[] {2}, 1, 6)));
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        file + ": The sparse tensor w has an element outside of its shape. The file is damaged: export"
                                + " it again.");
    }
}
