package graft.app.evaluate;

import graft.app.evaluate.Figures.Headline;
import graft.app.task.Edition;
import graft.app.task.Shown;
import graft.app.task.TaskView;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.ThresholdCurve;
import graft.meaning.Reading;
import graft.worker.Judging.Answered;
import graft.worker.Share;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a network's file said of each example of a data set.
 *
 * @param edition the state of the data
 * @param view how the examples are shown
 * @param reading what the user said of the network's classes
 * @param curves of each class against the rest; none where there are very many
 */
public record Judgement(
        Path network,
        Reading reading,
        Path data,
        Edition edition,
        TaskView view,
        ClassEvaluation evaluation,
        List<Answered> answers,
        List<ThresholdCurve> curves)
        implements Judged {
    @Override
    public String headline() {
        return Figures.headline(evaluation);
    }

    @Override
    public String summary(String called) {
        return Figures.summary(evaluation, called, view);
    }

    @Override
    public List<Headline> headlines() {
        return Figures.headlines(evaluation, view);
    }

    @Override
    public List<String> remarks() {
        return evaluation.remarks();
    }

    /**
     * One example and what was said of it.
     *
     * @param network that was asked
     * @param reading what the user said of that network's classes
     * @param view how it is shown
     * @param shown for arrays there is no file, but the example's name in its place
     * @param truth "" where it is not known
     * @param classes of the network that was asked
     * @param shares of the likeliest classes, the likeliest first
     * @param strange whether it is unlike all that the network learnt from, as far as that is known
     */
    public record Example(
            Path network,
            Reading reading,
            TaskView view,
            Shown shown,
            String truth,
            List<String> classes,
            List<Share> shares,
            boolean strange) {
        public Path file() {
            return shown.file();
        }

        /** What the network says it is. */
        public String predicted() {
            return classes.get(shares.get(0).label());
        }
    }

    private static int predicted(Answered answer) {
        return answer.shares().get(0).label();
    }

    /** Examples of the class {@code row} that were taken for {@code column}. */
    public List<Example> cell(int row, int column) {
        return examples(answer -> answer.truth() == row && predicted(answer) == column);
    }

    /** Examples of a class that were taken for another. */
    public List<Example> wrong(int row) {
        return examples(answer -> answer.truth() == row && predicted(answer) != row);
    }

    /** All mistakes, the most confident first. */
    public List<Example> worst() {
        return answers.stream()
                .filter(answer -> predicted(answer) != answer.truth())
                .sorted(Comparator.comparingDouble(
                        answer -> -answer.shares().get(0).probability()))
                .map(this::example)
                .toList();
    }

    private List<Example> examples(Predicate<Answered> which) {
        return answers.stream().filter(which).map(this::example).toList();
    }

    private Example example(Answered answer) {
        List<String> classes = evaluation.classes();
        boolean written = !answer.words().isEmpty();
        Path file = written || answer.file().isEmpty()
                ? (written ? data : data.resolve(answer.name()))
                : Path.of(answer.file());
        String name = written ? answer.name() : file.getFileName().toString();
        return new Example(
                network,
                reading,
                view,
                new Shown(answer.name(), name, file, answer.words()),
                classes.get(answer.truth()),
                classes,
                answer.shares(),
                false);
    }
}
