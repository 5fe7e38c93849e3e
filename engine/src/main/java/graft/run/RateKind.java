package graft.run;

import com.fasterxml.jackson.databind.JsonNode;
import graft.options.Kind;
import graft.options.Kinds;
import graft.options.Range;
import java.util.Optional;

/** A learning rate, or {@code auto}: a range test chooses one before the run begins. A plan on disk has a number. */
public record RateKind() implements Kind<Double> {
    /** No number, until a range test has chosen one. */
    public static final double AUTO = Double.NEGATIVE_INFINITY;

    private static final String WORD = "auto";
    private static final Kinds.Numeric<Double> NUMBER = new Kinds.Numeric<>(Range.above0(1e9), "X", Double::valueOf);

    public static boolean isAuto(double rate) {
        return rate == AUTO;
    }

    public Range range() {
        return NUMBER.range();
    }

    @Override
    public Double parse(String text) {
        if (text.strip().equalsIgnoreCase(WORD)) {
            return AUTO;
        }
        return Math.max(NUMBER.parse(text), -Double.MAX_VALUE); // nobody types AUTO as a number
    }

    @Override
    public String text(Double value) {
        return isAuto(value) ? WORD : NUMBER.text(value);
    }

    @Override
    public Optional<String> complaint(Double value) {
        return isAuto(value) ? Optional.empty() : NUMBER.complaint(value);
    }

    @Override
    public String label() {
        return NUMBER.label() + "|" + WORD;
    }

    @Override
    public String words() {
        return NUMBER.words() + ", or " + WORD;
    }

    @Override
    public JsonNode json(Double value) {
        return isAuto(value) ? Kind.super.json(value) : NUMBER.json(value);
    }
}
