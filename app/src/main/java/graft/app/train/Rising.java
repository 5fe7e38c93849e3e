package graft.app.train;

import graft.app.train.Curves.EpochPoint;
import java.util.List;

/** Whether a run ended while it was still getting better. */
final class Rising {
    private static final int LEAST = 3;
    private static final double LAST_PART = 0.1;

    private Rising() {}

    /**
     * Where the best epoch is among the last tenth, and no epoch before those had as low a validation loss.
     *
     * @param best the epoch that was kept, from 1
     */
    static boolean is(List<EpochPoint> epochs, int best) {
        int count = epochs.size();
        if (count < LEAST) {
            return false;
        }
        int late = count - (int) Math.ceil(LAST_PART * count);
        double before = epochs.subList(0, late).stream()
                .mapToDouble(EpochPoint::valLoss)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        double lately = epochs.subList(late, count).stream()
                .mapToDouble(EpochPoint::valLoss)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return best > late && lately < before;
    }
}
