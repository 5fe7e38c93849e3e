package graft.cli;

import graft.novelty.NotedExamples;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.text.TokenizerFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft ood}. */
@Command(
        name = "ood",
        description =
                "Notes in a network's file what the examples were like that it learnt from, so that `graft predict` tells which"
                        + " inputs are unlike all of them.",
        sortOptions = false)
final class OodCommand extends TrustCommand<NotedExamples> {
    @Option(names = "--out", paramLabel = "FILE", description = "Write the network with the note there.")
    private Optional<Path> out;

    @Override
    protected NotedExamples run(Progress progress) {
        NotedExamples found = trust(progress).notedExamples(out, progress);
        out.ifPresent(
                made -> TokenizerFile.follow(network(), NetworkFile.at(made).model(), made));
        return found;
    }

    @Override
    protected void print(NotedExamples result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s among %d examples, by %d numbers (%s): an example is strange beyond %.4f.%n",
                result.method(),
                result.examples(),
                result.width(),
                result.layer(),
                result.threshold());
        out.printf(
                Locale.ROOT,
                "%.1f %% of %d examples are beyond it (%s).%n",
                100 * result.beyond(),
                result.n(),
                result.judgedOn());
        out.println(this.out
                .map(file -> "Written: " + file + ", " + (result.bytes() + 1023) / 1024 + " KiB larger.")
                .orElse("--out FILE writes the network with the note."));
    }
}
