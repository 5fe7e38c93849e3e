package graft.cli;

import graft.judge.Evaluation;
import graft.judge.Score;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * How a network fared whose answers are no classes.
 *
 * @param task that it was trained for
 * @param n number of examples
 * @param loss mean over the examples
 * @param scores what networks are chosen by first
 * @param remarks for the user
 */
record FoundScores(String task, int n, double loss, List<Score> scores, List<String> remarks) {
    static FoundScores of(String task, Evaluation evaluation, List<String> remarks) {
        return new FoundScores(task, evaluation.n(), evaluation.loss(), evaluation.scores(), List.copyOf(remarks));
    }

    void print(PrintWriter out) {
        scores.forEach(
                score -> out.println(score.name() + " " + score.text() + interval(score) + " on " + n + " examples"));
        out.printf(Locale.ROOT, "loss %.4f%n", loss);
        remarks.forEach(out::println);
    }

    private static String interval(Score score) {
        return score.interval() == null
                ? ""
                : String.format(Locale.ROOT, " (%.4g–%.4g)", score.interval()[0], score.interval()[1]);
    }
}
