package graft.worker;

import graft.language.LanguageEvaluation;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Judges a network's file by texts that it is to foresee. */
public final class JudgingTexts {
    private JudgingTexts() {}

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
     * @param interval [low, high] of the perplexity; empty where there are too few blocks
     * @param n blocks
     * @param tokens that were to be said
     * @param loss mean cross-entropy over them
     */
    public record Judged(double perplexity, Optional<double[]> interval, int n, long tokens, double loss) {}

    static Judged run(Plan plan, Progress progress) {
        LanguageEvaluation found =
                (LanguageEvaluation) ScoredFile.judged(plan.file(), plan.data(), plan.how(), progress);
        return new Judged(
                found.perplexity(), Optional.ofNullable(found.interval()), found.n(), found.tokens(), found.loss());
    }
}
