package graft.app.controls;

import java.util.List;
import java.util.Locale;
import org.jfree.data.xy.XYSeries;

/** What is drawn of a run: losses of steps, raw and smoothed, and the figures of whole epochs; x in epochs. */
final class RunSeries {
    /** Weight of a new step in the smoothed line (an exponential moving average). */
    private static final double SMOOTHING = 0.1;

    private double average;
    private double weight;

    final XYSeries rawLoss = series();
    final XYSeries smoothLoss = series();
    final XYSeries valLoss = series();
    final XYSeries trainAccuracy = series();
    final XYSeries valAccuracy = series();
    /** Of another domain, where there is one. */
    final XYSeries targetAccuracy = series();

    /**
     * All values at one place; NaN where there is none.
     *
     * @param step from 1; 0 where there are no steps
     */
    record At(
            double x,
            int step,
            double raw,
            double smooth,
            double valLoss,
            double trainAcc,
            double valAcc,
            double targetAcc) {}

    static XYSeries series() {
        return new XYSeries("", false, true);
    }

    List<XYSeries> losses() {
        return List.of(rawLoss, smoothLoss, valLoss);
    }

    List<XYSeries> accuracies() {
        return List.of(trainAccuracy, valAccuracy, targetAccuracy);
    }

    void clear() {
        average = 0;
        weight = 0;
        for (XYSeries series : List.of(rawLoss, smoothLoss, valLoss, trainAccuracy, valAccuracy, targetAccuracy)) {
            series.setNotify(false);
            series.clear();
        }
    }

    void addStep(double x, double stepLoss) {
        rawLoss.add(x, stepLoss, false);
        if (Double.isFinite(stepLoss)) {
            average += SMOOTHING * (stepLoss - average);
            weight += SMOOTHING * (1 - weight);
        }
        // Divided by what the weights sum up to, so that the first steps do not hold it up (as in Adam's moments).
        smoothLoss.add(x, weight == 0 ? Double.NaN : average / weight, false);
    }

    /** @param epoch where it was measured, in epochs */
    void addEpoch(double epoch, double trainAcc, double valueLoss, double valAcc) {
        valLoss.add(epoch, valueLoss, false);
        trainAccuracy.add(epoch, trainAcc, false);
        valAccuracy.add(epoch, valAcc, false);
    }

    /** Another domain's score of an epoch. */
    void addTarget(double epoch, double score) {
        targetAccuracy.add(epoch, score, false);
    }

    boolean isEmpty() {
        return rawLoss.isEmpty() && valLoss.isEmpty();
    }

    /** Of the step nearest to {@code x}, and of the epochs nearest to it. */
    At at(double x) {
        int step = nearest(rawLoss, x);
        return new At(
                step < 0 ? x : rawLoss.getX(step).doubleValue(),
                step + 1,
                value(rawLoss, step),
                value(smoothLoss, step),
                value(valLoss, nearest(valLoss, x)),
                value(trainAccuracy, nearest(trainAccuracy, x)),
                value(valAccuracy, nearest(valAccuracy, x)),
                value(targetAccuracy, nearest(targetAccuracy, x)));
    }

    At last() {
        return at(Double.POSITIVE_INFINITY);
    }

    private static double value(XYSeries series, int index) {
        return index < 0 ? Double.NaN : series.getY(index).doubleValue();
    }

    /** Index of the item nearest to x, which grows along a series; −1 where there is none. */
    private static int nearest(XYSeries series, double x) {
        int low = 0;
        int high = series.getItemCount() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (series.getX(middle).doubleValue() < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean before = low > 0
                && high >= 0
                && x - series.getX(low - 1).doubleValue() < series.getX(low).doubleValue() - x;
        return high < 0 ? -1 : before ? low - 1 : low;
    }

    private static String epoch(double place) {
        return place == Math.rint(place) ? Long.toString((long) place) : Double.toString(place);
    }

    /** One line per epoch, then one per step; another domain's score has a column where there is one. */
    String csv() {
        boolean target = !targetAccuracy.isEmpty();
        StringBuilder out = new StringBuilder("epoch,step_loss,val_loss,train_accuracy,val_accuracy")
                .append(target ? ",target_accuracy\n" : "\n");
        for (int i = 0; i < valAccuracy.getItemCount(); i++) {
            double place = valAccuracy.getX(i).doubleValue();
            out.append(String.format(
                    Locale.ROOT,
                    "%s,,%s,%s,%s%s%n",
                    epoch(place),
                    valLoss.getY(i),
                    trainAccuracy.getY(i),
                    valAccuracy.getY(i),
                    target ? "," + ofTarget(place) : ""));
        }
        for (int i = 0; i < rawLoss.getItemCount(); i++) {
            out.append(String.format(Locale.ROOT, "%s,%s,,,%s%n", rawLoss.getX(i), rawLoss.getY(i), target ? "," : ""));
        }
        return out.toString();
    }

    /** "" for an epoch in which it was not judged. */
    private String ofTarget(double place) {
        int at = targetAccuracy.indexOf(place);
        return at < 0 ? "" : targetAccuracy.getY(at).toString();
    }
}
