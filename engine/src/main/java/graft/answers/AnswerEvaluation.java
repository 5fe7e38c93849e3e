package graft.answers;

import com.fasterxml.jackson.annotation.JsonIgnore;
import graft.data.Span;
import graft.judge.Evaluation;
import graft.judge.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers held against those that are right, question by question, as SQuAD's programs do.
 *
 * @param f1 mean over questions of the words that answer and right answer share: what networks are chosen by
 * @param exact share of questions with a right answer word for word, but for articles and punctuation
 * @param interval [low, high], in which the F1 of as many other questions lies with 95 %, by drawing questions anew
 * @param groups questions that have an answer, and those that have none; none where all have one
 * @param threshold when a question is left without an answer; null where each is answered
 * @param chosen whether it was chosen by these very questions
 * @param questions each, in their order
 * @param worst those that were answered worst, with their passages
 * @param marked all of them, with their passages, the worst first
 * @param loss mean over windows; NaN where it is not known
 * @param notFinite the first example with an answer that is no number; −1 where there is none
 */
public record AnswerEvaluation(
        double f1,
        double exact,
        double[] interval,
        List<Group> groups,
        Double threshold,
        boolean chosen,
        List<Asked> questions,
        List<Marked> worst,
        @JsonIgnore List<Marked> marked,
        double loss,
        @JsonIgnore int notFinite)
        implements Evaluation {
    private static final int LISTED = 10;
    private static final int MOST = 120;

    /** Some of the questions. */
    public record Group(String name, int n, double f1, double exact) {}

    /**
     * A question, and how it was answered.
     *
     * @param gold answers that are right; none where there is none
     * @param said "" where no answer was given
     * @param probability of the answer, or of there being none; null where it is not known
     */
    public record Asked(
            String name,
            String question,
            List<String> gold,
            String said,
            Double probability,
            double f1,
            boolean exact) {}

    /**
     * A question with its passage, and the places of what is right and of what was said.
     *
     * @param answer what was said; "" for none
     * @param probability of it; null where it is not known
     */
    public record Marked(
            String name,
            String question,
            String text,
            List<Span> gold,
            List<Span> said,
            String answer,
            Double probability,
            double f1) {}

    @Override
    public Score primary() {
        return Score.share("f1", f1, interval);
    }

    @Override
    public List<Score> scores() {
        return List.of(primary(), Score.share("exact_match", exact, null));
    }

    @Override
    public int n() {
        return questions.size();
    }

    @Override
    public int firstNotFinite() {
        return notFinite;
    }

    /** When it gives no answer, so that other questions are left without one by the same rule. */
    @Override
    public Map<String, String> notes() {
        Map<String, String> out = new LinkedHashMap<>();
        if (threshold != null) {
            out.put(Threshold.NOTE, Double.toString(threshold));
        }
        return out;
    }

    @Override
    public List<String> lines() {
        List<String> out = new ArrayList<>();
        long right = questions.stream().filter(Asked::exact).count();
        long wrong = questions.stream().filter(each -> each.f1() == 0).count();
        out.add(String.format("%,d answered exactly, %,d in part, %,d not at all.", right, n() - right - wrong, wrong));
        groups.forEach(group -> out.add(String.format(
                Locale.ROOT,
                "%-10s  F1 %5.1f %%  exact %5.1f %%  on %d questions",
                group.name(),
                100 * group.f1(),
                100 * group.exact(),
                group.n())));
        if (threshold != null) {
            out.add(String.format(
                    Locale.ROOT,
                    "A question is left without an answer where the score of none is more than %.4g above the best"
                            + " answer's%s.",
                    threshold,
                    chosen ? "; chosen by these very questions, so that the score looks better than it is" : ""));
        }
        if (!worst.isEmpty()) {
            out.add("Questions that were answered worst:");
        }
        worst.stream().limit(LISTED).forEach(each -> {
            out.add("  " + each.name() + "  " + shortened(each.question()));
            out.add("      right: " + told(each.text(), each.gold()) + "; said: "
                    + (each.answer().isEmpty() ? "none" : "\"" + shortened(each.answer()) + "\""));
        });
        return out;
    }

    private static String told(String text, List<Span> spans) {
        return spans.isEmpty()
                ? "none"
                : "\""
                        + shortened(text.substring(
                                spans.get(0).start(), spans.get(0).end())) + "\"";
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= MOST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MOST)) + "…";
    }
}
