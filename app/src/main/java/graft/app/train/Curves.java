package graft.app.train;

import graft.judge.Score;
import graft.judge.Showing.Sample;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What was measured during a run, as it comes. */
public final class Curves {
    /** @param x in epochs: the third of four steps of the second epoch is 1.75 */
    public record StepPoint(double x, double loss) {}

    /**
     * @param epoch from 1
     * @param targetAccuracy of another domain; NaN where there is none
     */
    public record EpochPoint(
            int epoch,
            double trainLoss,
            double trainAccuracy,
            double valLoss,
            double valAccuracy,
            double targetAccuracy) {
        public EpochPoint(int epoch, double trainLoss, double trainAccuracy, double valLoss, double valAccuracy) {
            this(epoch, trainLoss, trainAccuracy, valLoss, valAccuracy, Double.NaN);
        }
    }

    /** Rows true, columns predicted. */
    public record EpochConfusion(int epoch, int[][] counts) {}

    /** Far below a step: thirds and sevenths add up to whole epochs only nearly. */
    private static final double TINY = 1e-9;

    /** As the score of a run without a word about it is: accuracy. */
    private boolean lessIsBetter;

    private final ObservableList<StepPoint> steps = FXCollections.observableArrayList();
    private final ObservableList<EpochPoint> epochs = FXCollections.observableArrayList();
    private final ObservableList<EpochConfusion> confusions = FXCollections.observableArrayList();

    private final ObservableList<Sample> samples = FXCollections.observableArrayList();

    // Kept here: what listens to such a view is forgotten together with it.
    private final ObservableList<StepPoint> stepsSeen = FXCollections.unmodifiableObservableList(steps);
    private final ObservableList<EpochPoint> epochsSeen = FXCollections.unmodifiableObservableList(epochs);
    private final ObservableList<EpochConfusion> confusionsSeen = FXCollections.unmodifiableObservableList(confusions);

    private final ObservableList<Sample> samplesSeen = FXCollections.unmodifiableObservableList(samples);

    boolean isEmpty() {
        return steps.isEmpty() && epochs.isEmpty();
    }

    void clear() {
        steps.clear();
        epochs.clear();
        confusions.clear();
        samples.clear();
    }

    /** A resumed run goes back to its checkpoint: what came after it is measured again. */
    void add(StepPoint point) {
        int keep = steps.size();
        while (keep > 0 && steps.get(keep - 1).x() >= point.x()) {
            keep--;
        }
        if (keep < steps.size()) {
            steps.remove(keep, steps.size());
        }
        steps.add(point);
    }

    void add(EpochPoint point) {
        epochs.removeIf(old -> old.epoch() >= point.epoch());
        epochs.add(point);
    }

    void add(EpochConfusion confusion) {
        confusions.removeIf(old -> old.epoch() >= confusion.epoch());
        confusions.add(confusion);
    }

    void add(Sample sample) {
        samples.removeIf(old -> old.epoch() >= sample.epoch());
        samples.add(sample);
    }

    /** Where an epoch was measured, in epochs: at its end, or earlier where the run was stopped within it. */
    double placeOf(int epoch) {
        return placeOf(steps, epoch);
    }

    /** @param steps in their order */
    static double placeOf(List<StepPoint> steps, int epoch) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            double x = steps.get(i).x();
            if (x <= epoch + TINY) {
                return x > epoch - 1 + TINY && x < epoch - TINY ? x : epoch;
            }
        }
        return epoch;
    }

    /** How many steps an epoch has that is not a whole one; 0 of whole ones. */
    int stepsOfPartOf(int epoch) {
        return placeOf(epoch) == epoch
                ? 0
                : (int) steps.stream()
                        .filter(step -> step.x() > epoch - 1 + TINY)
                        .count();
    }

    /** The matrix of the file that ships, in place of what was measured while its epoch was trained. */
    void ship(EpochConfusion shipped) {
        for (int i = 0; i < confusions.size(); i++) {
            if (confusions.get(i).epoch() == shipped.epoch()) {
                confusions.set(i, shipped);
                return;
            }
        }
        confusions.add(shipped);
    }

    public ObservableList<StepPoint> steps() {
        return stepsSeen;
    }

    public ObservableList<EpochPoint> epochs() {
        return epochsSeen;
    }

    public ObservableList<EpochConfusion> confusions() {
        return confusionsSeen;
    }

    /** What the network wrote before it learnt and after each epoch, where it writes. */
    public ObservableList<Sample> samples() {
        return samplesSeen;
    }

    /** @param metric the name of the score */
    void judgeBy(String metric) {
        lessIsBetter = Score.isLessBetter(metric);
    }

    /** The epoch of the best validation score, on a tie the one with the lower loss, then the earlier; 0 = none yet. */
    public int bestEpoch() {
        return best().map(EpochPoint::epoch).orElse(0);
    }

    java.util.Optional<EpochPoint> best() {
        return List.copyOf(epochs).stream().reduce((a, b) -> isBetter(b, a) ? b : a);
    }

    /** As the run chooses the epoch that it keeps. */
    private boolean isBetter(EpochPoint later, EpochPoint earlier) {
        double gain = (later.valAccuracy() - earlier.valAccuracy()) * (lessIsBetter ? -1 : 1);
        return gain > 0 || later.valAccuracy() == earlier.valAccuracy() && later.valLoss() < earlier.valLoss();
    }
}
