package graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.UniformExamples;
import graft.image.ImageData;
import graft.inference.OrtSession;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPartTest {
    @TempDir
    Path folder;

    private Path network;

    @BeforeEach
    void network() {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
    }

    private FineTuningResult run(Path data, String out) {
        return FineTuner.run(
                Plans.of(network, data, folder.resolve(out)).epochs(2).build(), Progress.NONE);
    }

    @Test
    void testIsJudgedOnceByTheWrittenFileAndValIsDrawnFromTrain() throws IOException {
        Map<String, Integer> parts = new LinkedHashMap<>();
        parts.put("train", 60);
        parts.put("test", 37);
        Path file = NpzFiles.examples(folder.resolve("data.npz"), parts);
        FineTuningResult result = run(file, "run");
        DataSet data = ImageData.open(file, Optional.empty(), new DataOptions(1, false), Progress.NONE);
        assertThat(data.train().size() + data.val().size()).isEqualTo(60);
        assertThat(data.val().size()).isBetween(11, 13); // a fifth of each of four classes
        int right = 0;
        try (OrtSession session = OrtSession.open(result.network(), 1)) {
            for (int i = 0; i < 37; i++) {
                FloatBuffer scores = session.run(
                                Map.of("x", ((UniformExamples) data.test().orElseThrow()).batch(new int[] {i}, 0)))
                        .get("logits")
                        .floats();
                int best = 0;
                for (int c = 1; c < 4; c++) {
                    best = scores.get(c) > scores.get(best) ? c : best;
                }
                right += best == data.test().orElseThrow().label(i) ? 1 : 0;
            }
        }
        assertThat(result.testExamples()).isEqualTo(37);
        assertThat(result.testAccuracy()).isEqualTo(right / 37.0);
    }

    @Test
    void aTestPartChangesNothingOfWhatIsLearnt() throws IOException {
        Map<String, Integer> parts = new LinkedHashMap<>();
        parts.put("train", 40);
        parts.put("val", 20);
        Path without = NpzFiles.examples(folder.resolve("without.npz"), parts);
        parts.put("test", 20);
        Path with = NpzFiles.examples(folder.resolve("with.npz"), parts);
        FineTuningResult one = run(without, "one");
        FineTuningResult two = run(with, "two");
        assertThat(one.testAccuracy()).isNull();
        assertThat(two.epochs().get(1).valLoss()).isEqualTo(one.epochs().get(1).valLoss());
        assertThat(two.valAccuracy()).isEqualTo(one.valAccuracy());
    }
}
