package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.data.ClassTargets;
import graft.data.DataOptions;
import graft.data.Examples;
import graft.evaluate.ClassJudge;
import graft.image.ImageData;
import graft.network.Head;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningResult;
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

class ProofTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private Path network;

    @BeforeEach
    void network() {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.branching(), network);
    }

    private FineTuningResult run(Path data, String trainable) {
        return FineTuner.run(
                Plans.of(network, data, folder.resolve("run"))
                        .trainable(trainable)
                        .epochs(2)
                        .build(),
                new Progress() {
                    @Override
                    public void report(Event event) {}

                    @Override
                    public void note(String text) {
                        notes.add(text);
                    }
                });
    }

    /** As `evaluate` of the file would: every example through all of it. */
    private static double scoreOfTheWholeFile(FineTuningResult result, Path data) throws IOException {
        Model written = OnnxFile.read(result.network());
        Examples val = ImageData.open(data, Optional.empty(), DataOptions.DEFAULT, Progress.NONE)
                .val()
                .fedTo(result.network(), written.graph().inputs());
        ClassJudge judge = new ClassJudge(Head.LOGITS, ClassTargets.of(val), result.classes());
        return FileJudge.judged(result.network(), val, judge, 0, 1).primary().value();
    }

    @Test
    void theScoreFromKeptFeaturesIsThatOfTheWholeFileAndItIsSaidWhatWasProved() throws Exception {
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 40, 150);
        FineTuningResult result = run(data, "head");
        assertThat(result.valScore()).isCloseTo(scoreOfTheWholeFile(result, data), within(1e-9));
        assertThat(result.frozenUnchanged()).isTrue();
        assertThat(notes).anyMatch(note -> note.contains("64 of the 150 validation examples"));
    }

    @Test
    void withoutKeptFeaturesEveryExampleGoesThroughTheWholeFile() throws Exception {
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 40, 150);
        FineTuningResult result = run(data, "all");
        assertThat(result.valScore()).isCloseTo(scoreOfTheWholeFile(result, data), within(1e-9));
        assertThat(notes).noneMatch(note -> note.contains("proved"));
    }
}
