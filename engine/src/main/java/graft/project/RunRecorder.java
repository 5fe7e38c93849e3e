package graft.project;

import graft.evaluate.ClassCounts;
import graft.files.Json;
import graft.judge.Showing;
import graft.progress.Event;
import graft.progress.Progress;
import graft.project.ProjectFolder.Metric;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.FineTuningResult.Epoch;
import graft.run.TrainingEvents;
import java.util.ArrayList;
import java.util.List;

/** Writes what a run reports into the project's history. */
public final class RunRecorder implements Progress {
    private final ProjectFolder project;
    private final FineTuningPlan plan;
    private final Progress progress;
    private final List<Metric> waiting = new ArrayList<>();
    /** Of the last epoch, while it is not written. */
    private ClassCounts.Confusion matrix;

    private Long run;

    RunRecorder(ProjectFolder project, FineTuningPlan plan, Progress progress) {
        this.project = project;
        this.plan = plan;
        this.progress = progress;
    }

    @Override
    public void report(Event event) {
        if (event instanceof TrainingEvents.Started started) {
            run = project.begin(plan);
            RunStart.of(started).remember(project, run);
        } else if (event instanceof TrainingEvents.Step step) {
            waiting.add(new Metric(step.epoch(), step.step(), "loss", step.loss()));
        } else if (event instanceof ClassCounts.Confusion confusion) {
            matrix = confusion;
        } else if (event instanceof Showing.Sample sample && run != null) {
            RunSamples.remember(project, run, sample);
        } else if (event instanceof Epoch epoch) {
            waiting.add(new Metric(epoch.epoch(), 0, "train_loss", epoch.trainLoss()));
            waiting.add(new Metric(epoch.epoch(), 0, "train_" + epoch.metric(), epoch.trainScore()));
            waiting.add(new Metric(epoch.epoch(), 0, "val_loss", epoch.valLoss()));
            waiting.add(new Metric(epoch.epoch(), 0, "val_" + epoch.metric(), epoch.valScore()));
            waiting.add(new Metric(epoch.epoch(), 0, "seconds", epoch.seconds()));
            flush();
        }
        progress.report(event);
    }

    @Override
    public boolean isCancelled() {
        return progress.isCancelled();
    }

    @Override
    public boolean isEnoughAsked() {
        return progress.isEnoughAsked();
    }

    @Override
    public void waitWhilePaused() {
        progress.waitWhilePaused();
    }

    /** The run came to this end. */
    public void ended(FineTuningResult result) {
        if (run != null) {
            flush();
            project.end(run, result.status(), Json.write(result), result.valAccuracy());
        }
    }

    /** The run was stopped before it learnt; it can be resumed. */
    public void interrupted() {
        if (run != null) {
            flush();
            project.end(run, "interrupted", null, null);
        }
    }

    /** The run ended with an error. */
    public void failed() {
        if (run != null) {
            flush();
            project.end(run, "failed", null, null);
        }
    }

    private void flush() {
        project.add(run, waiting);
        waiting.clear();
        if (matrix != null) {
            RunConfusions.remember(project, run, matrix.epoch(), matrix.confusion());
            matrix = null;
        }
    }
}
