package graft.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
    private static final long GIB = 1L << 30;

    /** A process that works on a file of a few bytes as {@code args[1]} says. */
    public static final class Victim {
        public static void main(String[] args) throws InterruptedException {
            Path file = Path.of(args[0]);
            Guard.mayEndThisProcess();
            Guard guard = Guard.watch(List.of(file), 1, System.err::println);
            guard.alive("trying it out");
            Guard.examples(1_000, 1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("cleaned up")));
            switch (args[1]) {
                case "loops" -> {
                    while (true) {
                        Thread.onSpinWait();
                    }
                }
                case "allocates" -> {
                    List<java.nio.ByteBuffer> all = new ArrayList<>();
                    while (true) {
                        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocateDirect(64 << 20);
                        for (int i = 0; i < buffer.capacity(); i += 4096) {
                            buffer.put(i, (byte) 1);
                        }
                        all.add(buffer);
                        guard.alive("");
                    }
                }
                default -> {
                    for (int i = 0; i < 25; i++) {
                        Thread.sleep(20);
                        guard.alive("");
                    }
                }
            }
            guard.close();
            System.err.println("done");
        }
    }

    @TempDir
    Path folder;

    @Test
    void whatTakesAllMemoryIsEndedWithTheNameOfTheFile() throws IOException, InterruptedException {
        String said = endOf("allocates", 1);
        assertThat(said)
                .contains("small.onnx: trying it out took more than 2.8 GiB of memory")
                .contains("cleaned up");
    }

    @Test
    void whatWorksInPeaceIsLeftAlone() throws IOException, InterruptedException {
        assertThat(endOf("works", 0)).contains("done");
    }

    @Test
    void largeWorkIsAllowedMoreThanSmallWork() {
        // ResNet-50: 98 MiB of weights, batches of 32 pictures; training it takes about 5 GiB and seconds a step.
        Allowance large = Allowance.of(98L << 20, 500, 0, 0, Allowance.USUAL_EXAMPLE, 400, 32);
        assertThat(large.bytes()).isGreaterThan(16 * GIB);
        assertThat(large.seconds()).isGreaterThan(100);
        // CIFAR-10's 60 000 pictures through a network of 1 MiB: proving the file takes half a minute without a word.
        assertThat(Allowance.of(1 << 20, 100, 0, 0, 12_288, 60_000, 16).seconds())
                .isGreaterThan(100);
        Allowance small = Allowance.of(4_000, 20, 0, 100_000, 3_072, 16, 16);
        assertThat(small.bytes()).isLessThan(3 * GIB);
        assertThat(small.seconds()).isBetween(9.0, 10.0);
        // A chain of 100 000 operators without weights took 14 seconds of two busy cores to open.
        assertThat(Allowance.of(4_000, 100_000, 0, 0, 32, 90, 32).seconds()).isGreaterThan(100);
        // An LSTM along 2 000 steps took 25 seconds of a busy machine for the first batch, all in one native call.
        assertThat(Allowance.of(22_000, 4, 2_000, 5 << 20, 64_000, 90, 32).seconds())
                .isGreaterThan(25);
    }

    private String endOf(String kind, int code) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("small.onnx"), "x");
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:MaxDirectMemorySize=6g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        file.toString(),
                        kind)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(code);
        return Files.readString(said);
    }
}
