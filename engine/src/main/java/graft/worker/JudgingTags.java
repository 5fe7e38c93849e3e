package graft.worker;

import graft.judge.Score;
import graft.progress.Progress;
import graft.tags.TagEvaluation;
import graft.tags.TypeScore;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Judges a network's file by tagged sentences, each of which is told with what is there and what was said. */
public final class JudgingTags {
    /** More would be of no use on a screen. */
    private static final int MOST_SENTENCES = 5000;

    private JudgingTags() {}

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
     * @param n sentences that were judged
     * @param scores the one that networks are chosen by first
     * @param entities that are there
     * @param sentences those with the most mistakes first; where there are very many not all of them
     */
    public record Judged(
            int n,
            List<Score> scores,
            int entities,
            List<TypeScore> perType,
            List<TagEvaluation.Confusion> confusions,
            List<TagEvaluation.Marked> sentences) {}

    static Judged run(Plan plan, Progress progress) {
        TagEvaluation found = (TagEvaluation) ScoredFile.judged(plan.file(), plan.data(), plan.how(), progress);
        return new Judged(
                found.n(),
                found.scores(),
                found.all().support(),
                found.perType(),
                found.confusions(),
                found.marked().stream()
                        .sorted(Comparator.comparingInt(TagEvaluation.Marked::mistakes)
                                .reversed())
                        .limit(MOST_SENTENCES)
                        .toList());
    }
}
