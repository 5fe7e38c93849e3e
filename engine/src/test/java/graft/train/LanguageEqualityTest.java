package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.judge.Showing;
import graft.onnx.Graph;
import graft.onnx.OnnxFile;
import graft.onnx.ValueInfo;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.testdata.Plans;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One epoch on texts changes every tensor of a decoder as one epoch of PyTorch does, with the same loss: its embedding, which is its last
 * layer too, by the sum of both gradients; {@code pytorch/language/make_expected.py} is the recipe.
 */
class LanguageEqualityTest {
    @TempDir
    Path folder;

    private static Path fixture(String name) {
        try {
            return Path.of(LanguageEqualityTest.class
                    .getResource("/pytorch/language/" + name)
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode losses() throws IOException {
        return new ObjectMapper().readTree(fixture("losses.json").toFile());
    }

    private Plans plans(String network) {
        return Plans.of(fixture(network), fixture("texts"), folder.resolve("run"))
                .with(PlanOptions.TASK, Optional.of("text-generation"))
                .with(PlanOptions.BLOCK_SIZE, 12)
                .trainable("all")
                .epochs(1)
                .batch(4)
                .inOrder();
    }

    @ParameterizedTest
    @CsvSource({"net.onnx, all, 0.05", "net.onnx, adamw, 0.002", "merged.onnx, all, 0.05"})
    void updatesEqualPyTorchs(String network, String recipe, double rate) throws Exception {
        Plans plans = plans(network).learningRate(rate);
        FineTuningResult result =
                FineTuner.run((recipe.equals("adamw") ? plans.adamW().weightDecay(0) : plans).build(), Progress.NONE);
        assertThat(result.metric()).isEqualTo("perplexity");
        assertThat(result.epochs().get(0).trainLoss())
                .isCloseTo(losses().get(recipe).asDouble(), within(1e-5));
        assertThat(TextEqualityTest.assertSameUpdates(
                        fixture(network), fixture("after-" + recipe + ".onnx"), result.network()))
                .isEqualTo(34); // two of the 36 are biases of keys
        assertThat(result.parityMaxAbs()).isLessThan(1e-4);
    }

    /** What learns is looked up in below everything that is frozen, and is the last layer too: both add to its gradient. */
    @Test
    void lastLayersLearnAsInPyTorchAndTheOthersStay() throws Exception {
        FineTuningResult result = FineTuner.run(
                plans("net.onnx").trainable("last:3").learningRate(0.05).build(), Progress.NONE);
        assertThat(result.epochs().get(0).trainLoss())
                .isCloseTo(losses().get("last").asDouble(), within(1e-5));
        assertThat(TextEqualityTest.assertSameUpdates(
                        fixture("net.onnx"), fixture("after-last.onnx"), result.network()))
                .isEqualTo(7);
        assertThat(result.frozenUnchanged()).isTrue();
        assertThat(result.frozenTensors()).isEqualTo(29); // of 36
    }

    @Test
    void theFileStillTakesAPastAndGivesIt() {
        FineTuningResult result = FineTuner.run(plans("net.onnx").build(), Progress.NONE);
        Graph before = OnnxFile.read(fixture("net.onnx")).graph();
        Graph after = OnnxFile.read(result.network()).graph();
        assertThat(after.inputs())
                .extracting(ValueInfo::name)
                .isEqualTo(before.inputs().stream().map(ValueInfo::name).toList());
        assertThat(after.outputNames()).isEqualTo(before.outputNames());
        assertThat(after.initializers().keySet())
                .isEqualTo(before.initializers().keySet());
    }

    @Test
    void theFewestPerplexityIsTheBestEpochAndSamplesAreToldBeforeAndAfter() throws Exception {
        List<Showing.Sample> samples = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void report(Event event) {
                if (event instanceof Showing.Sample sample) {
                    samples.add(sample);
                }
            }
        };
        // The first epoch learns; what a rate of 40 does to the second and third is no better.
        FineTuningResult result = FineTuner.run(
                plans("net.onnx").epochs(6).learningRate(0.6).earlyStop(2).build(), progress);
        double best = result.epochs().stream()
                .mapToDouble(each -> each.valScore())
                .min()
                .orElseThrow();
        assertThat(result.valScore()).isCloseTo(best, within(1e-3 * best));
        assertThat(result.epochs().get(result.bestEpoch() - 1).valScore()).isEqualTo(best);
        assertThat(result.epochs().get(0).valScore())
                .isCloseTo(Math.exp(result.epochs().get(0).valLoss()), within(1e-6));
        assertThat(samples).hasSize(result.epochs().size() + 1);
        assertThat(samples.get(0).epoch()).isZero();
        assertThat(samples.get(1).prompt()).isEqualTo(samples.get(0).prompt());
    }
}
