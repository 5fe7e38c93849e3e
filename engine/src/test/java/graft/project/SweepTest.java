package graft.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.OnnxFile;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    /** Within the third run. */
    private static final int STOP = 7;

    @TempDir
    Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void networkAndData() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        data = NpzFiles.examples(folder.resolve("data.npz"), 40, 20);
    }

    private List<Sweep.Candidate> candidates(Path out) {
        FineTuningPlan plan = Plans.of(network, data, out).epochs(2).build();
        List<Sweep.Candidate> all = new ArrayList<>();
        for (double rate : new double[] {0.05, 1e-6}) {
            all.add(new Sweep.Candidate(plan, Optional.of("head"), rate));
        }
        all.add(new Sweep.Candidate(plan, Optional.of("all"), 0.02));
        return all;
    }

    private Sweep.Result swept(Path out, Progress progress) {
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            return new Sweep(out, candidates(out), project, progress).run();
        }
    }

    @Test
    void theBetterHalfGoesOnWithTwiceTheEpochs() {
        Sweep.Result result = swept(folder.resolve("sweep"), Progress.NONE);
        assertThat(result.runs()).extracting(Sweep.Row::round).containsExactly(1, 1, 1, 2, 2);
        assertThat(result.runs()).extracting(Sweep.Row::epochs).containsExactly(1, 1, 1, 2, 2);
        List<Double> first = result.runs().subList(0, 3).stream()
                .map(Sweep.Row::valScore)
                .sorted()
                .toList();
        for (Sweep.Row row : result.runs().subList(3, 5)) {
            double before = result.runs().subList(0, 3).stream()
                    .filter(each -> each.lr() == row.lr() && each.recipe().equals(row.recipe()))
                    .findFirst()
                    .orElseThrow()
                    .valScore();
            assertThat(before).isGreaterThanOrEqualTo(first.get(1));
        }
        assertThat(result.best().valScore())
                .isEqualTo(Math.max(
                        result.runs().get(3).valScore(), result.runs().get(4).valScore()));
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            assertThat(project.runs()).hasSize(5).allSatisfy(run -> assertThat(run.tags())
                    .isEqualTo("sweep sweep"));
        }
    }

    /** Stopped within the third run; the first two are not done again, and all come to the same bytes. */
    @Test
    void aSweepThatWasStoppedGoesOnAndEndsInTheSameWay() {
        Sweep.Result whole = swept(folder.resolve("whole"), Progress.NONE);
        Path out = folder.resolve("parted");
        Stopping stopping = new Stopping(STOP);
        assertThat(swept(out, stopping).finished()).isFalse();
        List<Integer> steps = new ArrayList<>();
        Sweep.Result parted = swept(out, event -> {
            if (event.kind().equals("step")) {
                steps.add(1);
            }
        });
        assertThat(parted.finished()).isTrue();
        assertThat(steps.size() + STOP - stopping.steps)
                .as("3 steps an epoch, 7 epochs in all")
                .isEqualTo(21);
        for (int i = 0; i < whole.runs().size(); i++) {
            assertThat(parted.runs().get(i).folder().resolve("network.onnx"))
                    .hasSameBinaryContentAs(whole.runs().get(i).folder().resolve("network.onnx"));
        }
    }

    @Test
    void anotherSweepInTheSameFolderIsRefused() {
        Path out = folder.resolve("sweep");
        swept(out, new Stopping(1));
        List<Sweep.Candidate> fewer = candidates(out).subList(0, 2);
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            assertThatThrownBy(() -> new Sweep(out, fewer, project, Progress.NONE).run())
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("holds another sweep");
        }
    }

    @Test
    void twoOrFewerAreLeftForAllEpochs() {
        assertThat(List.of(2, 3, 4, 5, 8, 9)).extracting(Sweep::rounds).containsExactly(1, 2, 2, 3, 3, 4);
    }

    /** Cancels after some steps. */
    private static final class Stopping implements Progress {
        private int steps;

        Stopping(int steps) {
            this.steps = steps;
        }

        @Override
        public void report(Event event) {
            steps -= event.kind().equals("step") ? 1 : 0;
        }

        @Override
        public boolean isCancelled() {
            return steps <= 0;
        }
    }
}
