package graft.app.evaluate;

import graft.answers.AnswerEvaluation.Marked;
import graft.app.controls.MarkedText.Kind;
import graft.app.controls.MarkedText.Mark;
import graft.app.controls.Numbers;
import graft.data.Span;
import graft.predict.Entity;
import java.util.ArrayList;
import java.util.List;

/** Answers in a passage, as marks. */
final class AnswerMarks {
    private AnswerMarks() {}

    /** What is right and what was said: alike they are one. */
    static List<Mark> of(Marked question) {
        List<Mark> out = new ArrayList<>();
        for (Span said : question.said()) {
            Kind kind = question.gold().contains(said) ? Kind.FOUND : Kind.INVENTED;
            out.add(new Mark(said.start(), said.end(), kind, sure(question)));
        }
        for (Span gold : question.gold()) {
            // Of several right answers one is enough.
            if (!question.said().contains(gold) && question.f1() < 1) {
                out.add(new Mark(gold.start(), gold.end(), Kind.MISSED, ""));
            }
        }
        return out;
    }

    private static String sure(Marked question) {
        return question.probability() == null ? "" : Numbers.percent(question.probability());
    }

    /** The first answers that do not lie over one another, each with its rank and how sure it is. */
    static List<Mark> of(List<Entity> ranked, int most) {
        List<Mark> out = new ArrayList<>();
        for (int i = 0; i < ranked.size() && out.size() < most; i++) {
            Span span = ranked.get(i).span();
            boolean free = span.start() < span.end()
                    && out.stream().noneMatch(mark -> mark.start() < span.end() && span.start() < mark.end());
            if (free) {
                out.add(new Mark(
                        span.start(),
                        span.end(),
                        Kind.THERE,
                        Numbers.percent(ranked.get(i).probability())));
            }
        }
        return out;
    }
}
