package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.evaluate.ThresholdCurve;
import graft.evaluate.ThresholdCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;

/** From which probability on an example is called a class: what that finds, what it overlooks, and what it costs. */
public final class ThresholdViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");

    private final ObjectProperty<ThresholdCurve> curve = new SimpleObjectProperty<>();
    private final DoubleProperty threshold = new SimpleDoubleProperty(0.5);
    private final DoubleProperty missCost = new SimpleDoubleProperty(1);
    private final ReadOnlyObjectWrapper<Point> point = new ReadOnlyObjectWrapper<>(new Point(0.5, 0, 0));
    private final StringBinding words;
    private final StringBinding advice;

    public ThresholdViewModel() {
        Runnable update = () -> point.set(
                curve.get() == null
                        ? new Point(threshold.get(), 0, 0)
                        : curve.get().at(threshold.get()));
        curve.addListener((property, old, now) -> update.run());
        threshold.addListener((property, old, now) -> update.run());
        words = Bindings.createStringBinding(this::say, curve, point);
        advice = Bindings.createStringBinding(this::advise, curve, missCost);
    }

    private String say() {
        ThresholdCurve now = curve.get();
        if (now == null || !now.isDefined()) {
            return "";
        }
        Point at = point.get();
        int called = at.hits() + at.alarms();
        return text(
                "threshold.says",
                percent(at.threshold()),
                now.name(),
                at.hits(),
                now.positives(),
                percent((double) at.hits() / now.positives()),
                at.alarms(),
                now.negatives(),
                called == 0 ? "–" : percent((double) at.hits() / called));
    }

    private String advise() {
        ThresholdCurve now = curve.get();
        if (now == null || !now.isDefined()) {
            return "";
        }
        Point best = best();
        return Double.isInfinite(best.threshold())
                ? text("threshold.never", now.name())
                : text("threshold.best", percent(best.threshold()), now.positives() - best.hits(), best.alarms());
    }

    private Point best() {
        return curve.get().cheapest(missCost.get(), 1);
    }

    /** Takes the threshold with the lowest cost. */
    public void takeBest() {
        if (curve.get() != null && curve.get().isDefined()) {
            threshold.set(Math.min(1, best().threshold()));
        }
    }

    /** False against true positive rate, from the lower left to the upper right. */
    public static List<double[]> roc(ThresholdCurve curve) {
        List<double[]> out = new ArrayList<>(List.of(new double[] {0, 0}));
        curve.points()
                .forEach(each -> out.add(new double[] {
                    (double) each.alarms() / Math.max(1, curve.negatives()),
                    (double) each.hits() / Math.max(1, curve.positives())
                }));
        return out;
    }

    /** Recall against precision. */
    public static List<double[]> precisionRecall(ThresholdCurve curve) {
        List<double[]> out = new ArrayList<>();
        curve.points()
                .forEach(each -> out.add(new double[] {
                    (double) each.hits() / Math.max(1, curve.positives()),
                    (double) each.hits() / (each.hits() + each.alarms())
                }));
        if (!out.isEmpty()) {
            out.add(0, new double[] {0, out.get(0)[1]});
        }
        return out;
    }

    private static String percent(double share) {
        return Numbers.percent(share);
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** The class that is looked at; null while there is none. */
    public ObjectProperty<ThresholdCurve> curveProperty() {
        return curve;
    }

    /** 0…1. */
    public DoubleProperty thresholdProperty() {
        return threshold;
    }

    /** How many false alarms are as bad as one that is overlooked. */
    public DoubleProperty missCostProperty() {
        return missCost;
    }

    /** The counts at the threshold. */
    public ReadOnlyObjectProperty<Point> pointProperty() {
        return point.getReadOnlyProperty();
    }

    /** What the threshold finds and what it overlooks; "" where there is no curve. */
    public StringBinding wordsProperty() {
        return words;
    }

    /** Which threshold costs least. */
    public StringBinding adviceProperty() {
        return advice;
    }
}
