package graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.network.Head;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.testdata.Plans;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One epoch on texts changes every tensor of an encoder as one epoch of PyTorch does: padded batches, masked mean, embeddings;
 * {@code pytorch/text/make_expected.py} is the recipe.
 */
public class TextEqualityTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"head, head, 0.05", "all, all, 0.05", "all, adamw, 0.002"})
    void updatesEqualPyTorchs(String trainable, String recipe, double rate) throws Exception {
        Path network = Path.of(getClass().getResource("/pytorch/text/net.onnx").toURI());
        Plans plans = Plans.of(network, network.getParent(), folder.resolve("run"))
                .trainable(trainable)
                .epochs(1)
                .batch(8)
                .learningRate(rate)
                .headInit(Head.Init.ZEROS)
                .inOrder();
        FineTuningPlan plan = (recipe.equals("adamw") ? plans.adamW().weightDecay(0) : plans).build();
        FineTuningResult result = FineTuner.run(plan, Progress.NONE);
        assertThat(assertSameUpdates(network, network.resolveSibling("after-" + recipe + ".onnx"), result.network()))
                .isGreaterThan(35);
    }

    /** Holds every tensor of {@code expected}, PyTorch's, against that of a file; how many there are. */
    public static int assertSameUpdates(Path network, Path expected, Path file) {
        Map<String, Tensor> before = OnnxFile.read(network).graph().initializers();
        Map<String, Tensor> after = OnnxFile.read(file).graph().initializers();
        Map<String, Tensor> wanted = OnnxFile.read(expected).graph().initializers();
        wanted.forEach((name, tensor) -> {
            float[] start = before.containsKey(name) ? before.get(name).toFloats() : new float[(int) tensor.size()];
            assertSameUpdate(name, start, tensor.toFloats(), after.get(name).toFloats());
        });
        return wanted.size();
    }

    /** The difference of the updates is at most a hundredth of PyTorch's, in the Euclidean norm. */
    private static void assertSameUpdate(String name, float[] start, float[] expected, float[] actual) {
        double difference = 0;
        double update = 0;
        for (int i = 0; i < start.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            update += Math.pow(expected[i] - start[i], 2);
        }
        assertThat(Math.sqrt(difference)).as(name).isLessThanOrEqualTo(1e-2 * Math.sqrt(update));
    }
}
