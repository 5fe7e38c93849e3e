package graft.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.rewrite.Fp32Converter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks in numbers that ONNX Runtime does not compute convolutions in. */
class OtherNumbersTest {
    @TempDir
    Path folder;

    /** One convolution with the weight 0.5 for each of two channels: an exact number in every format. */
    private Path convolution(ElementType type) {
        Model model = Model.create("graft tests", 8, 22);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", type, Dim.of(1), Dim.of(1), Dim.of(2), Dim.of(2))));
        ByteBuffer weight = ByteBuffer.allocate(2 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2; i++) {
            // bfloat16 is the upper half of a float.
            if (type == ElementType.DOUBLE) {
                weight.putDouble(0.5);
            } else {
                weight.putShort((short) (Float.floatToIntBits(0.5f) >> 16));
            }
        }
        editor.put(Tensor.ofBytes("w", type, new long[] {2, 1, 1, 1}, weight.flip()));
        editor.nodes().add(Node.of("Conv", "conv1", List.of("x", "w"), List.of("y")));
        editor.outputs(List.of(ValueInfo.of("y", type, Dim.of(1), Dim.of(2), Dim.of(2), Dim.of(2))));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        return file;
    }

    @Test
    void whatOnnxRuntimeDoesNotComputeIsToBeConverted() {
        Path file = convolution(ElementType.DOUBLE);
        assertThatThrownBy(() -> OrtSession.open(file, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("does not compute that in DOUBLE")
                .hasMessageContaining("graft convert " + file);
    }

    @Test
    void bfloat16IsConvertedThoughNothingRunsItToCompareBy() {
        Path file = convolution(ElementType.BFLOAT16);
        Path out = folder.resolve("float.onnx");
        Fp32Converter.Result result = Fp32Converter.run(new Fp32Converter.Plan(file, out));
        assertThat(result.notes()).anyMatch(note -> note.contains("could not be compared"));
        Network converted = Importer.open(out);
        assertThat(converted.model().graph().initializers().get("w").toFloats()).containsExactly(0.5f, 0.5f);
        try (OrtSession session = OrtSession.open(out, 1)) {
            assertThat(session.run(ExampleInputs.random(converted.model().graph(), 1, 1)))
                    .containsKey("y");
        }
    }
}
