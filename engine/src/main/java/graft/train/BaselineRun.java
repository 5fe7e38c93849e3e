package graft.train;

import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Note;
import graft.progress.Progress;
import graft.progress.Stage;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.FineTuningResult.Baseline;
import graft.run.FineTuningResult.OnTarget;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import graft.task.Task;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The same run without another domain to learn from and without a teacher, done first, in a folder of its own: what a technique
 * gains is the difference to it and to nothing else. The target is judged in it, too.
 */
final class BaselineRun {
    private static final String FOLDER = "baseline";

    private BaselineRun() {}

    /**
     * Does it, or goes on with it, where a plan asks for it.
     *
     * @throws CancellationException where it was ended
     */
    static Optional<FineTuningResult> of(FineTuningPlan plan, Task task, NetworkFile file, Progress progress) {
        if (!plan.get(TransferOptions.BASELINE)
                || !TransferOptions.BASELINE.applies().when().test(plan.settings())) {
            return Optional.empty();
        }
        Path out = plan.out().resolve(FOLDER);
        FineTuningPlan plain = plan.withOut(out)
                .with(Settings.NONE
                        .with(TransferOptions.ADAPT, TransferOptions.Adaptation.NONE)
                        .with(TransferOptions.TEACHER, Optional.empty())
                        .with(TransferOptions.BASELINE, false));
        progress.note("First the baseline, without --adapt and --teacher.");
        Progress quiet = Progress.only(progress, Note.class, Stage.class);
        int epochs = plan.get(PlanOptions.EPOCHS);
        // The run was given more epochs since.
        if (FineTuner.hasBegun(out) && FineTuner.plan(out).get(PlanOptions.EPOCHS) < epochs) {
            FineTuner.extend(out, epochs);
        }
        FineTuningResult result =
                FineTuner.hasBegun(out) ? FineTuner.resume(out, quiet) : FineTuner.run(plain, task, file, quiet);
        if (result.network() == null) {
            throw new CancellationException("the baseline was cancelled");
        }
        progress.note(String.format(
                Locale.ROOT,
                "Baseline: validation %s %.4f%s.",
                result.metric(),
                result.valScore(),
                result.target() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", target %s %.4f",
                                result.metric(),
                                result.target().score())));
        return Optional.of(result);
    }

    /** What a result says of it. */
    static Baseline held(FineTuningResult plain, double valScore, OnTarget target) {
        boolean judged = target != null && plain.target() != null;
        return new Baseline(
                plain.network().getParent(),
                plain.valScore(),
                judged ? plain.target().score() : null,
                judged ? target.score() - plain.target().score() : null,
                valScore - plain.valScore());
    }
}
