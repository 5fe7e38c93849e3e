package graft.ops;

import java.util.Set;

/**
 * How operators behave that differ between training and inference.
 *
 * @param dropout whether dropout acts
 * @param batchStatistics first outputs of the batch norms that normalise by their batch and learn its statistics
 * @param precision of products
 * @param again whether statistics are not learnt: they were when the same was computed before, or are those of other examples
 */
public record Mode(boolean dropout, Set<String> batchStatistics, Precision precision, boolean again) {
    /** Dropout passes everything on, batch norm uses its stored statistics. */
    public static final Mode INFERENCE = new Mode(false, Set.of(), Precision.FP32, false);

    /** Products of this precision. */
    public Mode with(Precision other) {
        return new Mode(dropout, batchStatistics, other, again);
    }

    /** Batch norms normalise by their batch all the same, but learn no statistics of it. */
    public Mode learningNoStatistics() {
        return asSecondTime();
    }

    Mode asSecondTime() {
        return new Mode(dropout, batchStatistics, precision, true);
    }
}
