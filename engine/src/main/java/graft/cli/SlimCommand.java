package graft.cli;

import graft.channels.Importance;
import graft.channels.Slimmer;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.text.TokenizerFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft slim}. */
@Command(
        name = "slim",
        description =
                "Writes a copy of a network with fewer channels in each layer: a student for `train --teacher`, which"
                        + " has to learn anew what the channels left do together.",
        sortOptions = false)
final class SlimCommand extends GraftCommand<Slimmer.Result> {
    private static final int SHOWN = 5;

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
            names = "--width",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "The share of the channels that stays (default: 0.5).")
    private double width;

    @Option(
            names = "--keep",
            paramLabel = "WHICH",
            defaultValue = "largest",
            description =
                    "Which ones stay: largest (by the sum of their absolute weights) or first (default: largest).")
    private Importance keep;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Override
    protected Slimmer.Result run(Progress progress) {
        progress.stage("making it slimmer", 0, 0);
        Slimmer.Result made = Slimmer.run(new Slimmer.Plan(network, options.reading(), width, keep, out));
        TokenizerFile.follow(network, OnnxFile.read(out), out);
        return made;
    }

    @Override
    protected void print(Slimmer.Result result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s: %,d of %,d parameters, %.3g of %.3g operations for an example; of %d channels in %d groups %d stay, %s.%n",
                result.file(),
                result.parameters(),
                result.parametersBefore(),
                result.operations(),
                result.operationsBefore(),
                result.channels(),
                result.groups(),
                result.kept(),
                keep == Importance.FIRST ? "the first of each group" : "those with the largest weights");
        result.stays().entrySet().stream()
                .limit(SHOWN)
                .forEach(entry -> out.println("As they were, because of " + entry.getKey() + ": "
                        + String.join(
                                ", ", entry.getValue().stream().limit(SHOWN).toList())
                        + (entry.getValue().size() > SHOWN ? ", …" : "")));
        if (result.stays().size() > SHOWN) {
            out.println("And " + (result.stays().size() - SHOWN) + " more such places.");
        }
    }
}
