package graft.cli;

import graft.Refusal;
import graft.catalog.FetchedNetwork;
import graft.catalog.Hub;
import graft.catalog.InstalledNetworks;
import graft.catalog.NetworkFetcher;
import graft.online.Patience;
import graft.progress.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft fetch}. */
@Command(
        name = "fetch",
        description = {
            "Brings a pre-trained network onto this machine, with its tokenizer and how pictures are prepared for it.",
            "What was begun is gone on with; what does not have the checksum that was stated is deleted."
        },
        sortOptions = false)
final class FetchCommand extends GraftCommand<FetchCommand.Fetched> {
    private static final double MEGABYTE = 1e6;

    /** Where it was cancelled there is no network; its keys are then missing. */
    record Fetched(
            @com.fasterxml.jackson.annotation.JsonUnwrapped FetchedNetwork network, boolean finished) {}

    @Parameters(
            paramLabel = "NETWORK",
            description =
                    "A name of the catalog (graft networks), a repository hf:ORG/NAME[@REVISION], an address https://…, or a file.")
    private String what;

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "Which .onnx file of a repository (default: the one in full precision).")
    private Optional<String> file;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The folder of networks to put it into (default: GRAFT_HOME/networks).")
    private Optional<Path> to;

    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            description =
                    "Takes it from a folder of networks that another machine filled by --to; nothing is connected to.")
    private Optional<Path> catalog;

    @Option(names = "--name", paramLabel = "NAME", description = "What it is called here (default: its own name).")
    private Optional<String> name;

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            description = "The SHA-256 that the file of an address or a path must have.")
    private Optional<String> sha256;

    @Override
    protected Fetched run(Progress progress) {
        if (sha256.isPresent() && !sha256.get().matches("[0-9a-fA-F]{64}")) {
            throw new Refusal("--sha256 " + sha256.get() + " is no SHA-256: it has 64 digits from 0 to f.");
        }
        InstalledNetworks networks = to.map(InstalledNetworks::new).orElseGet(InstalledNetworks::ofHome);
        Optional<FetchedNetwork> fetched = new NetworkFetcher(Hub.ofEnvironment(), networks, Patience.USUAL)
                .fetch(new NetworkFetcher.Request(what, file, catalog, name, sha256), progress);
        return new Fetched(fetched.orElse(null), fetched.isPresent());
    }

    @Override
    protected String afterInterruption() {
        return "what has come is kept. The same command goes on with it.";
    }

    @Override
    protected int exitCode(Fetched result) {
        return result.finished() ? 0 : Interrupts.EXIT_CODE;
    }

    @Override
    protected void print(Fetched result, PrintWriter out) {
        if (result.finished()) {
            FetchedNetwork network = result.network();
            out.printf(
                    Locale.ROOT, "%s: %.1f MB in %s.%n", network.name(), network.bytes() / MEGABYTE, network.network());
            out.println(
                    to.isPresent()
                            ? "Carry the folder to another machine, and there: graft fetch " + network.name()
                                    + " --catalog DIR."
                            : "Use it by its name: --network " + network.name() + ".");
        }
    }
}
