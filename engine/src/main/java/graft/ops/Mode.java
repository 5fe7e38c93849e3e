package graft.ops;

import java.util.Set;

/**
 * How operators behave that differ between training and inference.
 *
 * @param dropout whether dropout acts
 * @param batchStatistics first outputs of the batch norms that normalise by their batch and learn its statistics
 * @param precision of products
 * @param again whether the values are computed a second time: statistics were learnt at the first
 */
public record Mode(boolean dropout, Set<String> batchStatistics, Precision precision, boolean again) {
    /** Dropout passes everything on, batch norm uses its stored statistics. */
    public static final Mode INFERENCE = new Mode(false, Set.of(), Precision.FP32, false);

    /** Products of this precision. */
    public Mode with(Precision other) {
        return new Mode(dropout, batchStatistics, other, again);
    }

    Mode asSecondTime() {
        return new Mode(dropout, batchStatistics, precision, true);
    }
}
