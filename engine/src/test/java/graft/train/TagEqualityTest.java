package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import graft.network.Head;
import graft.progress.Progress;
import graft.run.FineTuningPlan.Decayed;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.PlanOptions.Kept;
import graft.run.Schedule;
import graft.testdata.Plans;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One epoch on tags of words changes every tensor of an encoder as one epoch of PyTorch does, with the same loss: the first piece of
 * each word counts, the mean is over the words of a batch; {@code pytorch/tags/make_expected.py} is the recipe.
 */
class TagEqualityTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"head, head, 0.05, 2", "all, all, 0.05, 37", "all, adamw, 0.002, 37"})
    void updatesEqualPyTorchs(String trainable, String recipe, double rate, int tensors) throws Exception {
        Path data = Path.of(getClass().getResource("/pytorch/tags/train.conll").toURI())
                .getParent();
        Path network = data.resolveSibling("text").resolve("net.onnx");
        Plans plans = Plans.of(network, data, folder.resolve("run"))
                .trainable(trainable)
                .epochs(1)
                .batch(8)
                .learningRate(rate)
                .headInit(Head.Init.ZEROS)
                .inOrder();
        FineTuningResult result =
                FineTuner.run((recipe.equals("adamw") ? plans.adamW().weightDecay(0) : plans).build(), Progress.NONE);
        assertThat(result.task()).isEqualTo("token-classification");
        assertThat(result.metric()).isEqualTo("f1");
        // Below a head alone each token's features are kept, and are put together again.
        assertThat(result.featureCache().bytes() > 0).isEqualTo(trainable.equals("head"));
        assertThat(TextEqualityTest.assertSameUpdates(
                        network, data.resolve("after-" + recipe + ".onnx"), result.network()))
                .isGreaterThanOrEqualTo(tensors);
        double loss = new ObjectMapper()
                .readTree(data.resolve("losses.json").toFile())
                .get(recipe)
                .asDouble();
        assertThat(result.epochs().get(0).trainLoss()).isCloseTo(loss, within(1e-5));
    }

    /** AdamW without decay on biases and norms, rates by blocks, linear warm-up and decay, gradients clipped. */
    @Test
    void transformersAreFineTunedAsByPyTorch() throws Exception {
        Path data = Path.of(getClass().getResource("/pytorch/tags/train.conll").toURI())
                .getParent();
        Path network = data.resolveSibling("text").resolve("net.onnx");
        FineTuningResult result = FineTuner.run(
                Plans.of(network, data, folder.resolve("run"))
                        .trainable("all")
                        .epochs(2)
                        .batch(8)
                        .learningRate(0.01)
                        .headInit(Head.Init.ZEROS)
                        .inOrder()
                        .adamW()
                        .weightDecay(0.1)
                        .with(PlanOptions.WEIGHT_DECAY_ON, Decayed.MATRICES)
                        .with(PlanOptions.LR_DECAY, 0.7)
                        .with(PlanOptions.SCHEDULE, Schedule.LINEAR)
                        .with(PlanOptions.WARMUP, 0.5)
                        .with(PlanOptions.CLIP, 0.5)
                        .with(PlanOptions.KEEP, Kept.LAST)
                        .build(),
                Progress.NONE);
        assertThat(TextEqualityTest.assertSameUpdates(network, data.resolve("after-recipe.onnx"), result.network()))
                .isGreaterThanOrEqualTo(37);
        double loss = new ObjectMapper()
                .readTree(data.resolve("losses.json").toFile())
                .get("recipe")
                .asDouble();
        assertThat(result.epochs().get(0).trainLoss()).isCloseTo(loss, within(1e-5));
    }
}
