package graft.cli;

import graft.progress.Progress;
import graft.train.GradientChecker;
import graft.train.GradientReport;
import graft.train.GradientReport.Status;
import graft.train.GradientReport.TensorGradient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft gradcheck}: exit 0 when it ran; the report says what failed. */
@Command(
        name = "gradcheck",
        description = "Proves that a network trains correctly: the gradient of every weight against measured slopes.")
final class GradcheckCommand extends GraftCommand<GradientReport> {
    @Parameters(paramLabel = "NET", converter = NetworkArgument.class, description = "The .onnx file.")
    private Path network;

    @Option(names = "--samples", defaultValue = "4", description = "Entries of each weight (default: 4).")
    private int samples;

    @Option(names = "--batch", defaultValue = "2", description = "Random examples (default: 2).")
    private int batch;

    @Option(names = "--seed", defaultValue = "1", description = "Of the random input and choice (default: 1).")
    private long seed;

    @Option(names = "--threads", defaultValue = "0", description = "0 = one per core (default).")
    private int threads;

    @Override
    protected GradientReport run(Progress progress) {
        return GradientChecker.check(network, samples, batch, seed, threads, progress);
    }

    @Override
    protected void print(GradientReport result, PrintWriter out) {
        for (TensorGradient tensor : result.tensors()) {
            if (tensor.status() == Status.FAILED) {
                out.println(tensor.name() + ": failed: " + tensor.message());
            }
        }
        double worst = result.tensors().stream()
                .mapToDouble(TensorGradient::maxRelativeError)
                .filter(Double::isFinite) // of the others the lines above tell
                .max()
                .orElse(0);
        int kinks = result.tensors().stream().mapToInt(TensorGradient::kinks).sum();
        out.printf(
                Locale.ROOT,
                "%d weights passed, %d failed, %d skipped; largest relative error %.1e; %d entries lie on an edge%n",
                result.passed(),
                result.failed(),
                result.skipped(),
                worst,
                kinks);
    }
}
