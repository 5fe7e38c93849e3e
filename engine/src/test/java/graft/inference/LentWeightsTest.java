package graft.inference;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LentWeightsTest {
    private static final int WIDE = 300;

    @TempDir
    private Path folder;

    /** A weight under two layers of which one turns it, one that nothing reads, and one that is the answer itself. */
    private static Model network() {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(WIDE))));
        editor.put(weight("large", 1));
        editor.put(weight("unread", 2));
        editor.put(weight("answer", 3));
        editor.nodes()
                .addAll(List.of(
                        Node.of("Transpose", "turned", List.of("large"), List.of("t")),
                        Node.of("MatMul", "first", List.of("x", "large"), List.of("p")),
                        Node.of("Relu", "relu", List.of("p"), List.of("r")),
                        Node.of("MatMul", "second", List.of("r", "t"), List.of("y")),
                        Node.of("Identity", "given", List.of("answer"), List.of("z"))));
        editor.outputs(List.of(ValueInfo.ofName("y"), ValueInfo.ofName("z")));
        return model.withGraph(editor.build());
    }

    private static Tensor weight(String name, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[WIDE * WIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensor.ofFloats(name, new long[] {WIDE, WIDE}, values);
    }

    @Test
    void aModelInMemoryAnswersAsItsFileToTheBit() {
        Model model = network();
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(model, file);
        float[] x = new float[2 * WIDE];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i);
        }
        Map<String, Values> fed = Map.of("x", Values.ofFloats(new long[] {2, WIDE}, x));
        try (OrtSession lent = OrtSession.open(model, 1);
                OrtSession plain = OrtSession.openPlain(model);
                OrtSession read = OrtSession.open(file, 1)) {
            Map<String, Values> expected = read.run(fed);
            Map<String, Values> answers = lent.run(fed);
            for (String output : List.of("y", "z")) {
                assertThat(answers.get(output)
                                .toTensor(output)
                                .sameAs(expected.get(output).toTensor(output)))
                        .as(output)
                        .isTrue();
            }
            assertThat(plain.run(fed)
                            .get("z")
                            .toTensor("z")
                            .sameAs(model.graph().initializers().get("answer")))
                    .isTrue();
        }
    }
}
