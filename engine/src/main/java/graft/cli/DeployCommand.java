package graft.cli;

import graft.data.DataSet;
import graft.deploy.Deployer;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Variant;
import graft.deploy.WorstClass;
import graft.progress.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft deploy}. */
@Command(name = "deploy", description = "Writes every form of a network and says which to ship.", sortOptions = false)
final class DeployCommand extends GraftCommand<Deployment> {
    @Mixin
    private JudgedNetwork network;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the files.")
    private Path out;

    @Override
    public List<graft.options.Option<?>> options() {
        return List.of(OwnOptions.MAX_LOSS);
    }

    @Override
    protected Deployment run(Progress progress) {
        DataSet examples = network.open(progress);
        network.preparationLines().forEach(progress::note);
        return Deployer.deploy(
                network.path(),
                network.reading(),
                network.task(examples),
                examples,
                out,
                settings().get(OwnOptions.MAX_LOSS),
                progress);
    }

    @Override
    protected void print(Deployment result, PrintWriter out) {
        for (Variant variant : result.variants()) {
            if (variant.score() == null) {
                out.println(variant.name() + ": " + variant.verdict());
                continue;
            }
            out.printf(
                    Locale.ROOT,
                    "%-24s %,11d bytes  %s %.4f  agreement %s  spread %s  worst class %s  p50 %.2f ms  p95 %.2f ms  memory %s  %s%n",
                    variant.name(),
                    variant.bytes(),
                    variant.score().name(),
                    variant.score().value(),
                    share("%.4f", variant.agreement()),
                    share("%.3f", variant.spread()),
                    worst(variant.worstClass()),
                    variant.p50Ms(),
                    variant.p95Ms(),
                    variant.memoryBytes() == null
                            ? "-"
                            : String.format(Locale.ROOT, "%.1f MB", variant.memoryBytes() / 1e6),
                    variant.verdict());
        }
    }

    private static String worst(WorstClass worst) {
        return worst == null
                ? "-"
                : String.format(Locale.ROOT, "%s %.1f %% of %d", worst.name(), 100 * worst.recall(), worst.n());
    }

    private static String share(String pattern, Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, pattern, value);
    }
}
