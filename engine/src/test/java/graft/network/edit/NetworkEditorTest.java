package graft.network.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.inference.OrtSession;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.network.Layer;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ONNX Runtime says of the written file against what it says of the one that was edited. */
class NetworkEditorTest {
    private static final long[] INPUT = {2, 3, 8, 8};

    @TempDir
    Path folder;

    private Path file;

    /** {@code conv1} 3 to 4 channels, {@code conv2} and {@code conv3} 4 to 4, pooled, flattened, {@code fc} 4 to 5. */
    @BeforeEach
    void write() {
        Random random = new Random(3);
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(8), Dim.of(8))));
        String below = "x";
        for (int i = 1; i <= 3; i++) {
            editor.put(floats(random, "conv" + i + ".weight", 4, i == 1 ? 3 : 4, 3, 3));
            editor.put(floats(random, "conv" + i + ".bias", 4));
            editor.nodes()
                    .add(Node.of(
                                    "Conv",
                                    "conv" + i,
                                    List.of(below, "conv" + i + ".weight", "conv" + i + ".bias"),
                                    List.of("c" + i))
                            .with("pads", 1L, 1L, 1L, 1L));
            editor.nodes().add(Node.of("Relu", "relu" + i, List.of("c" + i), List.of("r" + i)));
            below = "r" + i;
        }
        editor.nodes().add(Node.of("GlobalAveragePool", "pool", List.of(below), List.of("p")));
        editor.nodes().add(Node.of("Flatten", "flat", List.of("p"), List.of("f")));
        editor.put(floats(random, "fc.weight", 5, 4));
        editor.put(floats(random, "fc.bias", 5));
        editor.nodes()
                .add(Node.of("Gemm", "fc", List.of("f", "fc.weight", "fc.bias"), List.of("y"))
                        .with("transB", 1L));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(5))));
        file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
    }

    private static Tensor floats(Random random, String name, long... shape) {
        int size = 1;
        for (long axis : shape) {
            size *= (int) axis;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian() / 3;
        }
        return Tensor.ofFloats(name, shape, values);
    }

    private NetworkEditor.Result edit(Edit... edits) {
        return NetworkEditor.run(
                new NetworkEditor.Plan(file, Reading.USUAL, List.of(edits), folder.resolve("edited.onnx")));
    }

    private static Values answer(Path network) {
        float[] pixels = new float[2 * 3 * 8 * 8];
        Random random = new Random(11);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        try (OrtSession session = OrtSession.open(network, 1)) {
            return session.run(Map.of("x", Values.ofFloats(INPUT, pixels)))
                    .values()
                    .iterator()
                    .next();
        }
    }

    private static float[] numbers(Path network) {
        return answer(network).toTensor("").toFloats();
    }

    private static List<String> layers(Path network) {
        return Importer.open(network).layers().stream().map(Layer::name).toList();
    }

    /** Outside of training dropout passes on; the others begin as the identity. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dropout:0.3@conv2",
                "batchnorm@conv2",
                "relu@conv2",
                "linear@fc",
                "dropout@fc",
                "dropout:0.2@flat",
                "relu@p"
            })
    void whatBeginsAsTheIdentityLeavesTheAnswers(String insert) throws IOException {
        byte[] before = Files.readAllBytes(file);
        NetworkEditor.Result result = edit(Edit.insert(insert));
        assertThat(numbers(result.file())).containsExactly(numbers(file), within(1e-5f));
        assertThat(result.difference().orElseThrow()).isLessThan(1e-5);
        assertThat(result.outputs()).containsExactly("y");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void anActivationStandsBehindItsLayer() {
        float[] before = numbers(file);
        float[] after = numbers(edit(Edit.insert("relu@fc")).file());
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(Math.max(0, before[i]));
        }
    }

    @Test
    void aWiderLinearLayerFitsBehindTheLastAndNowhereElse() {
        NetworkEditor.Result result = edit(Edit.insert("linear:7@fc"));
        assertThat(answer(result.file()).shape()).containsExactly(2, 7);
        assertThat(layers(result.file())).containsExactly("conv1", "conv2", "conv3", "fc", "fc.linear");
        assertThatThrownBy(() -> edit(Edit.insert("linear:7@conv3")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("maps");
    }

    @Test
    void aLayerThatGivesAsMuchAsItTakesCanGo() {
        NetworkEditor.Result result = edit(Edit.delete("conv2"));
        assertThat(layers(result.file())).containsExactly("conv1", "conv3", "fc");
        // The same network, written without it by hand.
        GraphEditor editor = OnnxFile.read(file).graph().edit();
        editor.nodes()
                .removeIf(node -> node.name().equals("conv2") || node.name().equals("relu2"));
        editor.redirect("r2", "r1");
        Path byHand = folder.resolve("hand.onnx");
        OnnxFile.write(OnnxFile.read(file).withGraph(editor.prune().build()), byHand);
        assertThat(numbers(result.file())).containsExactly(numbers(byHand), within(1e-6f));
    }

    @Test
    void aLayerWhoseReadersWouldNotFitStaysAndTheWordsSayWhy() {
        assertThatThrownBy(() -> edit(Edit.delete("conv1")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Without conv1, conv2 in " + file + " would get 3×8×8 where it takes 4×8×8");
        assertThat(folder.resolve("edited.onnx")).doesNotExist();
    }

    @Test
    void theCutEndsTheNetworkAtALayer() {
        NetworkEditor.Result result = edit(Edit.cut("conv2"));
        assertThat(result.outputs()).containsExactly("r2");
        assertThat(layers(result.file())).containsExactly("conv1", "conv2");
        assertThat(answer(result.file()).shape()).containsExactly(2, 4, 8, 8);
        assertThat(OnnxFile.read(result.file()).graph().initializers()).doesNotContainKey("fc.weight");
    }

    @Test
    void editsFollowOneAnother() {
        NetworkEditor.Result result =
                edit(Edit.insert("dropout:0.2@conv3"), Edit.delete("conv2"), Edit.insert("batchnorm@conv1"));
        assertThat(layers(result.file())).containsExactly("conv1", "conv1.batchnorm", "conv3", "fc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dropout:2@fc", "dropout:x@fc", "conv:3@fc", "linear:0@fc", "relu@nowhere", "relu"})
    void whatCannotBeInsertedIsRefusedInWords(String insert) {
        assertThatThrownBy(() -> edit(Edit.insert(insert))).isInstanceOf(Refusal.class);
        assertThat(folder.resolve("edited.onnx")).doesNotExist();
    }

    @Test
    void theNetworkItselfIsNeverWritten() {
        assertThatThrownBy(() -> NetworkEditor.run(
                        new NetworkEditor.Plan(file, Reading.USUAL, List.of(Edit.delete("conv2")), file)))
                .isInstanceOf(Refusal.class);
    }
}
