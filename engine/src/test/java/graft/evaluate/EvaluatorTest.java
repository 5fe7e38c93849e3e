package graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.Examples;
import graft.data.Targets;
import graft.data.UniformExamples;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that hand on their inputs, so that what they answer is what they are fed. */
class EvaluatorTest {
    @TempDir
    Path folder;

    /** Rows of scores for three classes, with labels. */
    private record Rows(float[][] scores, int[] labels) implements UniformExamples {
        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public Targets targets() {
            return ClassTargets.equal(labels, 3);
        }

        @Override
        public String name(int i) {
            return "row " + i;
        }

        @Override
        public String key(int i) {
            return name(i);
        }

        @Override
        public long[] shape() {
            return new long[] {3};
        }

        @Override
        public ElementType type() {
            return ElementType.FLOAT;
        }

        @Override
        public void read(int i, long view, ByteBuffer into) {
            ByteBuffer rest = into.slice().order(java.nio.ByteOrder.LITTLE_ENDIAN);
            rest.asFloatBuffer().put(scores[i]);
            into.position(into.position() + 12);
        }
    }

    private static final Rows FIVE =
            new Rows(new float[][] {{5, 0, 0}, {0, 5, 0}, {0, 0, 5}, {5, 0, 1}, {0, 1, 9}}, new int[] {0, 1, 2, 2, 2});

    private Path network(ElementType type, Dim batch, Map<String, String> notes) {
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", type, batch, Dim.of(3))))
                .outputs(List.of(ValueInfo.of("y", type, batch, Dim.of(3))));
        graph.nodes().add(Node.of("Identity", "", List.of("x"), List.of("y")));
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(empty.withGraph(graph.build()).withMetadata(notes), file);
        return file;
    }

    private static Predictions predict(Path network, List<String> classes, Examples examples) {
        try (Evaluator evaluator = Evaluator.open(network, 1)) {
            return evaluator.predict(classes, examples, Progress.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 2, 7})
    void everyBatchSizeGivesTheSamePredictions(long batch) {
        Dim dim = batch < 0 ? Dim.free("N") : Dim.of(batch);
        Predictions said = predict(network(ElementType.FLOAT, dim, Map.of()), List.of("a", "b", "c"), FIVE);
        assertThat(said.predicted()).containsExactly(0, 1, 2, 0, 2);
        assertThat(ClassEvaluation.of(said).accuracy()).isEqualTo(0.8);
        assertThat(ClassEvaluation.of(said).wrong().get(0).name()).isEqualTo("row 3");
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT16", "DOUBLE"})
    void picturesAreConvertedToTheTypeOfTheInput(ElementType type) {
        Predictions said = predict(network(type, Dim.free("N"), Map.of()), List.of("a", "b", "c"), FIVE);
        assertThat(said.predicted()).containsExactly(0, 1, 2, 0, 2);
    }

    @Test
    void classesAreMatchedByTheNamesInTheFile() {
        Path network = network(ElementType.FLOAT, Dim.free("N"), Map.of("graft.classes", "[\"a\",\"c\",\"b\"]"));
        Predictions said = predict(network, List.of("b", "c"), new Rows(FIVE.scores, new int[] {0, 1, 0, 0, 0}));
        assertThat(said.classes()).containsExactly("a", "c", "b");
        assertThat(said.truth()).containsExactly(2, 1, 2, 2, 2);
        assertThat(ClassEvaluation.of(said).accuracy()).isEqualTo(0.6);
        assertThatThrownBy(() -> predict(network, List.of("a", "zebra"), FIVE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("class zebra")
                .hasMessageContaining("it knows a, c, b");
    }

    @Test
    void outputsThatNobodyNamedAreRefused() {
        Path network = network(ElementType.FLOAT, Dim.free("N"), Map.of());
        Rows two = new Rows(FIVE.scores, new int[] {0, 1, 1, 0, 1});
        assertThatThrownBy(() -> predict(network, List.of("a", "b"), two))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("which output stands for which class is not known");
        assertThatThrownBy(() -> predict(network, List.of("a", "b", "c", "d"), FIVE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("3 outputs but there are 4 classes");
    }

    /** A network of the number of examples alone. */
    @Test
    void anInputWithoutAxesIsRefused() {
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT)))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.of(1), Dim.of(3))));
        graph.put(Tensor.ofLongs("shape", new long[] {2}, 1, 3));
        graph.nodes().add(Node.of("Expand", "", List.of("x", "shape"), List.of("y")));
        Path file = folder.resolve("scalar.onnx");
        OnnxFile.write(empty.withGraph(graph.build()), file);
        assertThatThrownBy(() -> predict(file, List.of("a", "b", "c"), FIVE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("The examples have the shape [3]");
    }

    @Test
    void notANumberIsRefusedByFileAndExample() {
        Path network = network(ElementType.FLOAT, Dim.free("N"), Map.of());
        Rows broken = new Rows(new float[][] {{1, 2, 3}, {0, Float.NaN, 0}}, new int[] {0, 1});
        assertThatThrownBy(() -> predict(network, List.of("a", "b", "c"), broken))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("network.onnx answers NaN (not a number) for row 1");
    }

    @Test
    void probabilitiesAreTheSoftmaxOfScoresButNotOfProbabilities() {
        Path network = network(ElementType.FLOAT, Dim.free("N"), Map.of());
        Rows rows = new Rows(new float[][] {{0.5f, 0.25f, 0.25f}, {0, 0, (float) Math.log(2)}}, new int[] {0, 2});
        Predictions said = predict(network, List.of("a", "b", "c"), rows);
        assertThat(said.probabilities()[0]).containsExactly(0.5f, 0.25f, 0.25f);
        assertThat(said.probabilities()[1])
                .containsExactly(new float[] {0.25f, 0.25f, 0.5f}, org.assertj.core.data.Offset.offset(1e-6f));
    }

    /** Softmax of (1, 0, 0) = (e, 1, 1) / (e + 2); the scores of a layer may sum up to 1 by chance. */
    @Test
    void scoresOfALinearLayerAreNoProbabilitiesWhateverTheirSum() {
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3))))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(3))))
                .put(graft.onnx.Tensor.ofFloats("w", new long[] {3, 3}, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}));
        graph.nodes().add(Node.of("MatMul", "", List.of("x", "w"), List.of("y")));
        Path file = folder.resolve("linear.onnx");
        OnnxFile.write(empty.withGraph(graph.build()), file);
        Rows one = new Rows(new float[][] {{1, 0, 0}, {0, 1, 0}}, new int[] {0, 1});
        float[] said = predict(file, List.of("a", "b", "c"), one).probabilities()[0];
        assertThat(said[0]).isCloseTo((float) (Math.E / (Math.E + 2)), org.assertj.core.api.Assertions.within(1e-6f));
    }
}
