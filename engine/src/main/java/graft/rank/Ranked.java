package graft.rank;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Parts;
import graft.evaluate.ClassEvaluation;
import graft.inference.OrtSession;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.novelty.Penultimate;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.trust.Coordinates;
import graft.trust.CrossValidation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well one network suits a data set as it is.
 *
 * @param logMe logarithm of the evidence of the labels by its features, per example ({@link LogMe}); higher is better
 * @param probeAccuracy of linear heads on its features, each asked about examples that it did not learn from, 0…1
 * @param interval [low, high], Wilson, 95 %
 * @param p50Ms median milliseconds for one example on this machine
 * @param bytes of its file
 * @param features numbers per example
 * @param n examples that were looked at
 */
public record Ranked(
        Path network,
        double logMe,
        double probeAccuracy,
        double[] interval,
        double p50Ms,
        long bytes,
        int features,
        int n) {
    private static final int MOST_EXAMPLES = 1000;
    private static final int LEAST_OF_CLASS = 2;
    private static final int FOLDS = 5;
    private static final int TIMES = 20;
    private static final int WARM_UP = 3;

    /**
     * Looks at 1,000 examples at most, to learn from and to validate, as many of each class as of the others.
     *
     * @param data with classes, prepared as the network takes it
     * @param seed of the choice and of the folds
     */
    public static Ranked of(
            NetworkFile file, Reading reading, DataSet data, long seed, int threads, Progress progress) {
        List<Chosen> chosen = chosen(data, seed);
        int[] labels = chosen.stream().mapToInt(Chosen::label).toArray();
        int classes = data.classes().size();
        if (Arrays.stream(labels).distinct().count() < 2) {
            throw new Refusal(data.source() + " has fewer than two classes of " + LEAST_OF_CLASS
                    + " examples and more, so that no network can be told to suit them. Add examples.");
        }
        float[][] features = features(file, reading, data, chosen, threads, progress);
        List<String> keys = chosen.stream()
                .map(each -> data.part(each.part()).key(each.at()))
                .toList();
        double[][] probabilities = CrossValidation.probabilities(
                Coordinates.of(features, seed),
                labels,
                classes,
                CrossValidation.folds(labels, keys, FOLDS, seed),
                progress);
        int[] predicted = Arrays.stream(probabilities)
                .mapToInt(row -> IntStream.range(0, classes)
                        .reduce((best, c) -> row[c] > row[best] ? c : best)
                        .orElseThrow())
                .toArray();
        ClassEvaluation probe = ClassEvaluation.of(data.classes(), labels, predicted);
        return new Ranked(
                file.path(),
                LogMe.of(features, labels, classes),
                probe.accuracy(),
                probe.interval(),
                milliseconds(file, reading, data.train(), threads),
                bytes(file.path()),
                features[0].length,
                labels.length);
    }

    private record Chosen(Parts part, int at, int label) {}

    private static List<Chosen> chosen(DataSet data, long seed) {
        List<Chosen> all = new ArrayList<>();
        for (Parts part : List.of(Parts.TRAIN, Parts.VAL)) {
            Examples examples = data.part(part);
            IntStream.range(0, examples.size()).forEach(i -> all.add(new Chosen(part, i, examples.label(i))));
        }
        Collections.shuffle(all, new Random(seed));
        int[] counts = new int[data.classes().size()];
        all.forEach(each -> counts[each.label()]++);
        int[] seen = new int[counts.length];
        List<int[]> ranks = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int label = all.get(i).label();
            if (counts[label] >= LEAST_OF_CLASS) {
                ranks.add(new int[] {i, seen[label]++});
            }
        }
        return ranks.stream()
                .sorted((a, b) -> Integer.compare(a[1], b[1]))
                .limit(MOST_EXAMPLES)
                .map(rank -> all.get(rank[0]))
                .toList();
    }

    private static float[][] features(
            NetworkFile file, Reading reading, DataSet data, List<Chosen> chosen, int threads, Progress progress) {
        float[][] out = new float[chosen.size()][];
        try (Penultimate penultimate = new Penultimate(file, reading, threads)) {
            for (Parts part : List.of(Parts.TRAIN, Parts.VAL)) {
                int[] mine = IntStream.range(0, out.length)
                        .filter(i -> chosen.get(i).part() == part)
                        .toArray();
                if (mine.length == 0) {
                    continue;
                }
                int[] numbers = IntStream.of(mine).map(i -> chosen.get(i).at()).toArray();
                Examples all = data.part(part);
                float[][] rows = penultimate.of(
                        all.chosen(numbers, ClassTargets.of(all).chosen(numbers)), "looking at examples", progress);
                IntStream.range(0, mine.length).forEach(k -> out[mine[k]] = rows[k]);
            }
        }
        return out;
    }

    private static double milliseconds(NetworkFile file, Reading reading, Examples given, int threads) {
        Classifier asked = Classifier.of(file.path(), file.model(), reading);
        Examples examples = given.fedTo(file.path(), asked.inputs());
        int batch = asked.fixedBatch().orElse(1);
        Map<String, Values> inputs = examples.inputs(new int[batch], Examples.PLAIN);
        try (OrtSession session = asked.open(threads)) {
            double[] took = Stream.generate(() -> {
                        long start = System.nanoTime();
                        session.run(inputs, asked.answer().scores());
                        return (System.nanoTime() - start) / 1e6 / batch;
                    })
                    .limit(WARM_UP + TIMES)
                    .skip(WARM_UP)
                    .mapToDouble(each -> each)
                    .sorted()
                    .toArray();
            return took[TIMES / 2];
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
