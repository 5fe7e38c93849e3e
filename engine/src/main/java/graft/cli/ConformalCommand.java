package graft.cli;

import graft.options.Option;
import graft.progress.Progress;
import graft.trust.ConformalSets;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code graft conformal}. */
@Command(
        name = "conformal",
        description = "Sets of classes that hold the true one with a chosen probability, and whether they do.",
        sortOptions = false)
final class ConformalCommand extends TrustCommand<ConformalSets> {
    @picocli.CommandLine.Option(
            names = "--alpha",
            paramLabel = "A",
            defaultValue = "0.1",
            description = "Share of examples whose set may miss the true class (default: 0.1).")
    private double alpha;

    @Override
    public List<Option<?>> options() {
        return Stream.concat(super.options().stream(), Stream.of(OwnOptions.CONFORMAL_SCORE))
                .toList();
    }

    @Override
    protected ConformalSets run(Progress progress) {
        return trust(progress).sets(alpha, settings().get(OwnOptions.CONFORMAL_SCORE), progress);
    }

    @Override
    protected void print(ConformalSets result, PrintWriter out) {
        out.println(result.headline());
        out.printf(
                Locale.ROOT,
                "Score %s, threshold %.4f from %d examples; judged on %s.%n",
                result.score(),
                result.threshold(),
                result.calibratedOn(),
                result.judgedOn());
        for (int size = 0; size < result.sizes().length; size++) {
            if (result.sizes()[size] > 0) {
                out.printf(
                        Locale.ROOT,
                        "%d %s: %.1f %%%n",
                        size,
                        size == 1 ? "class" : "classes",
                        100 * result.sizes()[size]);
            }
        }
        if (!result.keepsItsPromise()) {
            out.println(
                    "That is less than was promised: these examples are of another kind than those that gave the threshold.");
        }
    }
}
