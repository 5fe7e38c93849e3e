package graft.cli;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import graft.judge.Evaluation;
import graft.judge.Score;
import graft.task.Task;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a network fared whose answers are no classes.
 *
 * @param task that it was trained for
 * @param n number of examples
 * @param loss mean over the examples
 * @param scores what networks are chosen by first
 * @param remarks for the user
 * @param details what the task's judge found beside its scores; null where that is all
 * @param lines the same for people
 * @param noun what one of the examples is called
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FoundScores(
        String task,
        int n,
        double loss,
        List<Score> scores,
        List<String> remarks,
        Evaluation details,
        @JsonIgnore List<String> lines,
        @JsonIgnore String noun) {
    static FoundScores of(Task task, Evaluation evaluation, List<String> remarks) {
        return new FoundScores(
                task.name(),
                evaluation.n(),
                evaluation.loss(),
                evaluation.scores(),
                List.copyOf(remarks),
                evaluation.lines().isEmpty() ? null : evaluation,
                evaluation.lines(),
                task.reading().noun());
    }

    /** {@link #n} under the name of what was counted, where that is no example: {@code sentences}, {@code questions}. */
    @JsonAnyGetter
    Map<String, Integer> counted() {
        return noun.equals("example") ? Map.of() : Map.of(noun + "s", n);
    }

    void print(PrintWriter out) {
        scores.forEach(score -> out.println(
                score.name() + " " + score.text() + interval(score) + " on " + n + " " + noun + (n == 1 ? "" : "s")));
        if (!Double.isNaN(loss)) {
            out.printf(Locale.ROOT, "loss %.4f%n", loss);
        }
        remarks.forEach(out::println);
        lines.forEach(out::println);
    }

    private static String interval(Score score) {
        return score.interval() == null
                ? ""
                : score.share()
                        ? String.format(
                                Locale.ROOT, " (%.1f–%.1f)", 100 * score.interval()[0], 100 * score.interval()[1])
                        : String.format(Locale.ROOT, " (%.4g–%.4g)", score.interval()[0], score.interval()[1]);
    }
}
