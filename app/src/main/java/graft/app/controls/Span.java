package graft.app.controls;

/** From where to where an axis shows. */
record Span(double from, double to) {
    /** No closer: a thousandth of an epoch is less than a step. */
    private static final double SMALLEST = 1e-3;

    double length() {
        return to - from;
    }

    /** {@code factor} times as long; the place {@code at} stays where it is seen. */
    Span zoomed(double factor, double at) {
        double length = Math.max(SMALLEST, length() * factor);
        double share = (at - from) / length();
        return new Span(at - share * length, at + (1 - share) * length);
    }

    /** Moved, not beyond {@code whole}; all of {@code whole} where it is longer. */
    Span within(Span whole) {
        if (length() >= whole.length()) {
            return whole;
        }
        double by = Math.max(0, whole.from - from) - Math.max(0, to - whole.to);
        return moved(by);
    }

    Span moved(double by) {
        return new Span(from + by, to + by);
    }

    boolean contains(double value) {
        return value >= from && value <= to;
    }
}
