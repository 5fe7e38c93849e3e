package graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.network.Head;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import graft.testdata.Plans;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One epoch of Graft changes every tensor as one epoch of PyTorch does; {@code make_expected.py} is the recipe. */
class PyTorchEqualityTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"head, after-head.onnx", "last:2, after-last2.onnx", "all, after-all.onnx"})
    void updatesEqualPyTorchs(String trainable, String expectedFile) throws Exception {
        Path network = resource("net.onnx");
        FineTuningPlan plan = Plans.of(network, resource("data.npz"), folder.resolve("run"))
                .trainable(trainable)
                .epochs(1)
                .batch(8)
                .learningRate(0.05)
                .headInit(Head.Init.ZEROS)
                .inOrder()
                .build();
        assertSameUpdates(FineTuner.run(plan, Progress.NONE), expectedFile);
    }

    /** The optimizer of the second stage begins anew; the block learns at half the rate, the stem at a quarter. */
    @Test
    void updatesOfTwoStagesWithRatesPerBlockEqualPyTorchs() throws Exception {
        FineTuningPlan plan = Plans.of(resource("net.onnx"), resource("data.npz"), folder.resolve("run"))
                .batch(8)
                .learningRate(0.05)
                .headInit(Head.Init.ZEROS)
                .inOrder()
                .with(PlanOptions.STAGES, PlanOptions.STAGES.kind().parse("head epochs=1; all epochs=1 lr-decay=0.5"))
                .build();
        FineTuningResult result = FineTuner.run(plan, Progress.NONE);
        assertThat(result.bestEpoch()).as("the last epoch is in the file").isEqualTo(2);
        assertSameUpdates(result, "after-stages.onnx");
    }

    @ParameterizedTest
    @CsvSource({"clip, 0.5, after-clip.onnx", "l2-sp, 4, after-l2-sp.onnx", "ema, 0.7, after-ema.onnx"})
    void updatesUnderATechniqueEqualPyTorchs(String key, double value, String expectedFile) throws Exception {
        FineTuningPlan plan = Plans.of(resource("net.onnx"), resource("data.npz"), folder.resolve("run"))
                .trainable("all")
                .epochs(1)
                .batch(8)
                .learningRate(0.05)
                .headInit(Head.Init.ZEROS)
                .inOrder()
                .with(number(key), value)
                .build();
        assertSameUpdates(FineTuner.run(plan, Progress.NONE), expectedFile);
    }

    /** Eight steps, the last two of which are averaged; PyTorch takes the statistics anew as its update_bn does. */
    @Test
    void theAverageOfTheEndAndItsStatisticsEqualPyTorchs() throws Exception {
        FineTuningPlan plan = Plans.of(resource("net.onnx"), resource("data.npz"), folder.resolve("run"))
                .trainable("all")
                .epochs(1)
                .batch(4)
                .learningRate(0.05)
                .headInit(Head.Init.ZEROS)
                .inOrder()
                .with(PlanOptions.SWA, true)
                .build();
        assertSameUpdates(FineTuner.run(plan, Progress.NONE), "after-swa.onnx");
    }

    /** Both domains go through by their own batches; the running statistics are those of the target, which has no labels here. */
    @Test
    void updatesUnderTwoDomainsEqualPyTorchs() throws Exception {
        FineTuningPlan plan = Plans.of(resource("net.onnx"), resource("data.npz"), folder.resolve("run"))
                .trainable("all")
                .epochs(1)
                .batch(8)
                .learningRate(0.05)
                .headInit(Head.Init.ZEROS)
                .inOrder()
                .with(TransferOptions.ADAPT, TransferOptions.Adaptation.CORAL)
                .with(TransferOptions.ADAPT_WEIGHT, 50.0)
                .with(TransferOptions.TARGET, Optional.of(resource("target.npz").toString()))
                .build();
        FineTuningResult result = FineTuner.run(plan, Progress.NONE);
        assertSameUpdates(result, "after-coral.onnx");
        assertThat(result.target().examples()).isEqualTo(6);
        assertThat(result.epochs().get(0).targetScore())
                .as("the engine and the written file say the same")
                .isEqualTo(result.target().score());
    }

    @SuppressWarnings("unchecked") // each of them is a number
    private static Option<Double> number(String key) {
        return (Option<Double>) PlanOptions.ALL.stream()
                .filter(option -> option.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static void assertSameUpdates(FineTuningResult result, String expectedFile) throws Exception {
        Map<String, Tensor> before = OnnxFile.read(resource("net.onnx")).graph().initializers();
        Map<String, Tensor> after = OnnxFile.read(result.network()).graph().initializers();
        Map<String, Tensor> expected =
                OnnxFile.read(resource(expectedFile)).graph().initializers();
        assertThat(expected).hasSizeGreaterThan(15);
        expected.forEach((name, tensor) -> {
            float[] start = before.containsKey(name) ? before.get(name).toFloats() : new float[(int) tensor.size()];
            boolean statistics = name.contains("running");
            assertSameUpdate(name, start, tensor.toFloats(), after.get(name).toFloats(), statistics ? 1e-3 : 1e-2);
        });
    }

    /**
     * The difference of the updates is at most {@code share} of PyTorch's, in the Euclidean norm, or what rounding the weights to
     * floats makes: a bias below a batch norm has no gradient but that.
     */
    private static void assertSameUpdate(String name, float[] start, float[] expected, float[] actual, double share) {
        double difference = 0;
        double update = 0;
        double size = 0;
        for (int i = 0; i < start.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            update += Math.pow(expected[i] - start[i], 2);
            size += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference))
                .as(name)
                .isLessThanOrEqualTo(share * Math.sqrt(update) + Math.ulp(1f) * Math.sqrt(size));
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(PyTorchEqualityTest.class.getResource("/pytorch/" + name).toURI());
    }
}
