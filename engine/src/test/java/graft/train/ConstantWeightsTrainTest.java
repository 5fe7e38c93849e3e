package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.network.Importer;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.HalfFloats;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A weight that the graph computes from constants learns, and the written file computes with what was learnt. */
class ConstantWeightsTrainTest {
    private static final String WEIGHT = "conv2.weight";
    private static final long[] SHAPE = {10, 6, 3, 3};

    @TempDir
    Path folder;

    enum Form {
        CONSTANT,
        FILLED,
        IDENTITY,
        CAST_FROM_HALF,
        DEQUANTIZED,
        TRANSPOSED,
        RESHAPED,
        CHAIN;

        void write(GraphEditor editor) {
            Tensor weight = editor.initializers().remove(WEIGHT);
            switch (this) {
                case CONSTANT ->
                    first(
                            editor,
                            Node.of("Constant", "", List.of(), List.of(WEIGHT)).with("value", weight));
                case FILLED -> {
                    editor.put(Tensor.ofLongs("shape", new long[] {4}, SHAPE));
                    first(
                            editor,
                            Node.of("ConstantOfShape", "", List.of("shape"), List.of(WEIGHT))
                                    .with("value", Tensor.ofFloats("", new long[] {1}, 0.02f)));
                }
                case IDENTITY -> {
                    editor.put(weight.named("stored"));
                    first(editor, Node.of("Identity", "", List.of("stored"), List.of(WEIGHT)));
                }
                case CAST_FROM_HALF -> {
                    editor.put(half(weight));
                    first(editor, cast("stored", WEIGHT));
                }
                case DEQUANTIZED -> {
                    ByteBuffer data = ByteBuffer.allocate(540);
                    for (float value : weight.toFloats()) {
                        data.put((byte) Math.max(-127, Math.min(127, Math.round(value / 0.01f))));
                    }
                    editor.put(Tensor.ofBytes("stored", ElementType.INT8, SHAPE, data.flip()));
                    editor.put(Tensor.ofFloats("scale", new long[0], 0.01f));
                    first(editor, Node.of("DequantizeLinear", "", List.of("stored", "scale"), List.of(WEIGHT)));
                }
                case TRANSPOSED -> {
                    editor.put(Tensor.ofFloats("stored", new long[] {6, 10, 3, 3}, weight.toFloats()));
                    first(
                            editor,
                            Node.of("Transpose", "", List.of("stored"), List.of(WEIGHT))
                                    .with("perm", 1L, 0L, 2L, 3L));
                }
                case RESHAPED -> {
                    editor.put(Tensor.ofFloats("stored", new long[] {540}, weight.toFloats()));
                    editor.put(Tensor.ofLongs("shape", new long[] {4}, SHAPE));
                    first(editor, Node.of("Reshape", "", List.of("stored", "shape"), List.of(WEIGHT)));
                }
                case CHAIN -> {
                    editor.put(half(weight));
                    first(editor, Node.of("Identity", "", List.of("wide"), List.of(WEIGHT)));
                    first(editor, cast("same", "wide"));
                    first(editor, Node.of("Identity", "", List.of("stored"), List.of("same")));
                }
            }
        }

        private static void first(GraphEditor editor, Node node) {
            editor.nodes().add(0, node);
        }

        private static Node cast(String from, String to) {
            return Node.of("Cast", "", List.of(from), List.of(to)).with("to", (long) ElementType.FLOAT.code());
        }

        private static Tensor half(Tensor weight) {
            ByteBuffer data = ByteBuffer.allocate(1080).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : weight.toFloats()) {
                data.putShort(HalfFloats.floatToHalf(value));
            }
            return Tensor.ofBytes("stored", ElementType.FLOAT16, SHAPE, data.flip());
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void eachFormLearnsAndIsWrittenBack(Form form) throws Exception {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        form.write(editor);
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);

        Network opened = Importer.open(file);
        Layer layer = opened.layers().stream()
                .filter(l -> l.output().equals("r2"))
                .findFirst()
                .orElseThrow();
        assertThat(layer.parameters()).isEqualTo(540 + 10 + 10);
        String name = layer.weights().iterator().next();
        // Opening changes nothing that is computed, but for the rounding of what ONNX Runtime fuses differently.
        Map<String, Values> input = ExampleInputs.random(opened.model().graph(), 2, 1);
        try (OrtSession before = OrtSession.open(file, 1);
                OrtSession after = OrtSession.open(opened.model(), 1)) {
            float[] expected = before.run(input).get("y").toTensor("y").toFloats();
            float[] actual = after.run(input).get("y").toTensor("y").toFloats();
            assertThat(actual).containsExactly(expected, within(1e-5f));
        }

        Path data = NpzFiles.examples(folder.resolve("data.npz"), 16, 16);
        FineTuningResult result = FineTuner.run(
                Plans.of(file, data, folder.resolve("run"))
                        .trainable("all")
                        .epochs(1)
                        .build(),
                Progress.NONE);
        Tensor old = opened.model().graph().initializers().get(name);
        Tensor learnt =
                Importer.open(result.network()).model().graph().initializers().get(name);
        assertThat(learnt.shape()).isEqualTo(old.shape());
        assertThat(learnt.toFloats()).isNotEqualTo(old.toFloats());
        // The export was proved equal to what was trained, by ONNX Runtime.
        assertThat(result.parityMaxAbs()).isLessThan(1e-4);
    }
}
