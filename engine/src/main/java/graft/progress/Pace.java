package graft.progress;

import java.util.Locale;
import java.util.OptionalDouble;

/** Says with each report of a stage how fast it goes: units a second since its first report. */
public final class Pace {
    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1e6;
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
        return stage.bytes() ? megabytes(stage, rate) : counted(stage, rate);
    }

    private static String counted(Stage stage, OptionalDouble rate) {
        String words = stage.what() + " " + stage.done() + " of " + stage.total();
        return rate.isEmpty()
                ? words
                : words
                        + String.format(
                                Locale.ROOT,
                                rate.getAsDouble() < 10 ? " (%.1f a second)" : " (%.0f a second)",
                                rate.getAsDouble());
    }

    /** "fetching net.onnx 12.3 of 46.8 MB (4.2 MB a second, 8 s left)". */
    private static String megabytes(Stage stage, OptionalDouble rate) {
        String words = String.format(
                Locale.ROOT, "%s %.1f of %.1f MB", stage.what(), stage.done() / MEGABYTE, stage.total() / MEGABYTE);
        return rate.isEmpty() || rate.getAsDouble() <= 0
                ? words
                : words
                        + String.format(
                                Locale.ROOT,
                                " (%.1f MB a second, %.0f s left)",
                                rate.getAsDouble() / MEGABYTE,
                                Math.ceil((stage.total() - stage.done()) / rate.getAsDouble()));
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
