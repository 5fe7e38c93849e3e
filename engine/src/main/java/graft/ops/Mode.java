package graft.ops;

import java.util.Set;

/**
 * How operators behave that differ between training and inference.
 *
 * @param dropout whether dropout acts
 * @param batchStatistics first outputs of the batch norms that normalise by their batch and learn its statistics
 */
public record Mode(boolean dropout, Set<String> batchStatistics) {
    /** Dropout passes everything on, batch norm uses its stored statistics. */
    public static final Mode INFERENCE = new Mode(false, Set.of());
}
