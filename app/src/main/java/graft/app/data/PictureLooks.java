package graft.app.data;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.task.ExampleSet;
import graft.image.PictureCheck;
import graft.run.PlanOptions;
import java.util.function.Consumer;

/** Looks at each picture of a data set: what cannot be read is left out, what may mislead is said. */
final class PictureLooks {
    private final JobRunner jobs;
    private final Consumer<String> problem;
    private Job looking;
    /** Looked at before. */
    private ExampleSet done;

    PictureLooks(JobRunner jobs, Consumer<String> problem) {
        this.jobs = jobs;
        this.problem = problem;
    }

    /** What was under way for another set is given up. @param then gets the set with what was seen, where there is news */
    void look(ExampleSet set, Consumer<ExampleSet> then) {
        if (looking != null) {
            looking.cancel();
        }
        if (set == done || set.files().isEmpty()) {
            return;
        }
        looking = jobs.start(
                DataTexts.text("checking", set.source().getFileName()),
                progress -> {
                    PictureCheck.Findings findings = PictureCheck.look(
                            set.files().orElseThrow(),
                            set.how().get(PlanOptions.SEED),
                            set.how().get(PlanOptions.VAL_SHARE),
                            DataTexts.text("stage.checking"),
                            progress);
                    boolean news = !findings.unreadable().isEmpty()
                            || !findings.remarks().isEmpty();
                    return news ? set.seen(findings) : set;
                },
                seen -> {
                    done = seen;
                    then.accept(seen);
                },
                problem);
    }
}
