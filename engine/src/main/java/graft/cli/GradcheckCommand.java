package graft.cli;

import graft.gradcheck.GradientChecker;
import graft.gradcheck.GradientReport;
import graft.gradcheck.GradientReport.Status;
import graft.gradcheck.GradientReport.TensorGradient;
import graft.options.Option;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code graft gradcheck}: exit 0 when it ran; the report says what failed. */
@Command(
        name = "gradcheck",
        description = "Proves that a network trains correctly: the gradient of every weight against measured slopes.")
final class GradcheckCommand extends GraftCommand<GradientReport> {
    @Parameters(paramLabel = "NET", converter = NetworkArgument.class, description = "The .onnx file.")
    private Path network;

    private static final Option<Integer> BATCH =
            PlanOptions.BATCH.usually(2).says("Random examples.").in(OwnOptions.GROUP);
    private static final Option<Long> SEED =
            PlanOptions.SEED.says("Of the random input and choice.").in(OwnOptions.GROUP);
    private static final Option<Integer> THREADS = PlanOptions.THREADS.in(OwnOptions.GROUP);

    @Override
    public List<Option<?>> options() {
        return List.of(OwnOptions.SAMPLES, BATCH, SEED, THREADS);
    }

    @Override
    protected GradientReport run(Progress progress) {
        Settings given = settings();
        return GradientChecker.check(
                network,
                given.get(OwnOptions.SAMPLES),
                given.get(BATCH),
                given.get(SEED),
                given.get(THREADS),
                progress);
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
