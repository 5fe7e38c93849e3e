package graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.inference.Values;
import graft.progress.Event;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
    private static final int COUNT = 50;
    private static final Map<String, long[]> SHAPES = Map.of("f", new long[] {3});

    @TempDir
    Path folder;

    private final AtomicInteger computed = new AtomicInteger();

    /** Feature k of example i in view v is 100·v + i + k/10. */
    private final Features source = new Features() {
        @Override
        public Map<String, Values> of(int[] examples, long view) {
            computed.addAndGet(examples.length);
            float[] out = new float[examples.length * 3];
            for (int i = 0; i < out.length; i++) {
                out[i] = 100 * view + examples[i / 3] + i % 3 / 10f;
            }
            return Map.of("f", Values.ofFloats(new long[] {examples.length, 3}, out));
        }

        @Override
        public void close() {}
    };

    private CachedFeatures fill() {
        return CachedFeatures.fill(source, SHAPES, COUNT, 1, 2, 0, folder.resolve("k.features"), Progress.NONE)
                .orElseThrow();
    }

    private static void assertRight(Features features) {
        float[] got = new float[6];
        features.of(new int[] {49, 0}, 2).get("f").floats().get(got);
        assertThat(got).containsExactly(249f, 249.1f, 249.2f, 200f, 200.1f, 200.2f);
    }

    @Test
    void theNextRunFindsWhatTheLastOneComputed() {
        try (Features first = fill()) {
            assertRight(first);
        }
        assertThat(computed).hasValue(2 * COUNT);
        try (Features second = fill()) {
            assertRight(second);
        }
        assertThat(computed).hasValue(2 * COUNT);
    }

    @Test
    void buildingThatWasCancelledGoesOnWhereItStopped() {
        Progress impatient = new Progress() {
            @Override
            public void report(Event event) {}

            @Override
            public boolean isCancelled() {
                return computed.get() >= 66;
            }
        };
        assertThat(CachedFeatures.fill(source, SHAPES, COUNT, 1, 2, 0, folder.resolve("k.features"), impatient))
                .isEmpty();
        assertThat(folder.resolve("k.features")).doesNotExist();
        assertThat(computed).hasValue(66);
        try (Features whole = fill()) {
            assertRight(whole);
        }
        assertThat(computed).hasValue(2 * COUNT);
    }

    @Test
    void aFileOfAnotherSizeIsNotTaken() throws IOException {
        Files.write(folder.resolve("k.features"), new byte[100]);
        try (Features features = fill()) {
            assertRight(features);
        }
        assertThat(computed).hasValue(2 * COUNT);
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() throws IOException {
        for (int i = 0; i < 4; i++) {
            Path file = Files.write(folder.resolve(i + ".features"), new byte[1000]);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * (10 - i)));
        }
        Files.write(folder.resolve("notes.txt"), new byte[5000]);
        new FeatureFolder(folder, 3000).makeRoom(1000);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("0.features", "1.features", "notes.txt");
        }
    }
}
