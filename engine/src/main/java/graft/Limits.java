package graft;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which numbers a setting may have: one list for the command line, for plans that are read from files, and for the window.
 * Upper ends are far beyond use; they keep products of settings from overflowing.
 */
public final class Limits {
    private static final Map<String, Range> RANGES = new LinkedHashMap<>();

    static {
        whole("epochs", 1, 1_000_000);
        whole("batch", 1, 65_536);
        whole("accumulate", 1, 16_384);
        above0("lr", 1e9);
        RANGES.put("momentum", new Range(0, 1, false, true, false));
        from0("weight-decay", 1e6);
        whole("early-stop", 0, 1_000_000);
        RANGES.put("label-smoothing", new Range(0, 1, false, true, false));
        whole("views", 0, 10_000);
        whole("threads", 0, 1024);
        from0("checkpoint-seconds", 31_536_000);
        from0("max-loss", 100);
        whole("size", 1, 8192);
        above0("std", Float.MAX_VALUE);
        RANGES.put("mean", new Range(-Float.MAX_VALUE, Float.MAX_VALUE, false, false, false));
        above0("scale", Float.MAX_VALUE);
        whole("calibration-examples", 1, 1_000_000);
        whole("samples", 1, 1_000_000);
        whole("steps", 1, 1_000_000);
    }

    private Limits() {}

    private record Range(double from, double to, boolean fromExcluded, boolean toExcluded, boolean whole) {
        boolean contains(double value) {
            return (fromExcluded ? value > from : value >= from)
                    && (toExcluded ? value < to : value <= to)
                    && (!whole || value == Math.rint(value));
        }

        @Override
        public String toString() {
            String kind = whole ? "a whole number" : "a number";
            boolean largest = to == Float.MAX_VALUE;
            if (from == -to) {
                return "a finite number";
            }
            return kind
                    + (fromExcluded ? " above " : largest || toExcluded ? " of at least " : " from ")
                    + text(from)
                    + (largest
                            ? ", and finite"
                            : toExcluded
                                    ? " and below " + text(to)
                                    : (fromExcluded ? ", at most " : " to ") + text(to));
        }
    }

    private static void whole(String setting, double from, double to) {
        RANGES.put(setting, new Range(from, to, false, false, true));
    }

    private static void from0(String setting, double to) {
        RANGES.put(setting, new Range(0, to, false, false, false));
    }

    private static void above0(String setting, double to) {
        RANGES.put(setting, new Range(0, to, true, false, false));
    }

    /**
     * What is wrong with a value: "must be a whole number from 1 to 65536; it was 0". Empty where nothing is, or where the
     * setting has no limits.
     *
     * @param setting its option without the hyphens in front
     */
    public static Optional<String> complaint(String setting, double value) {
        Range range = RANGES.get(setting);
        return range == null || range.contains(value)
                ? Optional.empty()
                : Optional.of("must be " + range + "; it was " + text(value));
    }

    /** @throws Refusal where a value is beyond the limits of its setting */
    public static void check(String setting, double value) {
        complaint(setting, value).ifPresent(words -> {
            throw new Refusal(setting + " " + words + ".");
        });
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
