package graft.progress;

import java.util.Locale;

/** Says with each report of a stage how fast it goes: units a second since its first report. */
public final class Pace {
    private static final double NANOS = 1e9;
    /** Before this a rate says little. */
    private static final double LEAST_SECONDS = 0.5;

    private String what = "";
    private long firstDone;
    private long firstNanos;

    /** "reading pictures 120 of 397 (85 a second)"; without the rate where there is none yet, or no end is known. */
    public String line(Stage stage, long nanos) {
        boolean next = !stage.what().equals(what) || stage.done() < firstDone;
        if (next) {
            what = stage.what();
            firstDone = stage.done();
            firstNanos = nanos;
        }
        if (stage.total() <= 0) {
            return stage.what();
        }
        String words = stage.what() + " " + stage.done() + " of " + stage.total();
        double seconds = (nanos - firstNanos) / NANOS;
        if (seconds < LEAST_SECONDS) {
            return words;
        }
        double rate = (stage.done() - firstDone) / seconds;
        return words + String.format(Locale.ROOT, rate < 10 ? " (%.1f a second)" : " (%.0f a second)", rate);
    }
}
