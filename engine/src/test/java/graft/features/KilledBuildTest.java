package graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.Values;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real child JVM that fills a file of features, really killed. */
class KilledBuildTest {
    private static final List<String> KEYS =
            IntStream.range(0, 400).mapToObj(Integer::toString).toList();
    private static final FeatureTable TABLE =
            new FeatureTable("a".repeat(64), "b".repeat(64), Map.of("f", new long[] {1000}), 1, 2, KEYS);

    @TempDir
    Path folder;

    /** Fills the file; says after each batch how many examples it has computed. */
    static final class Child {
        public static void main(String[] arguments) throws IOException {
            Path log = Path.of(arguments[1]);
            Features slow = new Features() {
                private int computed;

                @Override
                public Map<String, Values> of(int[] examples, long view) {
                    Random random = new Random(examples[0] + 1000 * view);
                    float[] out = new float[examples.length * 1000];
                    for (int i = 0; i < out.length; i++) {
                        out[i] = random.nextFloat();
                    }
                    computed += examples.length;
                    try {
                        Files.writeString(log, Integer.toString(computed));
                        Thread.sleep(Integer.parseInt(arguments[2]));
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Map.of("f", Values.ofFloats(new long[] {examples.length, 1000}, out));
                }

                @Override
                public void close() {}
            };
            FeatureFolder cache = new FeatureFolder(Path.of(arguments[0]), Long.MAX_VALUE);
            new FeatureBuilder(
                            TABLE,
                            IntStream.range(0, TABLE.count()).toArray(),
                            slow,
                            List.of(),
                            other -> java.util.Optional.empty(),
                            0,
                            Progress.NONE)
                    .fill(cache.file(TABLE));
        }
    }

    private Process start(Path cache, int pause) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        cache.toString(),
                        log().toString(),
                        Integer.toString(pause))
                .inheritIO()
                .start();
    }

    private Path log() {
        return folder.resolve("computed");
    }

    private int computed() throws IOException {
        String text = Files.exists(log()) ? Files.readString(log()) : "";
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private Path built(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(FeatureFolder.ENDING))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aBuildKilledTwiceGoesOnAndEndsWithTheSameBytes() throws Exception {
        Process whole = start(folder.resolve("whole"), 0);
        assertThat(whole.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(whole.exitValue()).isZero();
        assertThat(computed()).isEqualTo(800);

        Path cache = folder.resolve("killed");
        // Killed within the first view, then within the second.
        for (int until : new int[] {300, 300}) {
            Files.deleteIfExists(log());
            Process process = start(cache, 150);
            while (process.isAlive() && computed() < until) {
                Thread.sleep(5);
            }
            assertThat(process.isAlive()).isTrue();
            process.destroyForcibly().waitFor();
        }
        Files.deleteIfExists(log());
        Process last = start(cache, 0);
        assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();
        assertThat(computed()).as("what was there was not computed again").isLessThan(800);
        assertThat(Files.readAllBytes(built(cache))).isEqualTo(Files.readAllBytes(built(folder.resolve("whole"))));
    }
}
