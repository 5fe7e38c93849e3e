package graft.run;

import graft.network.BodyBlocks;
import graft.options.Settings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * Stages that suit most networks, under a name.
 *
 * @param title for people, in a few words
 * @param when one sentence: what it does, and when to use it
 * @param expansion what it comes to for a network
 */
public record Recipe(String name, String title, String when, Expansion expansion) {

    /** Makes the stages for a network. */
    public interface Expansion {
        /** Stages of at least one epoch each, all together as many as {@code budget} has. */
        List<Stage> stages(BodyBlocks body, Budget budget);
    }

    /**
     * What is shared out among the stages.
     *
     * @param epochs of all stages
     * @param rate of the head while the body is frozen
     */
    public record Budget(int epochs, double rate) {
        /** What pre-trained layers bear: a tenth of what a new head does. */
        private static final BigDecimal FINE = new BigDecimal("0.1");
        /** From block to block. */
        private static final double DECAY = 0.9;

        Stage head(int count) {
            return stage("head", count, rate);
        }

        /** All of the body from a block on, the lower blocks at lower rates. */
        Stage from(BodyBlocks body, int block, int count) {
            return new Stage(stage(spec(body, block), count, ofBodyExactly(rate))
                    .settings()
                    .with(PlanOptions.LR_DECAY, DECAY));
        }

        /** The head at once, without a step. */
        Stage atOnce(Fit fit) {
            return new Stage(head(1).settings().with(PlanOptions.FIT, fit));
        }

        /** Everything from the first step, by episodes. */
        Stage episodes() {
            return new Stage(stage("all", epochs, rate).settings().with(PlanOptions.FIT, Fit.EPISODES));
        }

        /** Everything by pairs of examples, and a head of its own after each epoch. */
        Stage pairs(BodyBlocks body) {
            return new Stage(alike(body, 0).settings().with(PlanOptions.FIT, Fit.PAIRS));
        }

        /** All that learns at one rate. */
        Stage alike(BodyBlocks body, int block) {
            return stage(spec(body, block), epochs, ofBodyExactly(rate));
        }

        /** As one writes it: 0.013, not 0.013000000000000001. */
        private static double ofBodyExactly(double rate) {
            return RateKind.isAuto(rate)
                    ? rate
                    : BigDecimal.valueOf(rate).multiply(FINE).doubleValue();
        }

        private static String spec(BodyBlocks body, int block) {
            return block == 0
                    ? "all"
                    : "from:" + body.blocks().get(block).get(0).name();
        }

        private static Stage stage(String trainable, int epochs, double rate) {
            return new Stage(Settings.NONE
                    .with(PlanOptions.TRAINABLE, trainable)
                    .with(PlanOptions.EPOCHS, epochs)
                    .with(PlanOptions.LEARNING_RATE, rate));
        }
    }

    /** What a body bears where a new head learns at {@code rate}. */
    public static double ofBody(double rate) {
        return inTwoDigits(Budget.ofBodyExactly(rate));
    }

    /** As precise as rates deserve. */
    public static double inTwoDigits(double rate) {
        return new BigDecimal(rate).round(new MathContext(2)).doubleValue();
    }

    static Optional<Recipe> of(String name) {
        return Recipes.all().stream()
                .filter(recipe -> recipe.name().equals(name))
                .findFirst();
    }
}
