package graft.novelty;

import graft.Refusal;
import graft.data.Examples;
import graft.meaning.Reading;
import graft.onnx.MadeByGraft;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import java.util.Arrays;
import java.util.Optional;

/**
 * Says of examples how unlike those they are that a network learnt from, by what its file notes of these. Closed by whoever opened it.
 */
public final class Novelty implements AutoCloseable {
    private final NetworkFile file;
    private final Neighbours known;
    private final Penultimate features;

    private Novelty(NetworkFile file, Neighbours known, Penultimate features) {
        this.file = file;
        this.known = known;
        this.features = features;
    }

    /** Empty where the file notes nothing of its examples. */
    public static Optional<Novelty> open(NetworkFile file, Reading reading, int threads) {
        return Neighbours.read(file.path(), file.model().metadata(), MadeByGraft.EXAMPLES)
                .map(known -> new Novelty(file, known, new Penultimate(file, reading, threads)));
    }

    /**
     * Of each example its distance from those that were learnt from, as a part of the one that 95 % of the examples to validate keep: above 1 it
     * is strange.
     */
    public double[] of(Examples examples, Progress progress) {
        float[][] rows = features.of(examples, "looking at examples", progress);
        if (rows[0].length != known.width()) {
            throw new Refusal(
                    file.path() + " makes " + rows[0].length + " numbers of an example before its last layer, and its"
                            + " note of examples that it learnt from has " + known.width()
                            + ": it is another network's. Make it again with `graft ood`.");
        }
        return Arrays.stream(rows)
                .mapToDouble(row -> known.distance(row) / Math.max(known.threshold(), Double.MIN_NORMAL))
                .toArray();
    }

    /** Whether a score is that of a strange example. */
    public static boolean isStrange(double score) {
        return score > 1;
    }

    @Override
    public void close() {
        features.close();
    }
}
