package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.Checkpoint;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.Schedule;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtendTest {
    @TempDir
    Path folder;

    private FineTuningPlan plan(String run, int epochs) throws IOException {
        Path network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 40, 20);
        return Plans.of(network, data, folder.resolve(run)).epochs(epochs).build();
    }

    @Test
    void moreEpochsAreThoseOfARunPlannedForThem() throws IOException {
        FineTuner.run(plan("short", 2), Progress.NONE);
        FineTuner.extend(folder.resolve("short"), 5);
        FineTuningResult extended = FineTuner.resume(folder.resolve("short"), Progress.NONE);
        FineTuningResult whole = FineTuner.run(plan("whole", 5), Progress.NONE);
        assertThat(extended.status()).isEqualTo("finished");
        assertThat(extended.epochs()).hasSize(5);
        assertThat(extended.bestEpoch()).isEqualTo(whole.bestEpoch());
        assertThat(Checkpoint.read(folder.resolve("short/" + Checkpoint.FILE))
                        .orElseThrow()
                        .learnt())
                .allSatisfy((name, tensor) -> assertThat(
                                tensor.sameAs(Checkpoint.read(folder.resolve("whole/" + Checkpoint.FILE))
                                        .orElseThrow()
                                        .learnt()
                                        .get(name)))
                        .as(name)
                        .isTrue());
    }

    @Test
    void fewerEpochsAndAnotherCourseOfTheRateAreRefused() throws IOException {
        FineTuner.run(plan("short", 2), Progress.NONE);
        assertThatThrownBy(() -> FineTuner.extend(folder.resolve("short"), 2))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("planned for 2 epochs already");
        FineTuner.run(plan("cosine", 2).with(PlanOptions.SCHEDULE, Schedule.COSINE), Progress.NONE);
        assertThatThrownBy(() -> FineTuner.extend(folder.resolve("cosine"), 4))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("another run");
    }
}
