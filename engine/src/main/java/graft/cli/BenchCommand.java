package graft.cli;

import graft.progress.Progress;
import graft.train.StepTiming;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

        @Option(names = "--batch", defaultValue = "16", description = "Examples per step (default: 16).")
        private int batch;

        @Option(names = "--steps", defaultValue = "12", description = "Steps, the first two not counted (default: 12).")
        private int steps;

        @Option(names = "--threads", defaultValue = "0", description = "0 = one per core (default).")
        private int threads;

        @picocli.CommandLine.Mixin
        private ComputingOptions computing;

        @Override
        protected StepTiming.Result run(Progress progress) {
            return StepTiming.measure(network, batch, steps, threads, computing.computing(), progress);
        }

        @Override
        protected void print(StepTiming.Result result, PrintWriter out) {
            out.printf(Locale.ROOT, "%.4f s per step (median), %d MiB at most%n", result.medianS(), result.peakMib());
        }
    }
}
