package graft.app.evaluate;

import graft.answers.AnswerEvaluation.Group;
import graft.answers.AnswerEvaluation.Marked;
import graft.app.controls.Counts;
import graft.app.evaluate.Figures.Headline;
import graft.app.task.Edition;
import graft.app.task.TaskView;
import graft.judge.Score;
import graft.worker.JudgingAnswers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a network's file answered to the questions of a data set, and what is right. */
record AnswerJudgement(Path network, Path data, Edition edition, TaskView view, JudgingAnswers.Judged found)
        implements Judged {
    @Override
    public String headline() {
        return Figures.text("answers.headline", 100 * f1().value(), 100 * f1().interval()[0], 100 * f1().interval()[1]);
    }

    @Override
    public String summary(String called) {
        return Figures.text(
                "answers.summary",
                100 * f1().value(),
                100 * f1().interval()[0],
                100 * f1().interval()[1],
                Counts.exact(found.n()),
                called);
    }

    @Override
    public List<Headline> headlines() {
        List<Headline> out = new ArrayList<>();
        out.add(new Headline(
                Figures.text("figure", 100 * f1().value()),
                Figures.text(
                        "answers.figure.f1",
                        100 * f1().interval()[0],
                        100 * f1().interval()[1],
                        Counts.exact(found.n()))));
        out.add(new Headline(
                Figures.text("figure", 100 * found.scores().get(1).value()),
                Figures.text("answers.figure.exact", Counts.exact(found.exact()))));
        for (Group group : found.groups()) {
            if (group.n() < found.n()) {
                out.add(new Headline(
                        Figures.text("figure", 100 * group.f1()),
                        Figures.text(
                                "answers.figure." + (out.size() == 2 ? "some" : "none"), Counts.exact(group.n()))));
            }
        }
        return List.copyOf(out);
    }

    /** When a question is left without an answer. */
    @Override
    public List<String> remarks() {
        return found.threshold()
                .map(value -> List.of(Figures.text("answers.threshold", value)))
                .orElse(List.of());
    }

    private Score f1() {
        return found.scores().get(0);
    }

    /** Questions that were not answered word for word, the worst first. */
    List<Marked> wrong() {
        return found.questions().stream().filter(each -> each.f1() < 1).toList();
    }

    List<Marked> all() {
        return found.questions();
    }
}
