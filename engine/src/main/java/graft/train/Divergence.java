package graft.train;

import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Magnitude;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a run left what can be computed, or what still means something.
 *
 * @param epoch from 1
 * @param step from 1 within the epoch; 0 = when the epoch was judged on the validation examples
 * @param loss what it had become
 * @param example with an input to the learning part that is no finite number, of the examples of the step, or of the
 *     validation examples; empty where all are finite, so that learning itself is to blame
 */
record Divergence(int epoch, int step, double loss, Optional<Integer> example) {
    /** Times the loss of guessing: what is surer than that of wrong answers learns nothing any more. */
    private static final double ABSURD = 1e6;
    /** Times the loss of guessing: worth a remark. */
    private static final double POOR = 10;

    static boolean isAbsurd(double loss, double guessing) {
        return !(loss <= ABSURD * (Double.isNaN(guessing) ? Double.MAX_VALUE / ABSURD : guessing));
    }

    /** What happened and why, for the user. */
    String words(FineTuningPlan plan, DataSet data) {
        Examples examples = step == 0 ? data.val() : data.train();
        String where = "in epoch " + epoch + (step == 0 ? ", on the validation examples" : ", step " + step);
        String what = "The loss became " + number(loss) + " " + where + ": ";
        Optional<String> tooLarge = tooLarge(data);
        if (tooLarge.isPresent()) {
            return what + tooLarge.get();
        }
        if (example.isPresent()) {
            return what + "what " + plan.network() + " makes of " + examples.place(example.get())
                    + " is no finite number, before anything learns from it. Remove that example, or prepare the examples as the"
                    + " network was trained (" + examples.preparing() + ").";
        }
        if (plan.get(PlanOptions.WEIGHT_DECAY) * plan.get(PlanOptions.LEARNING_RATE) >= 2) {
            return what + "the weight decay is too high. Use a smaller --weight-decay (it was "
                    + plan.get(PlanOptions.WEIGHT_DECAY) + "): with --lr " + plan.get(PlanOptions.LEARNING_RATE)
                    + " it turns every weight round at each step.";
        }
        if (plan.get(TransferOptions.ADAPT) != TransferOptions.Adaptation.NONE) {
            return what
                    + "training diverged. Either the likeness of domains weighs too much (--adapt-weight, see `graft train --help`"
                    + " for what it usually is: features with large values need less), or the learning rate is too high (--lr, it was "
                    + plan.get(PlanOptions.LEARNING_RATE) + "). Try a hundredth of the one, or a tenth of the other.";
        }
        return what + "training diverged, most likely since the learning rate is too high. Use a smaller --lr (it was "
                + plan.get(PlanOptions.LEARNING_RATE) + "); a tenth of it is a good next try.";
    }

    private static Optional<String> tooLarge(DataSet data) {
        return Magnitude.outOfUse(data.train()).or(() -> Magnitude.outOfUse(data.val()));
    }

    /** A remark on the epoch that is kept, where its probabilities mean nothing; empty otherwise. */
    static Optional<String> remark(FineTuningResult.Epoch kept, FineTuningPlan plan, DataSet data, double guessing) {
        if (Double.isNaN(guessing)
                || kept.valLoss() <= (plan.get(PlanOptions.FIT).isAtOnce() ? 1 : POOR) * guessing) {
            return Optional.empty();
        }
        return plan.get(PlanOptions.FIT).isAtOnce()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "The answers are far surer than they are right (validation loss %s, where guessing has %.2f): distances say"
                                + " which class is nearest, not how likely it is. What is answered is not touched by that; where"
                                + " probabilities matter, `graft calibrate` gives the file a temperature.",
                        number(kept.valLoss()),
                        guessing))
                : Optional.of(String.format(
                        Locale.ROOT,
                        "The validation loss of the epoch that is kept (%d) is %s, where guessing has %.2f: the network is sure of"
                                + " wrong answers. %s",
                        kept.epoch(),
                        number(kept.valLoss()),
                        guessing,
                        tooLarge(data)
                                .orElse("Use a smaller --lr (it was " + plan.get(PlanOptions.LEARNING_RATE) + ").")));
    }

    private static String number(double loss) {
        return Double.isFinite(loss) ? String.format(Locale.ROOT, "%.4g", loss) : Double.toString(loss);
    }
}
