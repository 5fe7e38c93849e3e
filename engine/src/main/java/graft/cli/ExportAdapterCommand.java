package graft.cli;

import graft.files.OutputPlace;
import graft.onnx.MadeByGraft;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.AdapterFile;
import graft.run.AdapterShelf;
import graft.text.TokenizerFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft export-adapter}. */
@Command(
        name = "export-adapter",
        description =
                "Writes the network that a run with --lora or --adapter ended with, from what it learnt and the network it began with.")
final class ExportAdapterCommand extends GraftCommand<AdapterFile.Exported> {
    @Parameters(
            paramLabel = "ADAPTER",
            description = "An adapter.safetensors, a run folder with one, or the name of one kept beside the network.")
    private Path adapter;

    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The network that it was learnt beside.")
    private Path network;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The .onnx file to write.")
    private Path out;

    @Override
    protected AdapterFile.Exported run(Progress progress) {
        OutputPlace.checkFile(out, MadeByGraft::isOn, network);
        AdapterFile file = AdapterFile.read(new AdapterShelf(network).find(adapter));
        progress.stage("exporting", 0, 0);
        AdapterFile.Exported made = file.export(network, out);
        TokenizerFile.follow(network, OnnxFile.read(out), out);
        return made;
    }

    @Override
    protected void print(AdapterFile.Exported result, PrintWriter out) {
        out.println(
                "Written: " + result.network() + ", the same bytes as the file of the run; " + result.tensorsChanged()
                        + " of " + result.tensors() + " tensors were the network's and are others now.");
    }
}
