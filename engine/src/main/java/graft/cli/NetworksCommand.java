package graft.cli;

import graft.catalog.InstalledNetwork;
import graft.catalog.InstalledNetworks;
import graft.catalog.KnownNetwork;
import graft.catalog.KnownNetworks;
import graft.progress.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft networks}, and removing one. */
@Command(
        name = "networks",
        description =
                "Lists the networks that are known by name: those that came along, those that were fetched, and the catalog.",
        subcommands = NetworksCommand.Remove.class)
final class NetworksCommand extends GraftCommand<NetworksCommand.Networks> {
    private static final double MEGABYTE = 1e6;

    record Networks(List<KnownNetwork> networks) {}

    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            description = "The folder of networks to look into (default: GRAFT_HOME/networks).")
    private Optional<Path> catalog;

    @Option(names = "--here", description = "Only those that are on this machine.")
    private boolean here;

    @Override
    protected Networks run(Progress progress) {
        List<KnownNetwork> all =
                KnownNetworks.in(catalog.map(InstalledNetworks::new).orElseGet(InstalledNetworks::ofHome));
        return new Networks(
                all.stream().filter(each -> !here || each.network().isPresent()).toList());
    }

    @Override
    protected void print(Networks result, PrintWriter out) {
        for (KnownNetwork each : result.networks()) {
            out.printf(
                    Locale.ROOT,
                    "%-24s %-10s %8s  %-22s %s%n",
                    each.name(),
                    each.state().word(),
                    each.bytes().isPresent()
                            ? String.format(Locale.ROOT, "%.1f MB", each.bytes().getAsLong() / MEGABYTE)
                            : "",
                    each.task().orElse(""),
                    each.description().orElse(each.from().orElse("")));
        }
    }

    /** {@code graft networks remove}. */
    @Command(name = "remove", description = "Deletes a network that was fetched. It can be fetched again.")
    static final class Remove extends GraftCommand<Remove.Removed> {
        record Removed(String name, long bytes) {}

        @Parameters(paramLabel = "NAME", description = "As graft networks lists it.")
        private String name;

        @Option(
                names = "--catalog",
                paramLabel = "DIR",
                description = "The folder of networks (default: GRAFT_HOME/networks).")
        private Optional<Path> catalog;

        @Override
        protected Removed run(Progress progress) {
            InstalledNetwork removed = catalog.map(InstalledNetworks::new)
                    .orElseGet(InstalledNetworks::ofHome)
                    .remove(name);
            return new Removed(removed.name(), removed.bytes());
        }

        @Override
        protected void print(Removed result, PrintWriter out) {
            out.printf(Locale.ROOT, "%s is deleted: %.1f MB are free.%n", result.name(), result.bytes() / MEGABYTE);
        }
    }
}
