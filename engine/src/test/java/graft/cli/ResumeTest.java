package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.OnnxFile;
import graft.testdata.NpzFiles;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real child JVMs, really killed. */
class ResumeTest {
    private static final int KILLS = 5;

    @TempDir
    Path folder;

    private Path network;
    private Path data;
    private Path log;

    @BeforeEach
    void networkAndData() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        data = NpzFiles.examples(folder.resolve("data.npz"), 203, 40);
        log = folder.resolve("log.txt");
    }

    private Process train(Path out, String optimizer, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "train",
                "--network",
                network.toString(),
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "--batch",
                "4",
                "--optimizer",
                optimizer,
                "--lr",
                "0.003",
                "--schedule",
                "cosine",
                "--checkpoint-seconds",
                "0",
                "--threads",
                "2"));
        words.addAll(more.length > 0 ? List.of(more) : List.of("--trainable", "all", "--epochs", "4"));
        return Graft.start(log, words.toArray(String[]::new));
    }

    private int waitFor(Process process) throws InterruptedException {
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Waits until a run has written its checkpoint so many times; false if it ended before. */
    private static boolean writesCheckpoints(Process process, Path checkpoint, int times) throws Exception {
        FileTime last = Files.exists(checkpoint) ? Files.getLastModifiedTime(checkpoint) : null;
        for (int seen = 0; seen < times && process.isAlive(); ) {
            FileTime now = Files.exists(checkpoint) ? Files.getLastModifiedTime(checkpoint) : null;
            if (now != null && !now.equals(last)) {
                last = now;
                seen++;
            }
            Thread.sleep(1);
        }
        return process.isAlive();
    }

    /** A checkpoint follows every step and the end of every stage, so that some kills fall between stages. */
    static Stream<List<String>> whatLearns() {
        return Stream.of(
                List.of("--trainable", "all", "--epochs", "4"),
                List.of("--stages", "head epochs=1; last:1 epochs=1 lr=0.001; all epochs=1 lr-decay=0.5"),
                List.of("--recipe", "gradual", "--epochs", "3"));
    }

    /** The discriminator has weights and optimizer state of its own; the second stream goes on where it was. */
    @Test
    void aRunWithTwoDomainsThatIsKilledEndsWithTheSameBytesToo() throws Exception {
        Path target = NpzFiles.examples(folder.resolve("target.npz"), 90, 20);
        aRunKilledFiveTimesEndsWithTheSameBytesAsOneThatWasNot(List.of(
                "--trainable",
                "all",
                "--epochs",
                "2",
                "--adapt",
                "dann",
                "--target",
                target.toString(),
                "--keep",
                "last"));
    }

    @ParameterizedTest
    @MethodSource("whatLearns")
    void aRunKilledFiveTimesEndsWithTheSameBytesAsOneThatWasNot(List<String> stages) throws Exception {
        String[] what = stages.toArray(String[]::new);
        Path whole = folder.resolve("whole");
        assertThat(waitFor(train(whole, "adamw", what)))
                .as(Files.readString(log))
                .isZero();

        Path killed = folder.resolve("killed");
        Random random = new Random(11);
        Process process = train(killed, "adamw", what);
        int kills = 0;
        while (kills < KILLS) {
            if (!writesCheckpoints(process, killed.resolve("checkpoint.safetensors"), 1 + random.nextInt(3))) {
                break;
            }
            process.destroyForcibly().waitFor();
            kills++;
            process = Graft.start(log, "resume", killed.toString());
        }
        assertThat(waitFor(process)).as(Files.readString(log)).isZero();
        assertThat(kills).as("kills before the run was through").isGreaterThanOrEqualTo(2);
        assertThat(Files.readAllBytes(killed.resolve("network.onnx")))
                .isEqualTo(Files.readAllBytes(whole.resolve("network.onnx")));
    }

    /** Whether there is a checkpoint that is not complete yet. */
    private static boolean isBeingWritten(Path run) {
        String[] names = run.toFile().list((folder, name) -> name.matches("checkpoint\\.safetensors\\..+\\.part"));
        return names != null && names.length > 0;
    }

    @Test
    void aRunKilledWhileItWritesACheckpointGoesOnFromTheOneBefore() throws Exception {
        Path whole = folder.resolve("whole");
        assertThat(waitFor(train(whole, "sgd"))).as(Files.readString(log)).isZero();

        Path killed = folder.resolve("killed");
        Process process = train(killed, "sgd");
        boolean insideTheWriting = false;
        for (int attempt = 0; attempt < 20 && !insideTheWriting; attempt++) {
            while (process.isAlive()
                    && !(isBeingWritten(killed) && Files.exists(killed.resolve("checkpoint.safetensors")))) {
                Thread.onSpinWait();
            }
            process.destroyForcibly().waitFor();
            insideTheWriting = isBeingWritten(killed);
            process = Graft.start(log, "resume", killed.toString());
        }
        assertThat(insideTheWriting)
                .as("a half-written checkpoint was left behind")
                .isTrue();
        assertThat(waitFor(process)).as(Files.readString(log)).isZero();
        assertThat(Files.readAllBytes(killed.resolve("network.onnx")))
                .isEqualTo(Files.readAllBytes(whole.resolve("network.onnx")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void anInterruptedRunSaysSoAndCanBeResumed(String signal) throws Exception {
        Path out = folder.resolve("run");
        // Long enough that a busy machine sends the signal before its end.
        Process process = train(out, "sgd", "--trainable", "all", "--epochs", "12");
        while (process.isAlive() && !Files.exists(out.resolve("checkpoint.safetensors"))) {
            Thread.sleep(5);
        }
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(waitFor(process)).isEqualTo(130);
        assertThat(Files.readString(log))
                .contains("graft: interrupted; `graft resume " + out + "` goes on where it stopped.");
        assertThat(Files.exists(out.resolve("network.onnx"))).isFalse();
        assertThat(waitFor(Graft.start(log, "resume", out.toString())))
                .as(Files.readString(log))
                .isZero();
        assertThat(Files.exists(out.resolve("network.onnx"))).isTrue();
    }
}
