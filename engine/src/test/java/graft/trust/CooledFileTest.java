package graft.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.evaluate.Predictions;
import graft.inference.OrtSession;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.network.FeatureFinder;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.ElementType;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CooledFileTest {
    @TempDir
    Path folder;

    /** y = end(2 x), or 2 x alone, where x is not negative. */
    private Path network(String end) {
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(2))))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))))
                .put(Tensor.ofFloats("w", new long[] {2, 2}, 2, 0, 0, 2));
        graph.nodes().add(Node.of("Relu", "body", List.of("x"), List.of("features")));
        graph.nodes()
                .add(Node.of("MatMul", "linear", List.of("features", "w"), List.of(end.isEmpty() ? "y" : "logits")));
        if (!end.isEmpty()) {
            graph.nodes().add(Node.of(end, "end", List.of("logits"), List.of("y")));
        }
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(empty.withGraph(graph.build()), file);
        return file;
    }

    private static float[] answer(Model model) {
        try (OrtSession session = OrtSession.openPlain(model)) {
            return session.run(Map.of("x", Values.of(Tensor.ofFloats("x", new long[] {1, 2}, 1, 3))))
                    .get("y")
                    .toTensor("")
                    .toFloats();
        }
    }

    /** By hand: logits 2 and 6, by a temperature of 4 they are 0.5 and 1.5, of which softmax makes 1 / (1 + e). */
    @ParameterizedTest
    @ValueSource(strings = {"", "Softmax", "LogSoftmax"})
    void logitsAreDividedWhereTheyAre(String end) {
        Path file = network(end);
        Model cooled = CooledFile.of(Classifier.read(file, Reading.USUAL), 4, Map.of());
        float[] answer = answer(cooled);
        double first = 1 / (1 + Math.E);
        double wanted = end.isEmpty() ? 0.5 : end.equals("Softmax") ? first : Math.log(first);
        assertThat((double) answer[0]).isCloseTo(wanted, within(1e-6));
        assertThat(cooled.metadata()).containsEntry("graft.temperature", "4.0");
        Network opened = Importer.of(file, cooled, Reading.USUAL);
        assertThat(FeatureFinder.find(opened, Optional.empty()))
                .as("what a new head or a note of examples stands on")
                .isEqualTo("features");
    }

    @Test
    void aFileThatAnswersOtherwiseIsNotWritten() {
        Path file = network("");
        Path out = folder.resolve("cooled.onnx");
        Predictions before = new Predictions(
                List.of("a", "b"), List.of(), new int[] {1}, new int[] {1}, new float[][] {{0.2f, 0.8f}});
        Predictions other = before.withProbabilities(new float[][] {{0.1f, 0.9f}});
        assertThatThrownBy(() -> CooledFile.write(
                        Classifier.read(file, Reading.USUAL), 2, Map.of(), Scored.of(before), written -> other, out))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no logits that a temperature scales");
        assertThat(out).doesNotExist();
    }
}
