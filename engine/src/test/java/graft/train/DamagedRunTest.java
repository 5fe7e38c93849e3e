package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.OnnxFile;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.Checkpoint;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk or another program did to the files of a run is said of the file, with the way out; and the way out works. */
class DamagedRunTest {
    @TempDir
    Path folder;

    private FineTuningPlan plan;
    private Path run;

    @BeforeEach
    void plan() throws IOException {
        Path network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 32, 16);
        run = folder.resolve("run");
        plan = Plans.of(network, data, run).trainable("last:1").epochs(2).build();
    }

    private static final int WHOLE = 6000;

    private void stopAfterTheFirstEpoch() {
        FineTuningResult stopped = FineTuner.run(plan, new Progress() {
            private boolean learnt;

            @Override
            public void report(Event event) {
                learnt |= event instanceof FineTuningResult.Epoch;
            }

            @Override
            public boolean isCancelled() {
                return learnt;
            }
        });
        assertThat(stopped.status()).isEqualTo("interrupted");
    }

    private byte[] network() throws IOException {
        return Files.readAllBytes(run.resolve("network.onnx"));
    }

    @Test
    void whereverACheckpointIsDamagedItIsRefusedAndWithoutItTheResultIsTheSame() throws IOException {
        FineTuningPlan whole = Plans.of(plan.network(), plan.data(), folder.resolve("whole"))
                .trainable("last:1")
                .epochs(2)
                .build();
        FineTuner.run(whole, Progress.NONE);
        stopAfterTheFirstEpoch();
        Path checkpoint = run.resolve(Checkpoint.FILE);
        byte[] bytes = Files.readAllBytes(checkpoint);
        int seen = 0;
        // All of the beginning, in which the checksum and its key stand; of the numbers some.
        for (int at = 0; at < bytes.length; at += at < WHOLE ? 1 : 37) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x04;
            Files.write(checkpoint, damaged);
            assertThatThrownBy(() -> Checkpoint.read(checkpoint))
                    .as("byte %d", at)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(checkpoint.toString())
                    .hasMessageNotContaining("Exception");
            seen++;
        }
        assertThat(seen).isGreaterThan(50);
        for (int length : new int[] {0, 4, 8, 100, bytes.length - 1}) {
            Files.write(checkpoint, java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> FineTuner.resume(run, Progress.NONE))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("Cannot go on from " + checkpoint)
                    .hasMessageEndingWith(
                            "Delete it, and the run begins again at its first step, with the same result in the end.");
        }
        Files.delete(checkpoint);
        FineTuner.resume(run, Progress.NONE);
        assertThat(network()).isEqualTo(Files.readAllBytes(whole.out().resolve("network.onnx")));
    }

    @Test
    void aCheckpointOfBeforeThereWereChecksumsIsRead() throws IOException {
        stopAfterTheFirstEpoch();
        Path checkpoint = run.resolve(Checkpoint.FILE);
        String text = Files.readString(checkpoint, StandardCharsets.ISO_8859_1);
        // As the first version wrote it: nothing of the kind in the header, whose length says so.
        String older = text.replaceFirst(",\"graft.crc32c\":\".{8}\"", "");
        byte[] bytes = older.getBytes(StandardCharsets.ISO_8859_1);
        int left = text.length() - older.length();
        assertThat(left).isPositive();
        int length = (bytes[0] & 0xff) + 256 * (bytes[1] & 0xff) - left;
        bytes[0] = (byte) length;
        bytes[1] = (byte) (length >> 8);
        Files.write(checkpoint, bytes);
        assertThat(FineTuner.resume(run, Progress.NONE).epochs()).hasSize(2);
    }

    @Test
    void aDamagedResultIsMadeAgain() throws IOException {
        FineTuner.run(plan, Progress.NONE);
        byte[] before = network();
        Path result = run.resolve("result.json");
        for (String text : new String[] {"", "{", "null", "{}", "[1]", "{\"status\": 3}"}) {
            Files.writeString(result, text);
            assertThatThrownBy(() -> FineTuner.resume(run, Progress.NONE))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith(result + " is damaged")
                    .hasMessageEndingWith(
                            "Delete it, and `graft resume " + run + "` makes it again from the checkpoint.");
        }
        Files.delete(result);
        FineTuner.resume(run, Progress.NONE);
        assertThat(network()).isEqualTo(before);
        assertThat(result).exists();
    }

    @Test
    void aNetworkThatIsGoneIsExportedAgain() throws IOException {
        FineTuner.run(plan, Progress.NONE);
        byte[] before = network();
        Files.delete(run.resolve("network.onnx"));
        FineTuner.resume(run, Progress.NONE);
        assertThat(network()).isEqualTo(before);
    }

    @Test
    void aDamagedPlanIsNamed() throws IOException {
        stopAfterTheFirstEpoch();
        Path file = run.resolve("plan.json");
        String whole = Files.readString(file);
        for (String text : new String[] {"", "{", "null", "{}", whole.replace("SGD", "SG")}) {
            assertThat(text).isNotEqualTo(whole);
            Files.writeString(file, text);
            assertThatThrownBy(() -> FineTuner.resume(run, Progress.NONE))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith(file + " is damaged")
                    .hasMessageEndingWith("start it again with `graft train` and another --out.");
        }
    }
}
