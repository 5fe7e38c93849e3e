package graft.app.jobs;

import graft.app.controls.Counts;
import graft.app.controls.Numbers;
import graft.progress.Pace;
import graft.progress.Stage;
import java.util.MissingResourceException;
import java.util.OptionalDouble;
import java.util.ResourceBundle;

/** What the engine says it is doing, in the language of the window: its words are the keys. */
public final class StageWords {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.stages");

    private static final double MEGABYTE = 1e6;

    private StageWords() {}

    /** "reading pictures 120 of 397 (85 a second)"; without the rate where there is none yet, or no end is known. */
    public static String line(Pace pace, Stage stage, long nanos) {
        OptionalDouble rate = pace.rate(stage, nanos);
        String what = of(stage.what());
        if (stage.total() <= 0) {
            return what;
        }
        if (stage.bytes()) {
            return megabytes(what, stage, rate);
        }
        String words =
                Numbers.message(TEXTS.getString("of"), what, Counts.exact(stage.done()), Counts.exact(stage.total()));
        return rate.isEmpty()
                ? words
                : Numbers.message(
                        TEXTS.getString("rate"),
                        words,
                        Numbers.format(rate.getAsDouble() < 10 ? "%.1f" : "%.0f", rate.getAsDouble()));
    }

    private static String megabytes(String what, Stage stage, OptionalDouble rate) {
        String words = Numbers.message(
                TEXTS.getString("of.megabytes"), what, megabytes(stage.done()), megabytes(stage.total()));
        return rate.isEmpty() || rate.getAsDouble() <= 0
                ? words
                : Numbers.message(
                        TEXTS.getString("rate.megabytes"),
                        words,
                        megabytes(rate.getAsDouble()),
                        Numbers.format("%.0f", Math.ceil((stage.total() - stage.done()) / rate.getAsDouble())));
    }

    private static String megabytes(double bytes) {
        return Numbers.format("%.1f", bytes / MEGABYTE);
    }

    /** The name of a file behind the words stays. */
    static String of(String what) {
        String known = what;
        while (!known.isEmpty()) {
            try {
                return TEXTS.getString(known.replace(' ', '.')) + what.substring(known.length());
            } catch (MissingResourceException longerThanAny) {
                known = known.substring(0, Math.max(0, known.lastIndexOf(' ')));
            }
        }
        return what; // of a later version, or a file that is only named
    }
}
