package graft.run;

import com.fasterxml.jackson.annotation.JsonAlias;
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
 * @param scoreSum over the examples of the current epoch; its mean is like the primary score. NaN where there is none
 * @param seen examples of the current epoch
 * @param bestEpoch from 1; 0 = none yet
 * @param optimizerSteps steps of the optimizer, which begins anew with each stage
 * @param epochSeconds spent on the current epoch
 * @param seconds spent on the whole run
 * @param stage number of the stage, from 0
 * @param stageStart epochs that were complete when it began
 * @param stageBest best epoch of the stage, from 1; 0 = none yet
 */
public record Position(
        List<Epoch> epochs,
        int step,
        double lossSum,
        @JsonAlias("correct") double scoreSum,
        int seen,
        int bestEpoch,
        long optimizerSteps,
        double epochSeconds,
        double seconds,
        int stage,
        int stageStart,
        int stageBest) {
    public static final Position START = new Position(List.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Position {
        // Runs of earlier versions had one stage, and did not say its best epoch apart.
        stageBest = stage == 0 ? bestEpoch : stageBest;
    }

    /** Complete epochs of the stage. */
    public int stageEpochs() {
        return epochs.size() - stageStart;
    }

    /** At the first step of the next stage. */
    public Position atNextStage() {
        return new Position(epochs, 0, 0, 0, 0, bestEpoch, 0, 0, seconds, stage + 1, epochs.size(), 0);
    }

    public Position afterStep(double loss, double score, int examples, double took) {
        return new Position(
                epochs,
                step + 1,
                lossSum + loss * examples,
                scoreSum + score,
                seen + examples,
                bestEpoch,
                optimizerSteps + 1,
                epochSeconds + took,
                seconds + took,
                stage,
                stageStart,
                stageBest);
    }

    /** The same where the epoch's examples are answered otherwise than while its steps were taken. */
    public Position answering(double loss, double score) {
        return new Position(
                epochs,
                step,
                loss * seen,
                score * seen,
                seen,
                bestEpoch,
                optimizerSteps,
                epochSeconds,
                seconds,
                stage,
                stageStart,
                stageBest);
    }

    /** {@code higherIsBetter}: whether more of the score is. */
    public Position afterEpoch(Epoch epoch, boolean higherIsBetter, double took) {
        List<Epoch> all = new ArrayList<>(epochs);
        all.add(epoch);
        return new Position(
                List.copyOf(all),
                0,
                0,
                0,
                0,
                isBetter(epoch, higherIsBetter) ? epoch.epoch() : bestEpoch,
                optimizerSteps,
                0,
                seconds + took,
                stage,
                stageStart,
                isBetter(epoch, stageBest, higherIsBetter) ? epoch.epoch() : stageBest);
    }

    /** The same, where the weights of this epoch are kept whatever its score. */
    public Position keeping(int epoch) {
        return new Position(
                epochs,
                step,
                lossSum,
                scoreSum,
                seen,
                epoch,
                optimizerSteps,
                epochSeconds,
                seconds,
                stage,
                stageStart,
                stageBest);
    }

    /** Whether an epoch is better than the best so far: a better score, or as good a one with a lower loss; else the earlier stays. */
    public boolean isBetter(Epoch epoch, boolean higherIsBetter) {
        return isBetter(epoch, bestEpoch, higherIsBetter);
    }

    private boolean isBetter(Epoch epoch, int than, boolean higherIsBetter) {
        if (than == 0) {
            return true;
        }
        Epoch best = epochs.get(than - 1);
        double gain = (epoch.valScore() - best.valScore()) * (higherIsBetter ? 1 : -1);
        return gain > 0 || gain == 0 && epoch.valLoss() < best.valLoss();
    }
}
