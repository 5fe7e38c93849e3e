package graft.novelty;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.data.Examples;
import graft.files.OutputPlace;
import graft.meaning.Classifier;
import graft.meaning.CompleteNotes;
import graft.meaning.Reading;
import graft.onnx.MadeByGraft;
import graft.onnx.NetworkFile;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a network's file is to know of the examples that it learnt from.
 *
 * @param method how strange examples are told
 * @param layer whose numbers are compared
 * @param width numbers of an example
 * @param examples that are kept, of those to learn from
 * @param threshold distance beyond which an example is strange: 95 % of those to validate keep it
 * @param n examples that the threshold was tried on
 * @param beyond share of them beyond it, 0…1
 * @param judgedOn in words, which those are
 * @param bytes that the file grows by
 */
public record NotedExamples(
        String method,
        String layer,
        int width,
        int examples,
        double threshold,
        int n,
        double beyond,
        String judgedOn,
        long bytes) {
    private static final double KEPT = 0.95;
    /** Examples that hardly tell what is usual. */
    private static final int FEW = 30;

    private static final int MOST_EXAMPLES = 1000;
    private static final int MOST_BYTES = 2_000_000;

    /**
     * Looks at the training part, and at the validation part for the threshold.
     *
     * @param out where the network with the note is written
     * @param seed of the choice among many examples
     */
    public static NotedExamples of(
            NetworkFile file,
            Reading reading,
            DataSet data,
            long seed,
            int threads,
            Optional<Path> out,
            Progress progress) {
        out.ifPresent(place -> OutputPlace.checkFile(place, MadeByGraft::isOn, file.path()));
        try (Penultimate features = new Penultimate(file, reading, threads)) {
            int width = features.of(some(data.train(), new int[] {0}), "looking at examples", progress)[0].length;
            int[] chosen = chosen(data, Math.max(Neighbours.K, Math.min(MOST_EXAMPLES, MOST_BYTES / width)), seed);
            if (chosen.length < FEW) {
                progress.note("Of " + chosen.length + (chosen.length == 1 ? " example" : " examples")
                        + " to learn from it cannot be told what is usual: what is called strange is mostly chance. Some hundreds are"
                        + " better.");
            }
            Neighbours kept = Neighbours.of(
                    features.of(some(data.train(), chosen), "looking at examples to learn from", progress), 0);
            double[] val = distances(kept, features, data.val(), "looking at examples to validate", progress);
            double threshold = quantile(val);
            if (!Double.isFinite(threshold)) {
                throw new Refusal(file.path() + " makes of examples of " + data.source()
                        + " what is no number, so that none is strange. Prepare them as the network was trained ("
                        + data.train().preparing() + ").");
            }
            Neighbours known = kept.withThreshold(threshold);
            String note = known.note();
            out.ifPresent(place -> OnnxFile.write(
                    MadeByGraft.note(file.model())
                            .withMetadata(notes(file, reading, data))
                            .withMetadata(Map.of(MadeByGraft.EXAMPLES, note)),
                    place));
            double[] judged = data.test()
                    .map(test -> distances(known, features, test, "looking at examples to test", progress))
                    .orElse(val);
            return new NotedExamples(
                    "distance of the " + Neighbours.K + "th nearest neighbour",
                    features.tensor(),
                    width,
                    chosen.length,
                    threshold,
                    judged.length,
                    (double) Arrays.stream(judged)
                                    .filter(each -> each > threshold)
                                    .count()
                            / judged.length,
                    data.test().isPresent()
                            ? "the test part"
                            : "the validation part, which gave the threshold: of new examples about 5 % are beyond it",
                    note.length());
        }
    }

    private static Map<String, String> notes(NetworkFile file, Reading reading, DataSet data) {
        Classifier network = Classifier.of(file.path(), file.model(), reading);
        return CompleteNotes.of(network, reading, data.fedTo(network.file(), network.inputs()));
    }

    private static Examples some(Examples all, int[] chosen) {
        return all.chosen(chosen, ClassTargets.of(all).chosen(chosen));
    }

    /** Of each class as many, as long as there are: an example is near to its own class. */
    private static int[] chosen(DataSet data, int most, long seed) {
        int n = data.train().size();
        int[] labels = ClassTargets.of(data.train()).labels();
        int[] order = IntStream.range(0, n).toArray();
        Random random = new Random(seed);
        for (int i = n - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int held = order[i];
            order[i] = order[other];
            order[other] = held;
        }
        int[] rank = new int[n];
        int[] seen = new int[data.classes().size()];
        for (int each : order) {
            rank[each] = seen[labels[each]]++;
        }
        return IntStream.of(order)
                .boxed()
                .sorted((a, b) -> Integer.compare(rank[a], rank[b]))
                .limit(most)
                .mapToInt(each -> each)
                .sorted()
                .toArray();
    }

    private static double[] distances(
            Neighbours known, Penultimate features, Examples examples, String doing, Progress progress) {
        return Arrays.stream(features.of(examples, doing, progress))
                .parallel()
                .mapToDouble(known::distance)
                .toArray();
    }

    /** The smallest distance that ⌈(n + 1) · 0.95⌉ of n keep; of fewer than 19 the largest. */
    static double quantile(double[] distances) {
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil((sorted.length + 1) * KEPT - 1e-9);
        return sorted[Math.min(rank, sorted.length) - 1];
    }
}
