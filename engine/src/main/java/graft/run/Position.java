package graft.run;

import graft.run.FineTuningResult.Epoch;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a run is. With the plan and the tensors of the checkpoint this is all the state there is: order, augmentation
 * and dropout follow from the seed and these numbers.
 *
 * @param epochs those that are complete
 * @param step steps done in the current epoch
 * @param lossSum over the examples of the current epoch
 * @param correct of the current epoch's examples
 * @param seen examples of the current epoch
 * @param bestEpoch from 1; 0 = none yet
 * @param optimizerSteps steps over the whole run
 * @param epochSeconds spent on the current epoch
 * @param seconds spent on the whole run
 */
public record Position(
        List<Epoch> epochs,
        int step,
        double lossSum,
        int correct,
        int seen,
        int bestEpoch,
        long optimizerSteps,
        double epochSeconds,
        double seconds) {
    public static final Position START = new Position(List.of(), 0, 0, 0, 0, 0, 0, 0, 0);

    public Position afterStep(double loss, int right, int examples, double took) {
        return new Position(
                epochs,
                step + 1,
                lossSum + loss * examples,
                correct + right,
                seen + examples,
                bestEpoch,
                optimizerSteps + 1,
                epochSeconds + took,
                seconds + took);
    }

    public Position afterEpoch(Epoch epoch, boolean best, double took) {
        List<Epoch> all = new ArrayList<>(epochs);
        all.add(epoch);
        return new Position(
                List.copyOf(all), 0, 0, 0, 0, best ? epoch.epoch() : bestEpoch, optimizerSteps, 0, seconds + took);
    }

    /** Whether an epoch is better than the best so far: more right, or as much with a lower loss; else the earlier stays. */
    public boolean isBetter(Epoch epoch) {
        if (bestEpoch == 0) {
            return true;
        }
        Epoch best = epochs.get(bestEpoch - 1);
        return epoch.valAccuracy() > best.valAccuracy()
                || epoch.valAccuracy() == best.valAccuracy() && epoch.valLoss() < best.valLoss();
    }
}
