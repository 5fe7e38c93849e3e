package graft.answers;

import java.util.Map;
import java.util.Optional;

/**
 * When a question is left without an answer: where the score of the first token is more than so much above that of the best answer.
 *
 * @param kind whether it is known
 * @param value where it is
 */
public record Threshold(Kind kind, double value) {
    /** What is known of it. */
    enum Kind {
        /** The network never learnt that there may be none: every question is answered. */
        NEVER,
        /** Chosen by what is judged. */
        CHOSEN,
        KNOWN
    }

    /** Note of a network's file that learnt that there may be no answer. */
    static final String NOTE = "graft.no_answer_threshold";

    static final Threshold NEVER = new Threshold(Kind.NEVER, Double.POSITIVE_INFINITY);
    static final Threshold CHOSEN = new Threshold(Kind.CHOSEN, Double.NaN);

    static Threshold known(double value) {
        return new Threshold(Kind.KNOWN, value);
    }

    /** Of a network's file. */
    static Threshold noted(Map<String, String> notes) {
        return Optional.ofNullable(notes.get(NOTE))
                .filter(text -> text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?([eE]-?[0-9]{1,3})?"))
                .map(text -> known(Double.parseDouble(text)))
                .orElse(NEVER);
    }
}
