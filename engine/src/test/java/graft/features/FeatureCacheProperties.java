package graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.Values;
import graft.progress.Event;
import graft.progress.Progress;
import graft.testdata.TemporaryFolders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is changed, deleted, cut or interrupted between two runs, what is kept is what would be computed. */
class FeatureCacheProperties {
    private static final int STEPS = 25;

    private String how = "how 0";
    private String frozen = "frozen 0";
    private int views = 2;
    private final List<String> keys = new ArrayList<>(List.of("a", "b", "c"));
    private int stopAfter = Integer.MAX_VALUE;

    /** Stands for the network: a number that depends on everything a feature may depend on. */
    private float feature(String key, long view) {
        return Objects.hash(how, frozen, key, view);
    }

    private final class Computed implements Features, Progress {
        private int batches;

        @Override
        public Map<String, Values> of(int[] examples, long view) {
            batches++;
            float[] out = new float[examples.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = feature(keys.get(examples[i]), view);
            }
            return Map.of("f", Values.ofFloats(new long[] {out.length, 1}, out));
        }

        @Override
        public void close() {}

        @Override
        public void report(Event event) {}

        @Override
        public boolean isCancelled() {
            return batches >= stopAfter;
        }
    }

    @Property(tries = 40)
    void whatIsKeptIsNeverStale(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        TemporaryFolders.with(folder -> changeAndLook(random, folder));
    }

    private void changeAndLook(Random random, Path folder) throws IOException {
        for (int step = 0; step < STEPS; step++) {
            change(random, folder);
            FeatureTable table = new FeatureTable(
                    FeatureKey.of(how.getBytes()),
                    FeatureKey.of(frozen.getBytes()),
                    Map.of("f", new long[] {1}),
                    1,
                    views,
                    List.copyOf(keys));
            FeatureFolder cache = new FeatureFolder(folder, Long.MAX_VALUE);
            Computed source = new Computed();
            Optional<CachedFeatures> features = new FeatureBuilder(
                            table,
                            IntStream.range(0, keys.size()).toArray(),
                            source,
                            cache.filesOf(table.how()),
                            other -> Optional.empty(),
                            0,
                            source)
                    .fill(cache.file(table));
            for (int view = 1; features.isPresent() && view <= views; view++) {
                for (int i = 0; i < keys.size(); i++) {
                    assertThat(features.get()
                                    .of(new int[] {i}, view)
                                    .get("f")
                                    .floats()
                                    .get(0))
                            .isEqualTo(feature(keys.get(i), view));
                }
            }
        }
    }

    private void change(Random random, Path folder) throws IOException {
        stopAfter = Integer.MAX_VALUE;
        int at = random.nextInt(keys.size());
        switch (random.nextInt(9)) {
            case 0 -> how = "how " + random.nextInt(2);
            case 1 -> frozen = "frozen " + random.nextInt(2);
            case 2 -> views = 1 + random.nextInt(3);
            case 3 -> keys.set(at, "changed " + random.nextInt(40));
            case 4 -> keys.add(at, "added " + random.nextInt(40));
            case 5 -> {
                if (keys.size() > 1) {
                    keys.remove(at);
                }
            }
            case 6 -> {
                for (int i = 0; i < 30; i++) {
                    keys.add("more " + random.nextInt(100));
                }
                stopAfter = random.nextInt(4);
            }
            case 7 -> {
                List<Path> files = files(folder);
                if (!files.isEmpty()) {
                    Files.delete(files.get(random.nextInt(files.size())));
                }
            }
            default -> {
                List<Path> files = files(folder);
                if (!files.isEmpty()) {
                    Path cut = files.get(random.nextInt(files.size()));
                    try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
                        file.setLength((long) (file.length() * random.nextDouble()));
                    }
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
