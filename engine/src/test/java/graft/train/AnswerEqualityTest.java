package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import graft.network.Head;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.testdata.Plans;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One epoch on answers in passages changes every tensor of an encoder as one epoch of PyTorch does, with the same loss: windows that
 * overlap, the mean of two cross-entropies, padding that counts nothing; {@code pytorch/answers/make_expected.py} is the recipe.
 */
class AnswerEqualityTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"head, head, 0.05, 1", "all, all, 0.05, 35", "all, adamw, 0.002, 35"})
    void updatesEqualPyTorchs(String trainable, String recipe, double rate, int tensors) throws Exception {
        Path data = Path.of(
                        getClass().getResource("/pytorch/answers/train.json").toURI())
                .getParent();
        Path network = data.resolveSibling("text").resolve("net.onnx");
        Plans plans = Plans.of(network, data, folder.resolve("run"))
                .trainable(trainable)
                .epochs(1)
                .batch(8)
                .learningRate(rate)
                .headInit(Head.Init.ZEROS)
                .with(PlanOptions.DOC_STRIDE, 8)
                .inOrder();
        FineTuningResult result =
                FineTuner.run((recipe.equals("adamw") ? plans.adamW().weightDecay(0) : plans).build(), Progress.NONE);
        assertThat(result.task()).isEqualTo("question-answering");
        assertThat(result.metric()).isEqualTo("f1");
        assertThat(TextEqualityTest.assertSameUpdates(
                        network, data.resolve("after-" + recipe + ".onnx"), result.network()))
                .isGreaterThanOrEqualTo(tensors);
        double loss = new ObjectMapper()
                .readTree(data.resolve("losses.json").toFile())
                .get(recipe)
                .asDouble();
        assertThat(result.epochs().get(0).trainLoss()).isCloseTo(loss, within(1e-5));
    }
}
