package graft.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.gradcheck.GradientReport.Status;
import graft.gradcheck.GradientReport.TensorGradient;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
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
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientCheckTest {
    /** A number of the three entries of {@code w}, with gradients that somebody claims. */
    private record Claim(double[] w, ToDoubleFunction<double[]> function, Map<String, double[]> gradients)
            implements ScalarFunction {
        @Override
        public double value() {
            return function.applyAsDouble(w);
        }

        @Override
        public int size(String tensor) {
            return w.length;
        }

        @Override
        public double get(String tensor, int entry) {
            return w[entry];
        }

        @Override
        public void set(String tensor, int entry, double value) {
            w[entry] = value;
        }
    }

    private static double cubes(double[] w) {
        return w[0] * w[0] * w[0] + 2 * w[1] * w[2];
    }

    private static TensorGradient check(double[] w, ToDoubleFunction<double[]> function, double... gradient) {
        Map<String, double[]> claimed = gradient.length == 0 ? Map.of() : Map.of("w", gradient);
        return new GradientCheck(new Claim(w, function, claimed), 3)
                .check(List.of("w"), 1, Progress.NONE)
                .get(0);
    }

    @Test
    void rightGradientsPass() {
        TensorGradient found = check(new double[] {2, 3, 5}, GradientCheckTest::cubes, 12, 10, 6);
        assertThat(found.status()).isEqualTo(Status.PASSED);
        assertThat(found.sampled()).isEqualTo(3);
        assertThat(found.maxRelativeError()).isLessThan(1e-6);
    }

    @Test
    void oneGradientThatIsATenthOfAPercentOffFails() {
        TensorGradient found = check(new double[] {2, 3, 5}, GradientCheckTest::cubes, 12, 10.01, 6);
        assertThat(found.status()).isEqualTo(Status.FAILED);
        assertThat(found.message()).isEqualTo("entry 1 has the gradient 10.0100 where the slope is 10.0000");
        assertThat(found.maxRelativeError()).isBetween(9e-4, 1.1e-3);
    }

    @Test
    void missingGradientFailsWhereThereIsASlope() {
        assertThat(check(new double[] {2, 3, 5}, GradientCheckTest::cubes).message())
                .startsWith("no gradient reached it, where entry");
        assertThat(check(new double[] {2, 3, 5}, w -> 7).status()).isEqualTo(Status.PASSED);
    }

    /** A Relu at 0 has the slopes 0 and 1; PyTorch calls its gradient 0. */
    @Test
    void anEdgeIsSkippedAndOnlyAGradientBetweenItsSlopesIsExcused() {
        ToDoubleFunction<double[]> edge = w -> Math.max(w[0], 0) + w[1] + w[2];
        TensorGradient found = check(new double[] {0, 3, 5}, edge, 0, 1, 1);
        assertThat(found.status()).isEqualTo(Status.PASSED);
        assertThat(found.kinks()).isEqualTo(1);
        assertThat(found.sampled()).isEqualTo(2);
        assertThat(check(new double[] {0, 3, 5}, edge, 1.5, 1, 1).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void anEdgeBesideThePlaceDoesNotDisturb() {
        TensorGradient found = check(new double[] {3e-6, 3, 5}, w -> Math.abs(w[0]) + w[1] + w[2], 1, 1, 1);
        assertThat(found.status()).isEqualTo(Status.PASSED);
        assertThat(found.kinks()).isZero();
    }

    @Test
    void outputsWithoutAGradientAreRefused() {
        assertThatThrownBy(() -> check(new double[] {2, 3, 5}, w -> Double.NaN, 1, 1, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is NaN, of which there is no gradient");
        assertThatThrownBy(() -> check(new double[] {2, 3, 5}, w -> Math.random(), 1, 1, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("another output each time");
    }

    /** Its past is as while it learns: empty. */
    @Test
    void aNetworkThatWritesOnPassesWithItsEmbeddingAsLastLayerToo() throws Exception {
        Path decoder =
                Path.of(getClass().getResource("/pytorch/language/net.onnx").toURI());
        GradientReport found = GradientChecker.check(decoder, 2, 2, 0, 1, Progress.NONE);
        assertThat(found.tensors())
                .extracting(TensorGradient::status)
                .hasSize(36)
                .containsOnly(Status.PASSED);
    }

    @Test
    void halfPrecisionIsToBeConvertedFirst(@TempDir Path folder) {
        Model model = Model.create("graft tests", 8, 17);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT16, Dim.of(1), Dim.of(1))));
        // 0x3c00 is 1.0 in IEEE 754's half precision.
        editor.put(Tensor.ofBytes("w", ElementType.FLOAT16, new long[] {1, 1}, ByteBuffer.wrap(new byte[] {0, 0x3c})));
        editor.nodes().add(Node.of("MatMul", "fc", List.of("x", "w"), List.of("y")));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT16, Dim.of(1), Dim.of(1))));
        Path file = folder.resolve("half.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        assertThatThrownBy(() -> GradientChecker.check(file, 1, 1, 1, 1, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("graft convert " + file);
    }
}
