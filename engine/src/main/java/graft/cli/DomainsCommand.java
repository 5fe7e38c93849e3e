package graft.cli;

import graft.data.DataSet;
import graft.data.Target;
import graft.domains.DomainPicture;
import graft.domains.TwoDomains;
import graft.domains.TwoDomains.View;
import graft.evaluate.Pictures;
import graft.files.OutputPlace;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft domains}. */
@Command(
        name = "domains",
        description =
                "Shows whether examples of two domains look alike to a network: its features of both as a picture, and how well"
                        + " the domains can be told apart by them.",
        sortOptions = false)
final class DomainsCommand extends GraftCommand<TwoDomains> {
    @Mixin
    private JudgedNetwork network;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "DIR",
            description = "Examples of the other domain, as `graft train --target` takes them.")
    private Path target;

    @Option(
            names = "--before",
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "What the network was made of, to be shown beside it.")
    private Optional<Path> before;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the picture there (.png).")
    private Optional<Path> out;

    @Override
    public List<graft.options.Option<?>> options() {
        return List.of(PlanOptions.THREADS);
    }

    @Override
    protected TwoDomains run(Progress progress) {
        out.ifPresent(place -> {
            Pictures.checkFonts();
            OutputPlace.checkFile(
                    place, Pictures::isOurs, network.path(), before.orElse(network.path()), network.source(), target);
        });
        DataSet source = network.open(progress);
        Target other = network.target(target, source, progress);
        network.preparationLines().forEach(progress::note);
        Long seed = settings().get(JudgedNetwork.SEED);
        TwoDomains found = TwoDomains.of(
                network.file(),
                before.map(NetworkFile::at),
                network.reading(),
                source,
                other,
                seed == null ? 0 : seed,
                settings().get(PlanOptions.THREADS),
                progress);
        out.ifPresent(place -> DomainPicture.write(found, place));
        return found;
    }

    @Override
    protected void print(TwoDomains result, PrintWriter printed) {
        printed.println("        told apart (95 %)           in the picture  features  network");
        if (result.before() != null) {
            print("before", result.before(), printed);
        }
        print(result.before() == null ? "" : "after", result.after(), printed);
        printed.printf(
                Locale.ROOT,
                "%d examples of each domain%s. Told apart: by linear heads on all features, asked about examples that they did not"
                        + " learn from; 50 %% is a guess.%n",
                result.each(),
                result.learntFrom() == 0
                        ? ""
                        : ", " + result.learntFrom() + " of the source's from the part that is learnt from");
        printed.println(
                "The picture has two dimensions of all: domains that overlap in it may still be told apart by the others.");
        printed.println(out.map(place -> "Written: " + place).orElse("--out FILE.png shows it."));
    }

    private static void print(String when, View view, PrintWriter printed) {
        printed.printf(
                Locale.ROOT,
                "%-6s  %5.1f %% (%4.1f ... %5.1f)  %9.1f %%  %12d  %s%n",
                when,
                100 * view.domainAccuracy(),
                100 * view.interval()[0],
                100 * view.interval()[1],
                100 * (view.shares()[0] + view.shares()[1]),
                view.width(),
                view.network());
    }
}
