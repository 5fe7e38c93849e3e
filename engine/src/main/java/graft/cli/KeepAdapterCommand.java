package graft.cli;

import graft.progress.Progress;
import graft.run.AdapterShelf;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft keep-adapter}. */
@Command(
        name = "keep-adapter",
        description =
                "Keeps what a run with --lora or --adapter learnt beside the network it began with, under a name; lists what is kept.")
final class KeepAdapterCommand extends GraftCommand<KeepAdapterCommand.Kept> {
    /** @param adapters names of all that are kept beside the network */
    record Kept(Path folder, List<String> adapters) {}

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The folder of the run, or its adapter.safetensors; without one nothing is added.")
    private Optional<Path> run;

    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The network that it was learnt beside.")
    private Path network;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call it (default: as the run folder).")
    private Optional<String> name;

    @Override
    protected Kept run(Progress progress) {
        AdapterShelf shelf = new AdapterShelf(network);
        run.ifPresent(from -> shelf.keep(from, name));
        return new Kept(shelf.folder(), shelf.names());
    }

    @Override
    protected void print(Kept result, PrintWriter out) {
        if (result.adapters().isEmpty()) {
            out.println("No adapter is kept beside " + network + ".");
            return;
        }
        result.adapters().forEach(out::println);
        out.println("Kept in " + result.folder() + "; `graft export-adapter NAME --network " + network
                + " --out FILE` writes the network of one.");
    }
}
