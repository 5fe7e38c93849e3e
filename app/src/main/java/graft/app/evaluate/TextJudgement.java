package graft.app.evaluate;

import graft.app.controls.Counts;
import graft.app.evaluate.Figures.Headline;
import graft.app.task.Edition;
import graft.app.task.TaskView;
import graft.worker.JudgingTexts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How well a network's file foresees the texts of a data set. */
record TextJudgement(Path network, Path data, Edition edition, TaskView view, JudgingTexts.Judged found)
        implements Judged {
    @Override
    public String headline() {
        return Figures.text("language.headline", found.perplexity());
    }

    @Override
    public String summary(String called) {
        return Figures.text(
                "language.summary", found.perplexity(), Counts.exact(found.tokens()), Counts.exact(found.n()), called);
    }

    @Override
    public List<Headline> headlines() {
        List<Headline> out = new ArrayList<>();
        out.add(new Headline(
                Figures.text("language.figure", found.perplexity()),
                found.interval()
                        .map(range -> Figures.text(
                                "language.figure.interval",
                                range[0],
                                range[1],
                                Counts.exact(found.tokens()),
                                Counts.exact(found.n())))
                        .orElseGet(() -> Figures.text("language.figure.alone", Counts.exact(found.tokens())))));
        out.add(new Headline(
                Figures.text("language.bits", found.loss() / Math.log(2)), Figures.text("language.bits.says")));
        return List.copyOf(out);
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }
}
