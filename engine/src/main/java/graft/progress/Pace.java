package graft.progress;

import java.util.Locale;
import java.util.OptionalDouble;

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
        OptionalDouble rate = rate(stage, nanos);
        if (stage.total() <= 0) {
            return stage.what();
        }
        String words = stage.what() + " " + stage.done() + " of " + stage.total();
        return rate.isEmpty()
                ? words
                : words
                        + String.format(
                                Locale.ROOT,
                                rate.getAsDouble() < 10 ? " (%.1f a second)" : " (%.0f a second)",
                                rate.getAsDouble());
    }

    /** Units a second; empty where too little time has gone by, or no end is known. To be asked once for each report. */
    public OptionalDouble rate(Stage stage, long nanos) {
        boolean next = !stage.what().equals(what) || stage.done() < firstDone;
        if (next) {
            what = stage.what();
            firstDone = stage.done();
            firstNanos = nanos;
        }
        double seconds = (nanos - firstNanos) / NANOS;
        return stage.total() <= 0 || seconds < LEAST_SECONDS
                ? OptionalDouble.empty()
                : OptionalDouble.of((stage.done() - firstDone) / seconds);
    }
}
