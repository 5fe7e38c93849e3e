package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult.Epoch;
import graft.run.PlanOptions;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.train.RateFinder.Found;
import graft.train.RateFinder.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateProofTest {
    private static final double GUESSING = Math.log(2);

    @TempDir
    Path folder;

    /** Pictures as eight pixels from 0 to 255, which nobody scaled: what a class is, is told by the first four being the brighter. */
    private FineTuningPlan pixels() throws IOException {
        Random random = new Random(3);
        float[][] rows = new float[40][8];
        int[] labels = new int[40];
        for (int i = 0; i < 40; i++) {
            labels[i] = i % 2;
            for (int j = 0; j < 8; j++) {
                rows[i][j] = random.nextInt(128) + (j / 4 == labels[i] ? 128 : 0);
            }
        }
        Path data = NpzFiles.rows(
                folder.resolve("data.npz"), Map.of("train", rows, "val", rows), Map.of("train", labels, "val", labels));
        Path network = folder.resolve("net.onnx");
        OnnxFile.write(perceptron(random), network);
        return Plans.of(network, data, folder.resolve("run"))
                .trainable("all")
                .batch(8)
                .epochs(3)
                .with(PlanOptions.THREADS, 1)
                .build();
    }

    private static Model perceptron(Random random) {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(8))));
        String[] names = {"hidden", "fc"};
        long[][] shapes = {{16, 8}, {2, 16}};
        for (int i = 0; i < 2; i++) {
            float[] values = new float[(int) (shapes[i][0] * shapes[i][1])];
            for (int j = 0; j < values.length; j++) {
                values[j] = 0.3f * (float) random.nextGaussian();
            }
            editor.put(Tensor.ofFloats(names[i] + ".weight", shapes[i], values));
            editor.put(Tensor.ofFloats(names[i] + ".bias", new long[] {shapes[i][0]}, new float[(int) shapes[i][0]]));
        }
        editor.nodes()
                .addAll(List.of(
                        Node.of("Gemm", "hidden", List.of("x", "hidden.weight", "hidden.bias"), List.of("h"))
                                .with("transB", 1L),
                        Node.of("Relu", "relu", List.of("h"), List.of("r")),
                        Node.of("Gemm", "fc", List.of("r", "fc.weight", "fc.bias"), List.of("y"))
                                .with("transB", 1L)));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        return model.withGraph(editor.build());
    }

    @Test
    void aRateAtWhichTheLossRisesIsNotSuggestedThoughTheCurveFellThere() throws IOException {
        FineTuningPlan plan = pixels();
        Found found = RateFinder.find(plan, NetworkFile.at(plan.network()), 60, Progress.NONE);
        double said = RateFinder.suggestion(found.curve());
        assertThat(found.trials().get(0).lr()).isEqualTo(said);
        assertThat(found.trials()).extracting(Trial::learns).containsExactly(false, true);
        assertThat(found.suggestion()).isCloseTo(said / 3, within(1e-12));
        List<Epoch> rising = run(plan, said);
        assertThat(rising.get(2).trainLoss())
                .as("a run at what the curve said")
                .isGreaterThan(rising.get(0).trainLoss());
        assertThat(run(plan, found.suggestion()).get(2).trainLoss()).isLessThan(0.1);
    }

    private List<Epoch> run(FineTuningPlan plan, double lr) {
        return FineTuner.run(
                        plan.with(PlanOptions.LEARNING_RATE, lr).withOut(folder.resolve("run" + lr)), Progress.NONE)
                .epochs();
    }

    @Test
    void whatFallsToTheLossOfGuessingOrByNextToNothingLearnsNothing() {
        assertThat(RateProof.trial(1, 340, 0.69, GUESSING).learns()).isFalse();
        assertThat(RateProof.trial(1, 340, 11, GUESSING).learns()).isTrue();
        assertThat(RateProof.trial(1, 0.7, 0.69, GUESSING).learns())
                .as("it began there")
                .isTrue();
        assertThat(RateProof.trial(1, 0.7, 0.699, GUESSING).learns()).isFalse();
        assertThat(RateProof.trial(1, 340, 2, Double.NaN).learns())
                .as("guessing is not known")
                .isTrue();
        assertThat(RateProof.trial(1, 340, Double.NaN, GUESSING)).isEqualTo(new Trial(1, 340, null, false));
    }

    /** Ends of runs at 9, 3, 1, …: lost, guessing, better; then where nothing falls, whatever the rate. */
    @Test
    void thirdsAreTriedUntilOneLearnsOrSmallerOnesOnlyFallLess() {
        List<Trial> found = RateProof.from(
                9, GUESSING, lr -> RateProof.trial(lr, 5, lr > 8 ? Double.NaN : lr > 2 ? 0.69 : 0.5, GUESSING));
        assertThat(found).hasSize(3);
        assertThat(RateProof.best(found, GUESSING).lr()).isCloseTo(1, within(1e-12));
        List<Trial> slow = RateProof.from(9, GUESSING, lr -> RateProof.trial(lr, 0.7, 0.7 - lr / 10_000, GUESSING));
        assertThat(slow).hasSize(2);
        assertThat(RateProof.best(slow, GUESSING).lr()).isEqualTo(9);
        List<Trial> none = RateProof.from(9, GUESSING, lr -> RateProof.trial(lr, 5, Double.NaN, GUESSING));
        assertThat(none).hasSize(6);
        assertThat(RateProof.best(none, GUESSING).lr()).isCloseTo(9 / 243.0, within(1e-12));
    }
}
