package graft.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.proto.OnnxProto.AttributeProto;
import graft.onnx.proto.OnnxProto.AttributeProto.AttributeType;
import graft.onnx.proto.OnnxProto.FunctionProto;
import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.NodeProto;
import graft.onnx.proto.OnnxProto.OperatorSetIdProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsTest {
    @TempDir
    Path folder;

    private static NodeProto node(String op, String domain, String input, String output) {
        return NodeProto.newBuilder()
                .setOpType(op)
                .setDomain(domain)
                .addInput(input)
                .addOutput(output)
                .build();
    }

    private static FunctionProto function(String name, String... called) {
        FunctionProto.Builder builder = FunctionProto.newBuilder()
                .setName(name)
                .setDomain("own")
                .addInput("a")
                .addOutput("v" + called.length);
        String last = "a";
        for (int i = 0; i < called.length; i++) {
            builder.addNode(node(called[i], called[i].equals("Relu") ? "" : "own", last, "v" + (i + 1)));
            last = "v" + (i + 1);
        }
        return builder.build();
    }

    private Path file(List<FunctionProto> functions) throws IOException {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1))
                .addAllFunctions(functions);
        GraphProto.Builder graph = model.getGraphBuilder().setName("g");
        graph.addInput(ValueInfo.of("x", ElementType.FLOAT, ValueInfo.Dim.of(2)).toProto());
        graph.addNode(node("F0", "own", "x", "y"));
        graph.addOutput(
                ValueInfo.of("y", ElementType.FLOAT, ValueInfo.Dim.of(2)).toProto());
        Path file = folder.resolve("net.onnx");
        Files.write(file, model.build().toByteArray());
        return file;
    }

    private static List<FunctionProto> chain(int length, int times) {
        List<FunctionProto> out = new java.util.ArrayList<>();
        for (int i = 0; i < length; i++) {
            String[] called = new String[i + 1 == length ? 1 : times];
            java.util.Arrays.fill(called, i + 1 == length ? "Relu" : "F" + (i + 1));
            out.add(function("F" + i, called));
        }
        return out;
    }

    @Test
    void functionsThatCallFunctionsAreWrittenOut() throws IOException {
        Model flat = OnnxFile.read(file(chain(11, 2))).withoutFunctions();
        assertThat(flat.graph().nodes()).hasSize(1 << 10).allMatch(node -> node.opType()
                .equals("Relu"));
        assertThat(flat.graph().nodes().stream().map(Node::name).distinct()).hasSize(1 << 10);
    }

    @Test
    void callsThatAreTooDeepAreRefusedByTheFilesName() throws IOException {
        Path file = file(chain(1000, 1));
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        file + ": The functions of the file call each other 1000 deep; Graft and ONNX Runtime follow"
                                + " 100. Export the network without functions (inlined).");
    }

    @Test
    void fewBytesThatAskForBillionsOfNodesAreRefusedAtOnce() throws IOException {
        Path file = file(chain(41, 2));
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("1,099,511,627,776 nodes"); // 2^40
        Path endless = file(chain(90, 3));
        assertThatThrownBy(() -> OnnxFile.read(endless)).hasMessageContaining("endlessly many nodes");
    }

    @Test
    void functionsThatCallEachOtherInACircleAreRefused() throws IOException {
        Path file = file(List.of(function("F0", "F1"), function("F1", "F2"), function("F2", "F0")));
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("calls itself");
    }

    @Test
    void branchesTooDeepInBranchesAreSaidInWords() throws IOException {
        GraphProto inner = GraphProto.newBuilder()
                .setName("g")
                .addNode(node("Relu", "", "x", "y"))
                .addOutput(ValueInfo.ofName("y").toProto())
                .build();
        for (int i = 0; i < 40; i++) {
            NodeProto choice = NodeProto.newBuilder()
                    .setOpType("If")
                    .addInput("x")
                    .addOutput("y")
                    .addAttribute(AttributeProto.newBuilder()
                            .setName("then_branch")
                            .setType(AttributeType.GRAPH)
                            .setG(inner))
                    .build();
            inner = inner.toBuilder().clearNode().addNode(choice).build();
        }
        Path file = folder.resolve("deep.onnx");
        Files.write(
                file,
                ModelProto.newBuilder().setIrVersion(8).setGraph(inner).build().toByteArray());
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(file + ": Bodies of If, Loop or Scan lie in each other more than 32 deep");
    }

    @Test
    void nodesThatAllHaveOneNameGetNamesOfTheirOwn() throws IOException {
        Model model = Model.create("graft tests", 8, 17);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, ValueInfo.Dim.of(2))));
        editor.nodes().add(Node.of("Relu", "node", List.of("x"), List.of("a")));
        editor.nodes().add(Node.of("Neg", "node_2", List.of("a"), List.of("b")));
        editor.nodes().add(Node.of("Abs", "node", List.of("b"), List.of("y")));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, ValueInfo.Dim.of(2))));
        Path file = folder.resolve("names.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        assertThat(OnnxFile.read(file).graph().nodes())
                .extracting(Node::name)
                .containsExactly("node", "node_2", "node_3");
    }
}
