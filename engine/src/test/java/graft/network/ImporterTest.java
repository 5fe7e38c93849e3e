package graft.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.rewrite.FreeBatch;
import graft.testdata.Shared;
import graft.testdata.TinyNetworks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImporterTest {
    @TempDir
    Path folder;

    private Network open(Consumer<GraphEditor> change) {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        change.accept(editor);
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        return Importer.open(file);
    }

    @Test
    void aConvolutionIsOneLayerWithItsBatchNormAndActivation() {
        Network network = open(editor -> {});
        assertThat(network.layers()).extracting(Layer::name).containsExactly("conv", "conv2", "fc");
        Layer first = network.layers().get(0);
        assertThat(first.weights()).containsExactly("conv.weight", "bn.weight", "bn.bias");
        assertThat(first.state()).containsExactly("bn.running_mean", "bn.running_var");
        assertThat(first.output()).isEqualTo("r1");
        assertThat(first.parameters()).isEqualTo(6 * 3 * 3 * 3 + 6 + 6);
    }

    @Test
    void boundsExponentsAndStatisticsAreNoWeights() {
        Network network = open(editor -> {
            editor.put(Tensor.ofFloats("low", new long[0], 0f));
            editor.put(Tensor.ofFloats("high", new long[0], 6f));
            editor.put(Tensor.ofFloats("power", new long[] {4}, 1f, 1f, 1f, 1f));
            editor.put(Tensor.ofFloats("gain", new long[] {4}, 1f, 1f, 1f, 1f));
            editor.nodes().add(Node.of("Clip", "clip", List.of("y", "low", "high"), List.of("y1")));
            editor.nodes().add(Node.of("Pow", "pow", List.of("y1", "power"), List.of("y2")));
            editor.nodes().add(Node.of("Mul", "gain", List.of("y2", "gain"), List.of("y3")));
            editor.outputs(List.of(ValueInfo.ofName("y3")));
        });
        assertThat(network.weights())
                .contains("gain", "fc.bias")
                .doesNotContain("low", "high", "power", "bn.running_mean", "bn2.running_var");
        assertThat(network.state()).contains("bn.running_mean", "bn2.running_var");
    }

    @Test
    void batchNormTensorsMergedBecauseTheyWereEqualGetTensorsOfTheirOwn() {
        Network network = open(editor -> {
            editor.nodes().add(0, Node.of("Identity", "copy", List.of("bn.running_var"), List.of("bn3.running_var")));
            editor.put(Tensor.ofFloats("fc2.weight", new long[] {6, 4}, new float[24]));
            editor.nodes().add(Node.of("MatMul", "mm", List.of("y", "fc2.weight"), List.of("m")));
            editor.nodes()
                    .add(Node.of(
                            "BatchNormalization",
                            "bn3",
                            List.of("n", "bn.weight", "bn.bias", "bn.running_mean", "bn3.running_var"),
                            List.of("z")));
            editor.put(Tensor.ofFloats("fc2.weight", new long[] {4, 6}, new float[24]));
            editor.nodes().removeIf(node -> node.name().equals("mm"));
            editor.nodes()
                    .add(editor.nodes().size() - 1, Node.of("MatMul", "mm", List.of("y", "fc2.weight"), List.of("n")));
            editor.outputs(List.of(ValueInfo.ofName("z")));
        });
        assertThat(network.model().graph().initializers())
                .containsKeys("bn.weight", "bn.weight_2", "bn.bias_2", "bn.running_mean_2", "bn3.running_var");
        assertThat(network.report().lines()).anyMatch(line -> line.startsWith("4 batch norm tensors"));
    }

    @Test
    void weightsComputedFromConstantsBecomeNamedTensors() {
        Network network = open(editor -> {
            Tensor weight = editor.initializers().remove("fc.weight");
            editor.nodes()
                    .add(
                            0,
                            Node.of("Constant", "", List.of(), List.of("fc.weight"))
                                    .with("value", weight));
            editor.initializers().remove("fc.bias");
            editor.put(Tensor.ofLongs("four", new long[] {1}, 4));
            editor.nodes()
                    .add(
                            0,
                            Node.of("ConstantOfShape", "", List.of("four"), List.of("fc.bias"))
                                    .with("value", Tensor.ofFloats("", new long[] {1}, 0.02f)));
        });
        assertThat(network.weights()).contains("fc.weight", "fc.bias");
        assertThat(network.model().graph().initializers().get("fc.bias").toFloats())
                .containsOnly(0.02f);
    }

    @Test
    void aTransposedWeightStaysTheTensorThatLearns() {
        Network network = open(editor -> {
            editor.put(Tensor.ofFloats("up.weight", new long[] {7, 4}, new float[28]));
            editor.nodes()
                    .add(Node.of("Transpose", "", List.of("up.weight"), List.of("up.t"))
                            .with("perm", 1L, 0L));
            editor.nodes().add(Node.of("MatMul", "up", List.of("y", "up.t"), List.of("z")));
            editor.outputs(List.of(ValueInfo.ofName("z")));
        });
        assertThat(network.weights()).contains("up.weight");
        assertThat(network.layers()).extracting(Layer::name).contains("up");
    }

    @Test
    void aFixedBatchIsFreedAlsoInReshapeConstants() {
        Network network = open(editor -> {
            editor.inputs(List.of(ValueInfo.of(
                    "x",
                    ElementType.FLOAT,
                    Dim.of(1),
                    Dim.of(3),
                    Dim.of(TinyNetworks.SIZE),
                    Dim.of(TinyNetworks.SIZE))));
            editor.put(Tensor.ofLongs("shape", new long[] {2}, 1, 10));
            editor.nodes()
                    .replaceAll(node -> node.opType().equals("Flatten")
                            ? Node.of("Reshape", "flat", List.of("p", "shape"), List.of("f"))
                            : node);
        });
        assertThat(network.report().fixedBatch()).isZero();
        try (OrtSession session = OrtSession.open(network.model(), 1)) {
            Values three = Values.ofFloats(new long[] {3, 3, 8, 8}, new float[3 * 3 * 64]);
            assertThat(session.run(Map.of("x", three)).get("y").shape()).containsExactly(3, 4);
        }
    }

    @Test
    void aBatchThatCannotBeFreedIsReported() {
        Network network = open(editor -> {
            editor.inputs(List.of(ValueInfo.of(
                    "x",
                    ElementType.FLOAT,
                    Dim.of(1),
                    Dim.of(3),
                    Dim.of(TinyNetworks.SIZE),
                    Dim.of(TinyNetworks.SIZE))));
            editor.put(Tensor.ofLongs("shape", new long[] {1}, 4));
            editor.nodes().add(Node.of("Reshape", "drop", List.of("y", "shape"), List.of("z")));
            editor.outputs(List.of(ValueInfo.ofName("z")));
        });
        assertThat(network.report().fixedBatch()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "mobilenetv2-0.35-imagenet.onnx, 52, features",
        "squeezenet1.0-imagenet.onnx, 26, fire9/concat_2",
        "resnet20-cifar10.onnx, 20, /Flatten_output",
        "mnist-cntk.onnx, 3, Pooling160_Output_0_reshape0",
        "light/light_densenet121.onnx, 183, r908"
    })
    void realNetworksShowTheirLayersAndTheTensorBelowTheirClassifier(String file, int layers, String features) {
        Network network = Importer.open(Shared.network(file));
        assertThat(network.layers()).hasSize(layers);
        String found = FeatureFinder.find(network, java.util.Optional.empty());
        Node reader = network.model().graph().readers().getOrDefault(found, List.of()).stream()
                .findFirst()
                .orElse(null);
        assertThat(found).isEqualTo(features);
        if (reader != null) {
            assertThat(reader.opType()).isIn("Conv", "Gemm", "MatMul", "Dropout");
        }
    }

    @Test
    void anInputWithoutAShapeHasNoBatchToBeFreed() {
        Model model = Model.create("graft tests", 8, 17);
        GraphEditor editor = model.graph().edit();
        List<ValueInfo> inputs =
                List.of(ValueInfo.ofType("x", ElementType.FLOAT), ValueInfo.of("s", ElementType.FLOAT));
        editor.inputs(inputs);
        editor.nodes().add(Node.of("Add", "add", List.of("x", "s"), List.of("y")));
        editor.outputs(List.of(ValueInfo.ofType("y", ElementType.FLOAT)));
        Model freed = FreeBatch.freedOfOne(model.withGraph(editor.build()));
        assertThat(freed.graph().inputs()).isEqualTo(inputs);
    }
}
