package graft.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.image.ImageData;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import graft.train.FineTuner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairedRunsTest {
    @TempDir
    Path folder;

    private Path trained(String name, Path data, long seed) {
        Path network = folder.resolve("net.onnx");
        if (!Files.exists(network)) {
            OnnxFile.write(TinyNetworks.convolutional(), network);
        }
        FineTuningPlan plan =
                Plans.of(network, data, folder.resolve(name)).epochs(1).build().with(PlanOptions.SEED, seed);
        FineTuner.run(plan, Progress.NONE);
        return plan.out();
    }

    private static Predictions said(Path run, DataSet data) {
        try (Evaluator evaluator = Evaluator.open(run.resolve("network.onnx"), 0)) {
            return evaluator.predict(data.classes(), data.val(), Progress.NONE);
        }
    }

    @Test
    void examplesThatOneAloneGetsRightAreCountedAndListed() throws IOException {
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 40, 30);
        Path first = trained("first", data, 1);
        Path second = trained("second", data, 7);
        PairedRuns.Paired found = PairedRuns.run(new PairedRuns.Plan(first, second), Progress.NONE);
        // The same by hand: both networks through ONNX Runtime, example by example.
        DataSet read = ImageData.open(data, Optional.empty(), DataOptions.DEFAULT, Progress.NONE);
        Predictions one = said(first, read);
        Predictions other = said(second, read);
        int[] counts = new int[4];
        List<String> lost = new ArrayList<>();
        List<String> gained = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            boolean right = one.predicted()[i] == one.truth()[i];
            boolean then = other.predicted()[i] == other.truth()[i];
            counts[right ? then ? 0 : 1 : then ? 2 : 3]++;
            if (right != then) {
                (right ? lost : gained).add(read.val().name(i));
            }
        }
        assertThat(new int[] {found.bothRight(), found.onlyFirst(), found.onlySecond(), found.bothWrong()})
                .isEqualTo(counts);
        assertThat(lost.size() + gained.size())
                .as("the two are not the same network")
                .isPositive();
        lost.addAll(gained);
        assertThat(found.changed()).extracting(PairedRuns.Changed::name).isEqualTo(lost);
        assertThat(found.first()).isEqualTo((counts[0] + counts[1]) / 30.0);
        assertThat(found.n()).isEqualTo(30);
        PairedRuns.Paired same = PairedRuns.run(new PairedRuns.Plan(first, first), Progress.NONE);
        assertThat(same.changed()).isEmpty();
        assertThat(same.exact()).isEqualTo(1);
    }

    @Test
    void runsThatWereJudgedByOtherExamplesAreRefusedInWords() throws IOException {
        Path first = trained("first", NpzFiles.examples(folder.resolve("data.npz"), 40, 20), 1);
        Path second = trained("second", NpzFiles.examples(folder.resolve("more.npz"), 40, 24), 1);
        assertThatThrownBy(() -> PairedRuns.run(new PairedRuns.Plan(first, second), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("are not judged by the same examples")
                .hasMessageContaining("judged by the second only");
        Files.delete(second.resolve("network.onnx"));
        assertThatThrownBy(() -> PairedRuns.run(new PairedRuns.Plan(first, second), Progress.NONE))
                .hasMessageContaining("holds no finished network");
    }
}
