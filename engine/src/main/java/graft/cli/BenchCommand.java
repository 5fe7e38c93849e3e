package graft.cli;

import graft.options.Option;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.train.StepTiming;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code graft bench}. */
@Command(
        name = "bench",
        description = "Measures this machine.",
        mixinStandardHelpOptions = true,
        subcommands = BenchCommand.Step.class)
final class BenchCommand implements Runnable {
    @picocli.CommandLine.Spec
    private picocli.CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Say what to measure: bench step NET");
    }

    /** {@code graft bench step}. */
    @Command(name = "step", description = "Seconds per fine-tuning step on random input, everything trainable.")
    static final class Step extends GraftCommand<StepTiming.Result> {
        @Parameters(paramLabel = "NET", converter = NetworkArgument.class, description = "The .onnx file.")
        private Path network;

        @picocli.CommandLine.Mixin
        private ComputingOptions computing;

        @Override
        public List<Option<?>> options() {
            return List.of(PlanOptions.BATCH, OwnOptions.STEPS, PlanOptions.THREADS);
        }

        @Override
        protected StepTiming.Result run(Progress progress) {
            Settings given = settings();
            return StepTiming.measure(
                    network,
                    given.get(PlanOptions.BATCH),
                    given.get(OwnOptions.STEPS),
                    given.get(PlanOptions.THREADS),
                    computing.computing(),
                    progress);
        }

        @Override
        protected void print(StepTiming.Result result, PrintWriter out) {
            out.printf(Locale.ROOT, "%.4f s per step (median), %d MiB at most%n", result.medianS(), result.peakMib());
        }
    }
}
