package graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.Values;
import graft.progress.Event;
import graft.progress.Note;
import graft.progress.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureCacheTest {
    private static final String HOW = "a".repeat(64);
    private static final String FROZEN = "b".repeat(64);
    private static final List<String> FIFTY =
            IntStream.range(0, 50).mapToObj(Integer::toString).toList();

    @TempDir
    Path folder;

    private final AtomicInteger computed = new AtomicInteger();

    /** Feature k of example "i" in view v is 100·v + i + k/10. */
    private Features source(List<String> keys) {
        return new Features() {
            @Override
            public Map<String, Values> of(int[] examples, long view) {
                computed.addAndGet(examples.length);
                float[] out = new float[examples.length * 3];
                for (int i = 0; i < out.length; i++) {
                    out[i] = 100 * view + Integer.parseInt(keys.get(examples[i / 3])) + i % 3 / 10f;
                }
                return Map.of("f", Values.ofFloats(new long[] {examples.length, 3}, out));
            }

            @Override
            public void close() {}
        };
    }

    private static FeatureTable table(List<String> keys, int views) {
        return new FeatureTable(HOW, FROZEN, Map.of("f", new long[] {3}), 1, views, keys);
    }

    private FeatureFolder cache() {
        return new FeatureFolder(folder, Long.MAX_VALUE);
    }

    private Optional<CachedFeatures> fill(List<String> keys, int views, Progress progress) {
        FeatureTable table = table(keys, views);
        return new FeatureBuilder(
                        table,
                        IntStream.range(0, keys.size()).toArray(),
                        source(keys),
                        cache().filesOf(HOW),
                        other -> Optional.empty(),
                        0,
                        progress)
                .fill(cache().file(table));
    }

    private CachedFeatures fill(List<String> keys, int views) {
        return fill(keys, views, Progress.NONE).orElseThrow();
    }

    private static void assertRight(Features features, List<String> keys, int views) {
        for (int view = 1; view <= views; view++) {
            for (int i = 0; i < keys.size(); i++) {
                float[] got = new float[3];
                features.of(new int[] {i}, view).get("f").floats().get(got);
                float whole = 100 * view + Integer.parseInt(keys.get(i));
                assertThat(got).containsExactly(whole, whole + 0.1f, whole + 0.2f);
            }
        }
    }

    private static Progress stopping(AtomicInteger computed, int after) {
        return new Progress() {
            @Override
            public void report(Event event) {}

            @Override
            public boolean isCancelled() {
                return computed.get() >= after;
            }
        };
    }

    @Test
    void theNextRunFindsWhatTheLastOneComputed() {
        assertRight(fill(FIFTY, 2), FIFTY, 2);
        assertThat(computed).hasValue(100);
        assertRight(fill(FIFTY, 2), FIFTY, 2);
        assertThat(computed).hasValue(100);
    }

    @Test
    void buildingThatWasCancelledGoesOnWhereItStopped() {
        assertThat(fill(FIFTY, 2, stopping(computed, 66))).isEmpty();
        assertThat(cache().file(table(FIFTY, 2))).doesNotExist();
        assertThat(computed).hasValue(66);
        assertRight(fill(FIFTY, 2), FIFTY, 2);
        assertThat(computed).hasValue(100);
    }

    @Test
    void onlyWhatIsNewInAChangedDataSetIsComputed() {
        fill(FIFTY, 2);
        List<String> changed = new ArrayList<>(FIFTY);
        changed.remove(7);
        changed.add(0, "77"); // everything behind it moves
        changed.set(20, "88");
        assertRight(fill(changed, 2), changed, 2);
        assertThat(computed).hasValue(100 + 2 * 2);
    }

    @Test
    void moreViewsAreAddedToThoseThatAreThere() {
        fill(FIFTY, 2);
        assertRight(fill(FIFTY, 3), FIFTY, 3);
        assertThat(computed).hasValue(150);
        assertRight(fill(FIFTY, 1), FIFTY, 1);
        assertThat(computed).hasValue(150);
    }

    @Test
    void whatAnUnfinishedFileHoldsIsTakenOver() {
        assertThat(fill(FIFTY, 1, stopping(computed, 32))).isEmpty();
        List<String> more = new ArrayList<>(FIFTY);
        more.add("99");
        assertRight(fill(more, 1), more, 1);
        assertThat(computed).hasValue(51);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.01, 0.1, 0.5, 0.9, 0.999, 1.01})
    void aFileOfAnotherLengthIsNotTaken(double share) throws IOException {
        for (String ending : List.of("", FeatureFolder.PART)) {
            fill(FIFTY, 2);
            Path whole = cache().file(table(FIFTY, 2));
            Path damaged = whole.resolveSibling(whole.getFileName() + ending);
            if (!ending.isEmpty()) {
                Files.move(whole, damaged);
            }
            try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
                file.setLength((long) (file.length() * share));
            }
            computed.set(0);
            assertRight(fill(FIFTY, 2), FIFTY, 2);
            assertThat(computed).hasValue(100);
            Files.delete(whole);
        }
    }

    @Test
    void whereverAFileIsDamagedTheFeaturesAreRight() throws IOException {
        List<String> keys = List.of("1", "2");
        fill(keys, 2);
        Path whole = cache().file(table(keys, 2));
        byte[] bytes = Files.readAllBytes(whole);
        for (int at = 0; at < bytes.length; at += 7) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x40;
            Files.delete(whole);
            Files.write(at % 2 == 0 ? whole : FeatureFolder.part(whole), damaged);
            assertRight(fill(keys, 2), keys, 2);
            computed.set(0);
            assertRight(fill(keys, 2), keys, 2);
            assertThat(computed).as("byte %d", at).hasValue(0);
        }
    }

    @Test
    void onlyTheDamagedRecordIsComputedAgainAndThatIsSaid() throws IOException {
        fill(FIFTY, 2);
        Path whole = cache().file(table(FIFTY, 2));
        try (RandomAccessFile file = new RandomAccessFile(whole.toFile(), "rw")) {
            file.seek(file.length() - 12 * 30); // the 30th example from the end of the second view
            file.writeInt(0);
        }
        List<String> said = new ArrayList<>();
        Progress listening = event -> {
            if (event instanceof Note note) {
                said.add(note.message());
            }
        };
        computed.set(0);
        assertRight(fill(FIFTY, 2, listening).orElseThrow(), FIFTY, 2);
        assertThat(computed).hasValue(1);
        assertThat(said)
                .containsExactly(
                        "1 of the features kept in " + folder
                                + " are not as they were written: the disk or another program changed them. They are computed again.");
        assertRight(fill(FIFTY, 2), FIFTY, 2);
        assertThat(computed).hasValue(1);
    }

    @Test
    void recordsThatChangedPlacesAreNoticed() throws IOException {
        fill(FIFTY, 1);
        Path whole = cache().file(table(FIFTY, 1));
        byte[] bytes = Files.readAllBytes(whole);
        byte[] swapped = bytes.clone();
        System.arraycopy(bytes, bytes.length - 12, swapped, bytes.length - 24, 12);
        System.arraycopy(bytes, bytes.length - 24, swapped, bytes.length - 12, 12);
        Files.write(whole, swapped);
        computed.set(0);
        assertRight(fill(FIFTY, 1), FIFTY, 1);
        assertThat(computed).hasValue(2);
    }

    @Test
    void featuresThatAreInUseOutliveTheirFile() throws IOException {
        CachedFeatures used = fill(FIFTY, 2);
        new FeatureFolder(folder, 0).makeRoom(0, List.of());
        assertThat(cache().file(table(FIFTY, 2))).doesNotExist();
        assertRight(used, FIFTY, 2);
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() throws IOException {
        for (int i = 0; i < 5; i++) {
            Path file = Files.write(folder.resolve(i + ".features"), new byte[1000]);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * (10 - i)));
        }
        Files.write(folder.resolve("notes.txt"), new byte[5000]);
        // 4.features is the oldest, but it is what the run is about to use.
        new FeatureFolder(folder, 3000).makeRoom(1000, List.of(folder.resolve("4.features")));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("0.features", "1.features", "4.features", "notes.txt");
        }
    }

    @Test
    void aFileThatIsBeingFilledIsNotDeleted() throws IOException {
        Path filled = folder.resolve("a.features.part");
        Path left = Files.write(folder.resolve("b.features.part"), new byte[1000]);
        try (FileChannel channel = FileChannel.open(filled, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            new FeatureFolder(folder, 0).makeRoom(1000, List.of());
            assertThat(lock.isValid()).isTrue();
            assertThat(filled).exists();
            assertThat(left).doesNotExist();
        }
    }
}
