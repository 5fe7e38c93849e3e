package graft.options;

import java.util.Locale;
import java.util.Optional;

/** Which numbers an option may have. Upper ends are far beyond use; they keep products of settings from overflowing. */
public record Range(double from, double to, boolean fromExcluded, boolean toExcluded, boolean whole) {
    /** Of whole numbers, both ends included. */
    public static Range whole(double from, double to) {
        return new Range(from, to, false, false, true);
    }

    /** Of numbers, both ends included. */
    public static Range of(double from, double to) {
        return new Range(from, to, false, false, false);
    }

    /** Above 0. */
    public static Range above0(double to) {
        return new Range(0, to, true, false, false);
    }

    /** A share of something that cannot be all of it. */
    public static Range below1() {
        return new Range(0, 1, false, true, false);
    }

    /** Every number that is finite. */
    public static Range finite() {
        return of(-Float.MAX_VALUE, Float.MAX_VALUE);
    }

    /** What is wrong with a value: "must be a whole number from 1 to 65536; it was 0". Empty where nothing is. */
    public Optional<String> complaint(double value) {
        return contains(value) ? Optional.empty() : Optional.of("must be " + this + "; it was " + text(value));
    }

    public boolean contains(double value) {
        return (fromExcluded ? value > from : value >= from)
                && (toExcluded ? value < to : value <= to)
                && (!whole || value == Math.rint(value));
    }

    /** "a whole number from 1 to 65536". */
    @Override
    public String toString() {
        String kind = whole ? "a whole number" : "a number";
        if (whole && from == Long.MIN_VALUE) {
            return kind;
        }
        if (from == -to) {
            return "a finite number";
        }
        boolean largest = to == Float.MAX_VALUE;
        return kind
                + (fromExcluded ? " above " : largest || toExcluded ? " of at least " : " from ")
                + text(from)
                + (largest
                        ? ", and finite"
                        : toExcluded ? " and below " + text(to) : (fromExcluded ? ", at most " : " to ") + text(to));
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
