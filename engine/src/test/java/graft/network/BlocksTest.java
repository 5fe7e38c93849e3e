package graft.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.meaning.Reading;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.testdata.Shared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {
    @TempDir
    Path folder;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Tensor> constants = new ArrayList<>();

    private void constant(String name, float value) {
        constants.add(Tensor.ofFloats(name, new long[0], value));
    }

    private void weight(String name, long... shape) {
        int size = 1;
        for (long axis : shape) {
            size *= (int) axis;
        }
        constants.add(Tensor.ofFloats(name, shape, new float[size]));
    }

    private void node(String op, String output, String... inputs) {
        nodes.add(Node.of(op, "", List.of(inputs), List.of(output)));
    }

    private Network open(String output, long... inputShape) {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        Dim[] dims = new Dim[inputShape.length + 1];
        dims[0] = Dim.free("N");
        for (int i = 0; i < inputShape.length; i++) {
            dims[i + 1] = Dim.of(inputShape[i]);
        }
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, dims)));
        editor.nodes().addAll(nodes);
        constants.forEach(editor::put);
        editor.outputs(List.of(ValueInfo.ofName(output)));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        return Importer.open(file);
    }

    private static List<String> kinds(Network network) {
        return network.shownLayers().stream().map(Layer::kind).toList();
    }

    @Test
    void layerNormWrittenOutIsOneLayerWithItsScaleAndShift() {
        constant("two", 2f);
        constant("epsilon", 1e-5f);
        weight("norm.weight", 8);
        weight("norm.bias", 8);
        nodes.add(Node.of("ReduceMean", "", List.of("x"), List.of("mean")).with("axes", new long[] {-1}));
        node("Sub", "centred", "x", "mean");
        node("Pow", "squares", "centred", "two");
        nodes.add(Node.of("ReduceMean", "", List.of("squares"), List.of("variance"))
                .with("axes", new long[] {-1}));
        node("Add", "safe", "variance", "epsilon");
        node("Sqrt", "deviation", "safe");
        node("Div", "normed", "centred", "deviation");
        node("Mul", "scaled", "normed", "norm.weight");
        node("Add", "y", "scaled", "norm.bias");
        Network network = open("y", 4, 8);
        assertThat(network.layers()).hasSize(1);
        Layer layer = network.layers().get(0);
        assertThat(layer.name()).isEqualTo("norm");
        assertThat(layer.op()).isEqualTo("LayerNormalization");
        assertThat(layer.weights()).containsExactly("norm.weight", "norm.bias");
        assertThat(layer.output()).isEqualTo("y");
        assertThat(layer.nodes()).hasSize(9);
    }

    @Test
    void geluWrittenOutBelongsToTheLinearLayerBeforeIt() {
        weight("fc.weight", 8, 8);
        constant("root2", 1.4142f);
        constant("one", 1f);
        constant("half", 0.5f);
        node("MatMul", "a", "x", "fc.weight");
        node("Div", "b", "a", "root2");
        node("Erf", "c", "b");
        node("Add", "d", "c", "one");
        node("Mul", "e", "a", "d");
        node("Mul", "y", "e", "half");
        Network network = open("y", 8);
        assertThat(kinds(network)).containsExactly("linear");
        assertThat(network.layers().get(0).output()).isEqualTo("y");
        assertThat(network.layers().get(0).activation()).isEqualTo("Gelu");
    }

    @Test
    void activationsAfterAJoinAreShownButNotCounted() {
        weight("fc.weight", 8, 8);
        constant("c1", 0.044715f);
        constant("c2", 0.79788f);
        constant("three", 3f);
        constant("one", 1f);
        constant("half", 0.5f);
        node("MatMul", "m", "x", "fc.weight");
        node("Add", "a", "m", "x");
        node("Pow", "cube", "a", "three");
        node("Mul", "c", "cube", "c1");
        node("Add", "d", "a", "c");
        node("Mul", "e", "d", "c2");
        node("Tanh", "t", "e");
        node("Add", "f", "t", "one");
        node("Mul", "g", "a", "f");
        node("Mul", "gelu", "g", "half");
        node("Add", "again", "gelu", "x");
        node("Sigmoid", "s", "again");
        node("Mul", "swish", "again", "s");
        Network network = open("swish", 8);
        assertThat(kinds(network)).containsExactly("linear", "GELU", "swish");
        assertThat(network.layers()).hasSize(1);
    }

    @Test
    void aSqueezeAndExcitationGateIsNoActivation() {
        weight("fc.weight", 8, 8);
        node("MatMul", "m", "x", "fc.weight");
        node("Sigmoid", "s", "m");
        node("Mul", "y", "x", "s");
        assertThat(kinds(open("y", 8))).containsExactly("linear");
    }

    @Test
    void attentionWithScaleAndMaskIsOneLayer() {
        weight("q.weight", 8, 8);
        weight("v.weight", 8, 8);
        weight("out.weight", 8, 8);
        constant("scale", 0.35f);
        constant("mask", -1f);
        node("MatMul", "q", "x", "q.weight");
        node("MatMul", "v", "x", "v.weight");
        nodes.add(Node.of("Transpose", "", List.of("x"), List.of("kt")).with("perm", 0L, 2L, 1L));
        node("MatMul", "scores", "q", "kt");
        node("Mul", "scaled", "scores", "scale");
        node("Add", "masked", "scaled", "mask");
        nodes.add(Node.of("Softmax", "", List.of("masked"), List.of("p")).with("axis", -1L));
        node("MatMul", "mixed", "p", "v");
        node("MatMul", "y", "mixed", "out.weight");
        Network network = open("y", 4, 8);
        assertThat(kinds(network)).containsExactly("linear", "linear", "attention", "linear");
        assertThat(network.layers()).hasSize(3);
        assertThat(network.shownLayers().get(2).nodes())
                .extracting(Node::opType)
                .containsExactly("MatMul", "Mul", "Add", "Softmax", "MatMul");
    }

    /** Numbered names, as an exporter without module paths writes them. */
    @Test
    void residualBlocksAreFoundWithoutNames() {
        weight("1", 4, 4, 3, 3);
        node("Conv", "stem", "x", "1");
        String below = "stem";
        for (int stage = 0; stage < 2; stage++) {
            for (int i = 0; i < 2; i++) {
                String id = stage + "" + i;
                long stride = stage == 1 && i == 0 ? 2 : 1;
                for (String which : List.of("a", "b", "s")) {
                    weight(id + which, 4, 4, 1, 1);
                }
                nodes.add(conv(below, id + "a", id + "x", stride));
                nodes.add(conv(id + "x", id + "b", id + "y", 1));
                String shortcut = below;
                if (stride == 2) {
                    nodes.add(conv(below, id + "s", id + "z", stride));
                    shortcut = id + "z";
                }
                node("Add", id + "out", id + "y", shortcut);
                below = id + "out";
            }
        }
        node("GlobalAveragePool", "pool", below);
        node("Flatten", "flat", "pool");
        weight("9", 4, 4);
        node("Gemm", "y", "flat", "9");
        List<Block> blocks = open("y", 4, 16, 16).blocks();
        assertThat(blocks).extracting(Block::kind).containsExactly("stem", "stage", "stage", "head");
        assertThat(blocks.get(1).children())
                .extracting(Block::kind)
                .containsExactly("residual block", "residual block");
        assertThat(blocks.get(2).children()).hasSize(2);
        assertThat(blocks.get(2).children().get(0).layers()).hasSize(3);
    }

    private static Node conv(String input, String weight, String output, long stride) {
        return Node.of("Conv", "", List.of(input, weight), List.of(output)).with("strides", stride, stride);
    }

    @ParameterizedTest
    @CsvSource({
        "data/networks/light/light_resnet50.onnx, stem stage:3 stage:4 stage:6 stage:3 head",
        "data/networks/light/light_squeezenet.onnx, stem stage:2 stage:2 stage:4 head",
        "data/networks/resnet20-cifar10.onnx, stem stage:3 stage:3 stage:3 head",
        "data/text-networks/tiny-stories-decoder.onnx, embeddings transformer_layer transformer_layer transformer_layer transformer_layer head",
        "conformance/networks/hf_bert_cls_eager/model.onnx, embeddings encoder_layer encoder_layer head",
        "conformance/networks/hf_gpt2_sdpa/model.onnx, embeddings decoder_layer decoder_layer head",
        "conformance/networks/convnext/model.onnx, stem ConvNeXt_block stage:2 stage:3 stage:2 head",
        "conformance/networks/shufflenet_v2/model.onnx, stem stage:2 stage:2 stage:2 head"
    })
    void realNetworksReadAsAPersonWouldTellThem(String file, String expected) {
        Network network = Importer.open(Shared.path(file));
        assertThat(network.blocks().stream()
                        .map(block -> block.kind().replace(' ', '_')
                                + (block.children().isEmpty()
                                        ? ""
                                        : ":" + block.children().size())))
                .containsExactly(expected.split(" "));
        // Every layer is in exactly one block.
        assertThat(network.blocks().stream()
                        .flatMap(block -> block.layers().stream())
                        .map(Layer::name))
                .containsExactlyInAnyOrderElementsOf(
                        network.shownLayers().stream().map(Layer::name).toList());
    }

    /** What a person would say of these networks, known from their papers; the files' names are taken away first. */
    @ParameterizedTest
    @CsvSource({
        "data/networks/light/light_resnet50.onnx, stem stage:3 stage:4 stage:6 stage:3 head",
        "data/networks/light/light_densenet121.onnx, "
                + "stem stage:6 transition stage:12 transition stage:24 transition stage:16 head",
        "data/networks/resnet20-cifar10.onnx, stem stage:3 stage:3 stage:3 head",
        "data/text-networks/tiny-stories-decoder.onnx, "
                + "stem embeddings transformer_layer transformer_layer transformer_layer transformer_layer head",
        "conformance/networks/hf_bert_cls_eager/model.onnx, embeddings transformer_layer transformer_layer head",
        "conformance/networks/hf_gpt2_sdpa/model.onnx, embeddings transformer_layer transformer_layer head",
        "conformance/networks/swin_tv/model.onnx, stem stage:2 transition stage:2 head"
    })
    void structureTellsBlocksWhereNothingHasAName(String file, String expected) {
        Network network = Importer.of(Shared.path(file), nameless(OnnxFile.read(Shared.path(file))), Reading.USUAL);
        assertThat(network.blocks().stream()
                        .map(block -> block.kind().replace(' ', '_')
                                + (block.children().isEmpty()
                                        ? ""
                                        : ":" + block.children().size())))
                .containsExactly(expected.split(" "));
    }

    /** Three times a pair of layers, of which a mask from the input is part: no point has everything flow through it. */
    @Test
    void whatRepeatsIsABlockAlsoWhereAMaskIsReadByAll() {
        weight("m", 8, 8);
        node("MatMul", "mask", "x", "m");
        String below = "x";
        for (int i = 0; i < 3; i++) {
            weight("a" + i, 8, 16);
            weight("b" + i, 16, 8);
            node("MatMul", "h" + i, below, "a" + i);
            node("Relu", "r" + i, "h" + i);
            node("MatMul", "o" + i, "r" + i, "b" + i);
            node("Mul", "y" + i, "o" + i, "mask");
            below = "y" + i;
        }
        weight("c", 8, 4);
        node("MatMul", "y", below, "c");
        List<Block> blocks = open("y", 8).blocks();
        assertThat(blocks.stream().map(block -> block.layers().size())).containsExactly(1, 2, 2, 2, 1);
    }

    private static Model nameless(Model model) {
        Map<String, String> names = new HashMap<>();
        model.graph().inputs().forEach(input -> names.put(input.name(), input.name()));
        model.graph().outputNames().forEach(output -> names.put(output, output));
        names.put("", "");
        UnaryOperator<String> numbered = name -> names.computeIfAbsent(name, n -> "" + names.size());
        GraphEditor editor = model.graph().edit().forgetInnerShapes();
        editor.replaceNodes(node -> node.named("")
                .withInputs(node.inputs().stream().map(numbered).toList())
                .withOutputs(node.outputs().stream().map(numbered).toList()));
        List<Tensor> tensors = List.copyOf(editor.initializers().values());
        editor.initializers().clear();
        tensors.forEach(tensor -> editor.put(tensor.named(numbered.apply(tensor.name()))));
        return model.withGraph(editor.build());
    }
}
