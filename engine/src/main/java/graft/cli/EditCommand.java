package graft.cli;

import graft.network.edit.Edit;
import graft.network.edit.NetworkEditor;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.text.TokenizerFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft edit}. */
@Command(
        name = "edit",
        description =
                "Changes a network's graph by hand and writes it as another file: inserts first, then what is deleted,"
                        + " then the cut. `graft layers NET` names the layers.")
final class EditCommand extends GraftCommand<NetworkEditor.Result> {
    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file; it stays as it is.")
    private Path network;

    @Mixin
    private NetworkOptions options;

    @Option(
            names = "--insert",
            paramLabel = "WHAT@LAYER",
            description = "Puts dropout:RATE, linear:WIDTH, batchnorm, relu, leakyrelu, elu, sigmoid, tanh, softplus or"
                    + " hardswish behind a layer. May be given several times.")
    private List<String> inserts = new ArrayList<>();

    @Option(
            names = "--delete",
            paramLabel = "LAYER",
            description = "Takes a layer out that gives as much as it takes. May be given several times.")
    private List<String> deletes = new ArrayList<>();

    @Option(names = "--cut", paramLabel = "LAYER", description = "Ends the network at a layer.")
    private String cut;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Override
    protected NetworkEditor.Result run(Progress progress) {
        progress.stage("editing", 0, 0);
        List<Edit> edits = new ArrayList<>();
        inserts.forEach(text -> edits.add(Edit.insert(text)));
        deletes.forEach(layer -> edits.add(Edit.delete(layer)));
        if (cut != null) {
            edits.add(Edit.cut(cut));
        }
        NetworkEditor.Result made = NetworkEditor.run(new NetworkEditor.Plan(network, options.reading(), edits, out));
        TokenizerFile.follow(network, OnnxFile.read(out), out);
        return made;
    }

    @Override
    protected void print(NetworkEditor.Result result, PrintWriter out) {
        out.printf(
                "%s: %,d parameters, gives %s%s%n",
                result.file(),
                result.parameters(),
                String.join(", ", result.outputs()),
                result.difference().isPresent()
                        ? String.format(
                                "; answers to a random example differ by at most %.3g",
                                result.difference().getAsDouble())
                        : "");
    }
}
