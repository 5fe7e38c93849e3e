package graft.app.train;

import graft.options.Settings;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * What learns, when: the stages of a run as bars over its epochs. The first bar is the head's, from the first epoch on; each later
 * stage that lets more learn adds one.
 */
public final class Timeline {
    /**
     * One bar.
     *
     * @param spec what learns from there on, as {@code --trainable} takes it
     * @param start epochs before it thaws
     * @param rate at which it learns once it does
     * @param stage number of the stage that begins with it, from 0
     */
    public record Bar(String spec, int start, double rate, int stage) {}

    private final List<Stage> stages;

    public Timeline(List<Stage> stages) {
        this.stages = List.copyOf(stages);
    }

    /** The stages of a plan, as far as a timeline speaks of them. */
    static Timeline of(FineTuningPlan past) {
        return new Timeline(past.stages().stream()
                .map(stage -> new Stage(Settings.NONE
                        .with(PlanOptions.TRAINABLE, stage.get(PlanOptions.TRAINABLE))
                        .with(PlanOptions.EPOCHS, stage.get(PlanOptions.EPOCHS))
                        .with(PlanOptions.LEARNING_RATE, stage.get(PlanOptions.LEARNING_RATE))
                        .with(PlanOptions.LR_DECAY, stage.get(PlanOptions.LR_DECAY))
                        .with(PlanOptions.FIT, stage.get(PlanOptions.FIT))))
                .toList());
    }

    public List<Stage> stages() {
        return stages;
    }

    public int epochs() {
        return stages.stream().mapToInt(stage -> stage.get(PlanOptions.EPOCHS)).sum();
    }

    /** From the head down. */
    public List<Bar> bars() {
        List<Bar> out = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            String spec = stage.get(PlanOptions.TRAINABLE);
            double rate = stage.get(PlanOptions.LEARNING_RATE);
            if (i == 0) {
                out.add(new Bar("head", 0, rate, 0));
            }
            boolean more = out.stream().noneMatch(bar -> bar.spec().equals(spec));
            if (more) {
                out.add(new Bar(spec, start, rate, i));
            }
            start += stage.get(PlanOptions.EPOCHS);
        }
        return out;
    }

    /** Whether what a bar stands for is found without a step: it has no rate. */
    public boolean isAtOnce(Bar bar) {
        return stages.get(bar.stage()).get(PlanOptions.FIT).isAtOnce();
    }

    /** Whether something stays frozen to the end. */
    public boolean leavesFrozen() {
        return stages.stream()
                .noneMatch(stage -> stage.get(PlanOptions.TRAINABLE).equals("all"));
    }

    /** Whether a bar can thaw at another time: not one that learns from the first epoch on. */
    public boolean isMovable(Bar bar) {
        return bar.stage() > 0;
    }

    /** With a bar that thaws after so many epochs; each stage keeps one epoch at least. */
    public Timeline thawing(Bar bar, int after) {
        if (!isMovable(bar)) {
            return this;
        }
        int before = 0;
        for (int i = 0; i < bar.stage() - 1; i++) {
            before += stages.get(i).get(PlanOptions.EPOCHS);
        }
        int both = epochs(bar.stage() - 1) + epochs(bar.stage());
        int first = Math.max(1, Math.min(both - 1, after - before));
        List<Stage> out = new ArrayList<>(stages);
        out.set(bar.stage() - 1, with(stages.get(bar.stage() - 1), first));
        out.set(bar.stage(), with(stages.get(bar.stage()), both - first));
        return new Timeline(out);
    }

    private int epochs(int stage) {
        return stages.get(stage).get(PlanOptions.EPOCHS);
    }

    private static Stage with(Stage stage, int epochs) {
        return new Stage(stage.settings().with(PlanOptions.EPOCHS, epochs));
    }

    /** With another learning rate of the stage that begins with a bar. */
    public Timeline learningAt(Bar bar, double rate) {
        if (isAtOnce(bar)) {
            return this;
        }
        List<Stage> out = new ArrayList<>(stages);
        Stage stage = stages.get(bar.stage());
        out.set(bar.stage(), new Stage(stage.settings().with(PlanOptions.LEARNING_RATE, rate)));
        return new Timeline(out);
    }

    /** The next of 1, 2, 5, 10, … above or below a rate. */
    public static double next(double rate, boolean up) {
        double[] digits = {1, 2, 5, 10};
        double power = Math.pow(10, Math.floor(Math.log10(rate) + 1e-9));
        double digit = rate / power;
        if (up) {
            for (double each : digits) {
                if (each > digit * 1.001) {
                    return rounded(each * power);
                }
            }
        }
        for (int i = digits.length - 1; i >= 0; i--) {
            if (digits[i] < digit * 0.999) {
                return rounded(digits[i] * power);
            }
        }
        return rounded(power / 2);
    }

    private static double rounded(double rate) {
        return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.3g", rate));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Timeline timeline && timeline.stages.equals(stages);
    }

    @Override
    public int hashCode() {
        return stages.hashCode();
    }
}
