package graft.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import graft.Refusal;
import graft.onnx.proto.OnnxProto.AttributeProto;
import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.NodeProto;
import graft.onnx.proto.OnnxProto.OperatorSetIdProto;
import graft.onnx.proto.OnnxProto.StringStringEntryProto;
import graft.onnx.proto.OnnxProto.TensorProto;
import graft.onnx.proto.OnnxProto.TypeProto;
import graft.onnx.proto.OnnxProto.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalDataPlacesTest {
    @TempDir
    Path outside;

    private Path folder;

    @BeforeEach
    void dataBesideTheNetwork() throws IOException {
        folder = Files.createDirectory(outside.resolve("net"));
        Files.write(folder.resolve("w.bin"), new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40}); // 1, 2
    }

    @Test
    void dataInItsPlaceAreRead() throws IOException {
        assertThat(read("w.bin", "0", "8").toFloats()).containsExactly(1, 2);
    }

    @Test
    void placesThatAreNoneAreSaidInWords() throws IOException {
        Files.write(outside.resolve("secret"), new byte[8]);
        Files.createSymbolicLink(folder.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("nowhere"), outside.resolve("gone"));
        says("a link to a file outside", "link", "0", "8");
        says("a link that leads nowhere", "nowhere", "0", "8");
        says("outside the folder", "../secret", "0", "8");
        says("outside the folder", outside.resolve("secret").toString(), "0", "8");
        says("outside the folder", "", "0", "8");
        says("which is missing", "gone.bin", "0", "8");
        says("a character that no file name can", "w.bin\0", "0", "8");
        says("reaches beyond the end", "w.bin", Long.toString(Long.MAX_VALUE), "8");
        says("reaches beyond the end", "w.bin", "4", "8");
        says("reaches beyond the end", "w.bin", "-4", "8");
        says("should hold 8 bytes", "w.bin", "0", "4");
        says("no number", "w.bin", "zero", "8");
    }

    @Test
    void dataOfASubGraphAreBroughtInToo() throws IOException {
        GraphProto body = GraphProto.newBuilder()
                .setName("then")
                .addInitializer(tensor("w.bin", "0", "8"))
                .addOutput(ValueInfoProto.newBuilder().setName("w"))
                .build();
        GraphProto graph = GraphProto.newBuilder()
                .setName("g")
                .addInput(ValueInfoProto.newBuilder()
                        .setName("c")
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder()
                                        .setElemType(9)
                                        .setShape(graft.onnx.proto.OnnxProto.TensorShapeProto.newBuilder()))))
                .addNode(NodeProto.newBuilder()
                        .setOpType("If")
                        .addInput("c")
                        .addOutput("y")
                        .addAttribute(branch("then_branch", body))
                        .addAttribute(branch("else_branch", body)))
                .addOutput(ValueInfoProto.newBuilder().setName("y"))
                .build();
        Files.write(folder.resolve("net.onnx"), model(graph).toByteArray());
        byte[] whole = OnnxFile.toBytes(OnnxFile.read(folder.resolve("net.onnx")));
        TensorProto inside = ModelProto.parseFrom(whole)
                .getGraph()
                .getNode(0)
                .getAttribute(1)
                .getG()
                .getInitializer(0);
        assertThat(inside.getDataLocation()).isEqualTo(TensorProto.DataLocation.DEFAULT);
        assertThat(inside.getRawData()).isEqualTo(ByteString.copyFrom(Files.readAllBytes(folder.resolve("w.bin"))));
    }

    private static AttributeProto branch(String name, GraphProto body) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body)
                .build();
    }

    private void says(String words, String location, String offset, String length) {
        assertThatThrownBy(() -> read(location, offset, length))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("net.onnx")
                .hasMessageContaining(words);
    }

    private Tensor read(String location, String offset, String length) throws IOException {
        GraphProto graph = GraphProto.newBuilder()
                .setName("g")
                .addInitializer(tensor(location, offset, length))
                .addOutput(ValueInfoProto.newBuilder().setName("w"))
                .build();
        Files.write(folder.resolve("net.onnx"), model(graph).toByteArray());
        return OnnxFile.read(folder.resolve("net.onnx")).graph().initializers().get("w");
    }

    private static ModelProto model(GraphProto graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
    }

    private static TensorProto tensor(String location, String offset, String length) {
        return TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", offset))
                .addExternalData(entry("length", length))
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
