package graft.cli;

import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunPictures;
import graft.project.RunRecorder;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.FineTuningResult.Baseline;
import graft.run.FineTuningResult.OnTarget;
import graft.run.RunPause;
import graft.task.TaskTable;
import graft.train.FineTuner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Option;

/** What {@code train} and {@code resume} have in common: the result, the pictures of it, and how they end. */
abstract class RunCommand extends GraftCommand<FineTuningResult> {
    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "The project that remembers the run (default: GRAFT_HOME/project).")
    private Optional<Path> project;

    @Option(
            names = "--control",
            description = "Obey lines on standard input: pause, continue, enough (end with the best so far),"
                    + " stop (end, to be resumed), stay. Its end stops the run, unless stay came before.")
    private boolean control;

    /** What an accuracy is to be held against. */
    private static Optional<String> honest(FineTuningResult result) {
        return result.valAccuracy() == null || result.valExamples() == null
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "That is on %d examples: on unseen ones of the kind it lies between %.4f and %.4f (95 %%). Always naming the most"
                                + " frequent class is right on %.4f.",
                        result.valExamples(),
                        result.valInterval()[0],
                        result.valInterval()[1],
                        result.majority()));
    }

    /** What is to be done. */
    protected abstract FineTuningPlan plan(Progress progress);

    /** The engine call. */
    protected abstract FineTuningResult train(FineTuningPlan plan, Progress progress);

    /** The folder of the run. */
    protected abstract Path folder();

    @Override
    protected String afterInterruption() {
        return FineTuner.hasBegun(folder())
                ? "`graft resume " + folder() + "` goes on where it stopped."
                : "nothing was begun. Start it again.";
    }

    @Override
    protected FineTuningResult run(Progress console) {
        Progress steered = control ? RemoteControl.listeningTo(System.in, console) : console;
        FineTuningPlan plan = plan(steered);
        Progress progress = new RunPause(plan.out(), steered);
        FineTuningResult result;
        try (ProjectFolder history = ProjectFolder.open(project.orElseGet(ProjectFolder::usual))) {
            RunRecorder recorder = history.record(plan, progress);
            try {
                result = train(plan, recorder);
            } catch (CancellationException e) {
                recorder.interrupted();
                throw e;
            } catch (RuntimeException e) {
                recorder.failed();
                throw e;
            }
            recorder.ended(result);
        }
        if (result.network() != null) {
            RunPictures.draw(result, progress);
        }
        return result;
    }

    @Override
    protected void print(FineTuningResult result, PrintWriter out) {
        if (result.network() == null) {
            out.println("Interrupted after " + result.epochs().size() + " epochs; " + afterInterruption());
            return;
        }
        result.remarks().forEach(out::println);
        out.printf(
                Locale.ROOT,
                "Validation %s %.4f (epoch %d of %d) in %.1f s.%n",
                result.metric(),
                result.valScore(),
                result.bestEpoch(),
                result.epochs().size(),
                result.seconds());
        honest(result).ifPresent(out::println);
        if (result.testScore() != null) {
            out.printf(
                    Locale.ROOT,
                    "Test %s %.4f on %d %ss that chose nothing.%n",
                    result.metric(),
                    result.testScore(),
                    result.testExamples(),
                    TaskTable.named(result.task()).reading().noun());
        }
        printTarget(result, out);
        out.println(result.frozenTensors() + " frozen tensors "
                + (result.frozenUnchanged() ? "unchanged, byte for byte." : "CHANGED: do not use this file."));
        if (result.adapter() != null) {
            out.printf(
                    Locale.ROOT,
                    "%d parameters learnt beside %d layers; added to them %d tensors changed, and answers by at most %.1e. Kept"
                            + " apart: %s.%n",
                    result.adapter().parameters(),
                    result.adapter().layers().size(),
                    result.adapter().tensorsChanged(),
                    result.adapter().maxAbsDifference(),
                    result.adapter().file());
        }
        if (result.inserted() != null) {
            out.printf(
                    Locale.ROOT,
                    "%d parameters learnt behind %d layers, where they stay. Kept apart: %s.%n",
                    result.inserted().parameters(),
                    result.inserted().layers().size(),
                    result.inserted().file());
        }
        out.printf(Locale.ROOT, "Written: %s (parity %.1e).%n", result.network(), result.parityMaxAbs());
    }

    private static void printTarget(FineTuningResult result, PrintWriter out) {
        OnTarget target = result.target();
        if (target != null) {
            String range = target.interval() == null
                    ? ""
                    : String.format(Locale.ROOT, " (%.4f to %.4f)", target.interval()[0], target.interval()[1]);
            out.printf(
                    Locale.ROOT,
                    "Target %s %.4f%s on %d examples whose labels chose nothing: the epoch was %s.%n",
                    result.metric(),
                    target.score(),
                    range,
                    target.examples(),
                    result.bestEpoch() == result.epochs().size() ? "the last" : "the best by validation");
        }
        Baseline baseline = result.baseline();
        if (baseline != null) {
            out.printf(
                    Locale.ROOT,
                    "The same without: validation %s %.4f (%+.4f with)%s.%n",
                    result.metric(),
                    baseline.valScore(),
                    baseline.valGain(),
                    baseline.targetScore() == null
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    ", target %.4f (%+.4f with)",
                                    baseline.targetScore(),
                                    baseline.targetGain()));
        }
    }

    @Override
    protected int exitCode(FineTuningResult result) {
        if (result.network() == null) {
            return Interrupts.EXIT_CODE;
        }
        // A script must not go on with a file whose proof failed.
        return result.frozenUnchanged() ? 0 : 1;
    }
}
