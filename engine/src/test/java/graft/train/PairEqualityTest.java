package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.run.Fit;
import graft.run.PlanOptions;
import graft.run.TrainingEvents;
import graft.testdata.Plans;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One epoch on pairs changes every tensor of an encoder as PyTorch does, and the head is scikit-learn's;
 * {@code pytorch/sentences/make_expected.py} is the recipe.
 */
class PairEqualityTest {
    @TempDir
    Path folder;

    private static Path fixture(String name) {
        try {
            return Path.of(PairEqualityTest.class
                    .getResource("/pytorch/sentences/" + name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Plans plans(String out) {
        return Plans.of(fixture("net.onnx"), fixture("net.onnx").getParent(), folder.resolve(out))
                .with(PlanOptions.FIT, Fit.PAIRS)
                .trainable("all")
                .epochs(1)
                .batch(8)
                .learningRate(0.2);
    }

    /** Stops at a step, as somebody does who closes the window; tells the losses of the steps until then. */
    private static final class Steps implements Progress {
        private final int most;
        private int count;
        private double sum;

        Steps(int most) {
            this.most = most;
        }

        @Override
        public void report(Event event) {
            if (event instanceof TrainingEvents.Step step) {
                count++;
                sum += step.loss();
            }
        }

        @Override
        public boolean isCancelled() {
            return count >= most;
        }
    }

    @Test
    void updatesEqualPyTorchsAndTheHeadIsScikitLearns() throws Exception {
        Steps steps = new Steps(Integer.MAX_VALUE);
        FineTuningResult result =
                FineTuner.run(plans("run").with(PlanOptions.PAIRS, 1).inOrder().build(), steps);
        double expected = new ObjectMapper()
                .readTree(fixture("pairs.json").toFile())
                .get("loss")
                .asDouble();
        assertThat(steps.count).isEqualTo(7); // 56 examples, each of a pair counted
        assertThat(steps.sum / steps.count).isCloseTo(expected, within(1e-5));
        assertThat(TextEqualityTest.assertSameUpdates(
                        fixture("net.onnx"), fixture("after-pairs.onnx"), result.network()))
                .isEqualTo(9);
        assertThat(result.parityMaxAbs()).isLessThan(1e-4);
    }

    @Test
    void aRunThatStoppedGoesOnToTheSameBytes() {
        FineTuningResult whole = FineTuner.run(plans("whole").epochs(2).build(), Progress.NONE);
        Path out = folder.resolve("stopped");
        FineTuner.run(plans("stopped").epochs(2).build(), new Steps(10));
        FineTuningResult resumed = FineTuner.resume(out, Progress.NONE);
        Map<String, Tensor> expected = OnnxFile.read(whole.network()).graph().initializers();
        OnnxFile.read(resumed.network()).graph().initializers().forEach((name, tensor) -> assertThat(
                        tensor.sameAs(expected.get(name)))
                .as(name)
                .isTrue());
        assertThat(resumed.epochs().get(1).valLoss())
                .isEqualTo(whole.epochs().get(1).valLoss());
    }

    @Test
    void whatCannotBePairedIsRefused() {
        assertThatThrownBy(() -> FineTuner.run(plans("odd").batch(7).build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no whole number of pairs");
        assertThatThrownBy(() -> FineTuner.run(plans("head").trainable("head").build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("teaches the layers that make features");
    }
}
