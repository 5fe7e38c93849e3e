package graft.app.evaluate;

import graft.app.controls.Counts;
import graft.app.controls.Numbers;
import graft.app.task.TaskView;
import graft.evaluate.ClassEvaluation;
import java.util.List;
import java.util.ResourceBundle;

/** The figures of a judgement in words. */
final class Figures {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");

    private Figures() {}

    /** A figure with what it says. */
    record Headline(String figure, String says) {}

    /** The accuracy first, then what it is to be compared with. */
    static List<Headline> headlines(ClassEvaluation evaluation, TaskView shownAs) {
        return List.of(
                new Headline(
                        text("figure", 100 * evaluation.accuracy()),
                        text(
                                "figure.interval",
                                100 * evaluation.interval()[0],
                                100 * evaluation.interval()[1],
                                Counts.exact(evaluation.n()),
                                shownAs.text("counted"))),
                new Headline(text("figure", 100 * evaluation.baseline()), TEXTS.getString("figure.baseline")),
                new Headline(text("figure", 100 * evaluation.balancedAccuracy()), TEXTS.getString("figure.balanced")));
    }

    static String headline(ClassEvaluation evaluation) {
        return text(
                "headline",
                100 * evaluation.accuracy(),
                100 * evaluation.interval()[0],
                100 * evaluation.interval()[1]);
    }

    static String summary(ClassEvaluation evaluation, String network, TaskView shownAs) {
        return text(
                "summary",
                100 * evaluation.accuracy(),
                100 * evaluation.interval()[0],
                100 * evaluation.interval()[1],
                evaluation.n(),
                100 * evaluation.baseline(),
                network,
                shownAs.text("counted"));
    }

    static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }
}
