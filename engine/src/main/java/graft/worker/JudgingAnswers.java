package graft.worker;

import graft.answers.AnswerEvaluation;
import graft.judge.Score;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Judges a network's file by questions about passages, each of which is told with what is right and what was said. */
public final class JudgingAnswers {
    /** More would be of no use on a screen. */
    private static final int MOST_QUESTIONS = 3000;

    private JudgingAnswers() {}

    /** @param how what the user says of the data */
    public record Plan(Path file, Path data, HowRead how) implements Work.Plan {
        @Override
        public List<Path> files() {
            return List.of(file, data);
        }
    }

    /**
     * What was found.
     *
     * @param n questions that were judged
     * @param scores the one that networks are chosen by first
     * @param groups questions that have an answer, and those that have none; none where all have one
     * @param threshold when a question is left without an answer; empty where each is answered
     * @param exact questions that were answered word for word
     * @param wrong questions whose answer has nothing of the right one
     * @param questions the worst first; where there are very many not all of them
     */
    public record Judged(
            int n,
            List<Score> scores,
            List<AnswerEvaluation.Group> groups,
            Optional<Double> threshold,
            int exact,
            int wrong,
            List<AnswerEvaluation.Marked> questions) {}

    static Judged run(Plan plan, Progress progress) {
        AnswerEvaluation found = (AnswerEvaluation) ScoredFile.judged(plan.file(), plan.data(), plan.how(), progress);
        return new Judged(
                found.n(),
                found.scores(),
                found.groups(),
                Optional.ofNullable(found.threshold()),
                (int) found.questions().stream()
                        .filter(AnswerEvaluation.Asked::exact)
                        .count(),
                (int) found.questions().stream().filter(each -> each.f1() == 0).count(),
                found.marked().stream().limit(MOST_QUESTIONS).toList());
    }
}
