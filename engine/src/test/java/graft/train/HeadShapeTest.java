package graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.network.HeadShape;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.testdata.Plans;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of more than a linear layer. */
class HeadShapeTest {
    @TempDir
    Path folder;

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(HeadShapeTest.class.getResource("/pytorch/" + name).toURI());
    }

    private FineTuningResult run(String shape, boolean dropout) throws URISyntaxException {
        FineTuningPlan plan = Plans.of(resource("net.onnx"), resource("data.npz"), folder.resolve("run-" + dropout))
                .epochs(2)
                .batch(8)
                .learningRate(0.05)
                .with(PlanOptions.HEAD_SHAPE, HeadShape.parse(shape))
                .with(PlanOptions.DROPOUT, dropout)
                .build();
        return FineTuner.run(plan, Progress.NONE);
    }

    private static List<String> end(Path file, int nodes) {
        List<Node> all = OnnxFile.read(file).graph().nodes();
        return all.subList(all.size() - nodes, all.size()).stream()
                .map(Node::opType)
                .toList();
    }

    @Test
    void theFileHasWhatWasAskedForBeforeTheLastLayerAndItsProofHolds() throws Exception {
        FineTuningResult result = run("dropout:0.5,linear:8,relu", true);
        assertThat(end(result.network(), 4)).containsExactly("Dropout", "Gemm", "Relu", "Gemm");
        assertThat(result.parityMaxAbs()).isLessThan(1e-5);
        assertThat(result.frozenUnchanged()).isTrue();
        int features = (int) OnnxFile.read(result.network())
                .graph()
                .initializers()
                .get("head.1.weight")
                .shape()[1];
        int classes = result.classes().size();
        assertThat(result.trainableParameters()).isEqualTo(8L * features + 8 + 8L * classes + classes);
    }

    @Test
    void dropoutActsAlsoWhereNothingThatLearnsStandsBelowIt() throws Exception {
        assertThat(run("dropout:0.9", true).epochs().get(0).trainLoss())
                .as("of the same seed, with nine of ten features gone at each step")
                .isNotEqualTo(run("dropout:0.9", false).epochs().get(0).trainLoss());
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear:0", "linear:x", "dropout:1", "dropout:-0.1", "softmax", "relu,", "linear:99999"})
    void whatIsNoPartOfAHeadIsNamed(String text) {
        assertThat(HeadShape.parse(text).complaint().orElseThrow())
                .contains("'" + text.replace("relu,", "") + "'")
                .contains("linear:WIDTH");
    }

    @Test
    void whatIsTypedIsSaidAgain() {
        for (String text : List.of("linear", "linear:256,relu", "dropout:0.2,linear:64,tanh,dropout:.5")) {
            assertThat(HeadShape.parse(text)).hasToString(text);
            assertThat(HeadShape.parse(text).complaint()).isEmpty();
        }
    }
}
