package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import graft.files.Json;
import graft.onnx.OnnxFile;
import graft.testdata.NpzFiles;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {
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

    private Graft.Answer sweep(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "sweep",
                "--network",
                network.toString(),
                "--data",
                data.toString(),
                "--project",
                folder.resolve("project").toString(),
                "--out",
                folder.resolve("sweep").toString(),
                "--epochs",
                "1",
                "--json"));
        words.addAll(List.of(more));
        return Graft.run(words.toArray(String[]::new));
    }

    /** Successive halving would keep twins, and throw out what is different. */
    @Test
    void recipesWithoutStepsAreTriedOnceWhateverTheRates() {
        Graft.Answer answer = sweep("--recipes", "prototypes,head,head", "--rates", "0.01,0.1,0.1");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        List<String> first = new ArrayList<>();
        Json.parse(answer.out()).get("runs").forEach(run -> {
            if (run.get("round").asInt() == 1) {
                first.add(run.get("recipe").asText());
            }
        });
        assertThat(first).containsExactlyInAnyOrder("prototypes", "head", "head");
    }
}
