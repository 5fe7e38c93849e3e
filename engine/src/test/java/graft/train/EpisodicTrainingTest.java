package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.episodes.EpisodePlan;
import graft.episodes.EpisodeTargets;
import graft.episodes.Kinds;
import graft.inference.OrtSession;
import graft.objective.Objective;
import graft.objective.PrototypicalLoss;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.TrainingEvents;
import graft.run.TransferOptions;
import graft.testdata.FewShot;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EpisodicTrainingTest {
    @TempDir
    Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void networkAndData() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        data = NpzFiles.examples(folder.resolve("data.npz"), 100, 60);
    }

    private Plans plan(String out) {
        return Plans.of(network, data, folder.resolve(out))
                .with(PlanOptions.RECIPE, Optional.of("episodes"))
                .with(PlanOptions.WAY, 3)
                .with(PlanOptions.SHOT, 2)
                .with(PlanOptions.QUERY, 3)
                .with(PlanOptions.EPISODES, 6)
                .with(PlanOptions.HELD_OUT, 0.0)
                .with(PlanOptions.CHECKPOINT_SECONDS, 0.0)
                .epochs(2)
                .learningRate(0.02);
    }

    /** PyTorch's loss of the same episode: {@code make_few_shot.py}; the judge's too. */
    @ParameterizedTest
    @EnumSource
    void theLossOfAnEpisodeIsPyTorchs(EpisodePlan.Distance distance) {
        float[][] rows = FewShot.rows("episode");
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        EpisodePlan plan = new EpisodePlan(3, 2, 2, 1, distance, 7, 1);
        EpisodeTargets targets = new EpisodeTargets(new Kinds(new int[12], new int[3], plan, 0, 1));
        int[] examples = new int[12];
        Map<String, Values> fed = new HashMap<>(targets.of(examples, 12));
        fed.put("features", Values.ofFloats(new long[] {12, rows[0].length}, flat));
        fed.put(Objective.SHARE, Values.ofFloats(new long[0], (float) (1 / targets.weight(examples))));
        Objective objective =
                switch (distance) {
                    case EUCLIDEAN -> PrototypicalLoss.over("features", EpisodeTargets.SUPPORT, EpisodeTargets.TARGET);
                    case COSINE ->
                        PrototypicalLoss.cosine("features", EpisodeTargets.SUPPORT, EpisodeTargets.TARGET, 7);
                    case MATCHING ->
                        PrototypicalLoss.matching("features", EpisodeTargets.SUPPORT, EpisodeTargets.TARGET, 7);
                };
        String expected =
                distance == EpisodePlan.Distance.EUCLIDEAN ? "episode_loss" : "episode_loss_" + distance.name();
        try (OrtSession session = OrtSession.openPlain(objective.graph())) {
            float loss = session.run(fed).get(Objective.LOSS).floats().get();
            assertThat(loss).isCloseTo((float) FewShot.expected(expected).asDouble(), within(1e-5f));
        }
    }

    @Test
    void featuresLearnByEpisodesAndTheFileGivesThem() {
        FineTuningResult result = FineTuner.run(plan("run").epochs(6).build(), Progress.NONE);
        assertThat(result.metric()).isEqualTo("episode_accuracy");
        assertThat(result.parityMaxAbs()).isLessThan(1e-4);
        assertThat(result.epochs().get(5).trainLoss())
                .isLessThan(result.epochs().get(0).trainLoss());
        assertThat(OnnxFile.read(result.network()).graph().outputNames()).containsExactly("features");
    }

    @ParameterizedTest
    @EnumSource(names = {"COSINE", "MATCHING"})
    void featuresLearnByCosinesToo(EpisodePlan.Distance distance) {
        FineTuningResult result = FineTuner.run(
                plan("run").with(PlanOptions.DISTANCE, distance).epochs(6).build(), Progress.NONE);
        assertThat(result.epochs().get(5).trainLoss())
                .isLessThan(result.epochs().get(0).trainLoss());
    }

    /** Nothing but what is on disk outlives an error that nobody catches, as after kill -9. */
    @Test
    void aRunKilledBetweenEpisodesIsResumedToTheSameBytes() {
        FineTuningResult whole = FineTuner.run(plan("whole").build(), Progress.NONE);
        int[] steps = {0};
        Progress killer = new Progress() {
            @Override
            public void report(Event event) {
                if (event instanceof TrainingEvents.Step && ++steps[0] == 9) {
                    throw new Killed();
                }
            }
        };
        try {
            FineTuner.run(plan("killed").build(), killer);
        } catch (Killed killed) {
            assertThat(steps[0]).isEqualTo(9);
        }
        FineTuningResult resumed = FineTuner.resume(folder.resolve("killed"), Progress.NONE);
        Map<String, Tensor> expected = OnnxFile.read(whole.network()).graph().initializers();
        OnnxFile.read(resumed.network()).graph().initializers().forEach((name, tensor) -> assertThat(
                        tensor.sameAs(expected.get(name)))
                .as(name)
                .isTrue());
    }

    @Test
    void whatStandsInTheWayOfEpisodesIsSaidWithTheOptionThatHelps() {
        refused(plan("held").with(PlanOptions.HELD_OUT, 0.1), "are held out to choose epochs by", "--held-out 0");
        refused(plan("many").with(PlanOptions.QUERY, 1000), "fewer questions (--query)");
        String other = data.toString();
        refused(
                plan("adapted")
                        .with(TransferOptions.ADAPT, TransferOptions.Adaptation.DANN)
                        .with(TransferOptions.TARGET, Optional.of(other)),
                "Episodes are drawn from examples in classes",
                "--target");
        refused(
                plan("taught").with(TransferOptions.TEACHER, Optional.of(network.toString())),
                "Episodes teach features",
                "--teacher");
    }

    private static void refused(Plans plan, String... words) {
        assertThatThrownBy(() -> FineTuner.run(plan.build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(words);
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
