package graft.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.testdata.Shared;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {
    @TempDir
    Path folder;

    @Test
    void filesOfOthersAreWrittenByteForByteAsTheyWereRead() throws IOException {
        try (Stream<Path> files = Files.walk(Shared.path("data/networks"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".onnx")).toList()) {
                byte[] original = Files.readAllBytes(file);
                assertThat(OnnxFile.toBytes(OnnxFile.read(file)))
                        .as(file.toString())
                        .isEqualTo(original);
            }
        }
    }

    @Test
    void anEditTouchesOnlyWhatItChanges() {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        Tensor weight = model.graph().initializers().get("conv.weight");
        float[] values = weight.toFloats();
        values[0] += 1;
        editor.put(Tensor.ofFloats("conv.weight", weight.shape(), values));
        byte[] before = OnnxFile.toBytes(model);
        byte[] after = OnnxFile.toBytes(model.withGraph(editor.build()));
        assertThat(after).hasSameSizeAs(before);
        int different = 0;
        for (int i = 0; i < before.length; i++) {
            different += before[i] == after[i] ? 0 : 1;
        }
        assertThat(different).isBetween(1, 4);
    }

    @Test
    void aCutFileNamesTheTensorItEndsIn() throws IOException {
        byte[] whole = OnnxFile.toBytes(TinyNetworks.convolutional());
        int start = indexOf(whole, "fc.weight");
        Path cut = Files.write(folder.resolve("cut.onnx"), java.util.Arrays.copyOf(whole, start + 30));
        assertThatThrownBy(() -> OnnxFile.read(cut))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("cut.onnx ends in the middle of tensor fc.weight");
    }

    @Test
    void whatIsNoNetworkIsRefusedWithItsName() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.onnx"), "These are my notes.\n".repeat(50));
        Path empty = Files.createFile(folder.resolve("empty.onnx"));
        assertThatThrownBy(() -> OnnxFile.read(text))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("notes.onnx is a text file");
        assertThatThrownBy(() -> OnnxFile.read(empty))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("empty.onnx is empty");
        assertThatThrownBy(() -> OnnxFile.read(folder.resolve("absent.onnx")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("absent.onnx does not exist");
        assertThatThrownBy(() -> OnnxFile.read(folder))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void aCycleIsRefused() {
        Path file = folder.resolve("cycle.onnx");
        write(file, editor -> {
            editor.nodes().add(Node.of("Add", "a", List.of("x", "loop"), List.of("ahead")));
            editor.nodes().add(Node.of("Relu", "b", List.of("ahead"), List.of("loop")));
        });
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("form a cycle");
    }

    @Test
    void aMissingTensorIsRefusedWithItsReader() {
        Path file = folder.resolve("missing.onnx");
        write(file, editor -> editor.nodes().add(Node.of("Relu", "lonely", List.of("nowhere"), List.of("r"))));
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Relu \"lonely\" reads the tensor nowhere");
    }

    @Test
    void nodesOutOfOrderArePutInOrder() {
        Path file = folder.resolve("unordered.onnx");
        write(file, editor -> editor.nodes()
                .add(0, editor.nodes().remove(editor.nodes().size() - 1)));
        Graph read = OnnxFile.read(file).graph();
        assertThat(read.nodes().get(read.nodes().size() - 1).opType()).isEqualTo("Gemm");
    }

    @Test
    void dataOutsideTheFolderIsNotRead() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.write(folder.resolve("secret.bin"), new byte[64]);
        Path file = inner.resolve("external.onnx");
        ExternalFiles.write(TinyNetworks.convolutional(), file, "../secret.bin");
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("outside the folder");
    }

    @Test
    void externalDataIsReadFromBesideTheFile() throws IOException {
        Model model = TinyNetworks.convolutional();
        Path file = folder.resolve("external.onnx");
        ExternalFiles.write(model, file, "external.bin");
        Tensor read = OnnxFile.read(file).graph().initializers().get("fc.weight");
        assertThat(read.isExternal()).isTrue();
        assertThat(read.toFloats())
                .isEqualTo(model.graph().initializers().get("fc.weight").toFloats());
        OnnxFile.write(OnnxFile.read(file), folder.resolve("whole.onnx"));
        assertThat(OnnxFile.read(folder.resolve("whole.onnx"))
                        .graph()
                        .initializers()
                        .get("fc.weight")
                        .isExternal())
                .isFalse();
    }

    private void write(Path file, java.util.function.Consumer<GraphEditor> change) {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        change.accept(editor);
        OnnxFile.write(model.withGraph(editor.build()), file);
    }

    private static int indexOf(byte[] bytes, String text) {
        // ISO 8859-1 maps bytes to characters one to one; the last hit is the initializer, the first the node's input.
        return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
    }
}
