package graft.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.Shared;
import graft.testdata.TinyNetworks;
import graft.train.FineTuner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientPathsTest {
    @TempDir
    Path folder;

    private Path write(Consumer<GraphEditor> change) {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        change.accept(editor);
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        return file;
    }

    /** Pads of two before the first convolution, computed from real numbers as MATLAB's exporter does it. */
    private static void paddingArithmetic(GraphEditor editor) {
        editor.put(Tensor.ofFloats("pad.a", new long[] {8}, 0, 0, 1.5f, 1.5f, 0, 0, 1.5f, 1.5f));
        editor.put(Tensor.ofFloats("pad.b", new long[] {8}, 1, 1, 1.5f, 1.5f, 1, 1, 1.5f, 1.5f));
        editor.nodes().add(0, Node.of("Mul", "pad_mul", List.of("pad.a", "pad.b"), List.of("pad_m")));
        editor.nodes().add(1, Node.of("Floor", "pad_floor", List.of("pad_m"), List.of("pad_f")));
        editor.nodes()
                .add(
                        2,
                        Node.of("Cast", "pad_cast", List.of("pad_f"), List.of("pads"))
                                .with("to", (long) ElementType.INT64.code()));
        editor.nodes().add(3, Node.of("Pad", "pad", List.of("x", "pads"), List.of("padded")));
        editor.replaceNodes(
                node -> node.name().equals("conv") ? node.reading("x", "padded").with("pads", 0L, 0L, 0L, 0L) : node);
    }

    @Test
    void numbersThatOnlyPadsAreComputedFromAreNoWeights() {
        Network network = Importer.open(write(GradientPathsTest::paddingArithmetic));
        assertThat(network.layers()).extracting(Layer::name).containsExactly("conv", "conv2", "fc");
        assertThat(network.weights()).doesNotContain("pad.a", "pad.b").contains("conv.weight", "fc.bias");
    }

    @Test
    void whatNoGradientReachesDoesNotDecayAndIsProvedToBeTheSame() throws IOException {
        // Were 1.5 · 1.5 to decay below 2, the pads would become 1.
        Path file = write(GradientPathsTest::paddingArithmetic);
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 40, 12);
        FineTuningResult result = FineTuner.run(
                Plans.of(file, data, folder.resolve("run"))
                        .trainable("all")
                        .weightDecay(5)
                        .learningRate(0.05)
                        .epochs(1)
                        .build(),
                Progress.NONE);
        Map<String, Tensor> after = OnnxFile.read(result.network()).graph().initializers();
        assertThat(after.get("pad.a").toFloats()).containsExactly(0, 0, 1.5f, 1.5f, 0, 0, 1.5f, 1.5f);
        assertThat(after.get("pad.b").toFloats()).containsExactly(1, 1, 1.5f, 1.5f, 1, 1, 1.5f, 1.5f);
        assertThat(result.frozenUnchanged()).isTrue();
        assertThat(result.frozenTensors()).isEqualTo(2);
    }

    @Test
    void anAnswerThatIsADecisionLeavesWhatItWasDecidedByAmongTheLayers() {
        Network network = Importer.open(write(editor -> {
            editor.nodes()
                    .add(Node.of("ArgMax", "best", List.of("y"), List.of("class"))
                            .with("axis", 1L));
            editor.outputs(List.of(ValueInfo.ofType("class", ElementType.INT64)));
        }));
        assertThat(network.layers()).extracting(Layer::name).containsExactly("conv", "conv2", "fc");
    }

    @Test
    void whatIsOnlyComparedOrLookedUpByIsNoWeight() {
        Network network = Importer.open(write(editor -> {
            editor.put(Tensor.ofFloats("limit", new long[] {4}, 1, 2, 3, 4));
            editor.put(Tensor.ofFloats("low", new long[] {4}, 1, 2, 3, 4));
            editor.put(Tensor.ofFloats("shift", new long[] {4}, 1, 2, 3, 4));
            editor.nodes().add(Node.of("Add", "shifted", List.of("y", "shift"), List.of("s")));
            editor.nodes().add(Node.of("Greater", "more", List.of("s", "limit"), List.of("cond")));
            editor.nodes().add(Node.of("Where", "choose", List.of("cond", "y", "low"), List.of("z")));
            editor.outputs(List.of(ValueInfo.ofName("z")));
        }));
        assertThat(network.weights()).contains("low").doesNotContain("shift", "limit");
    }

    @Test
    void aNetworkOfMatlabHasItsConvolutionsAndNothingOfItsPadding() {
        Path file = Shared.network("matlab-recycling.onnx");
        assertThat(Importer.open(file).layers())
                .extracting(Layer::name)
                .containsExactly("imageinput_Sub", "conv_1", "conv_2", "conv_3", "fc");
    }
}
