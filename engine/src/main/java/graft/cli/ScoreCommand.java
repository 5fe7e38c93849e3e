package graft.cli;

import graft.progress.Progress;
import graft.tags.TagEvaluation;
import graft.tags.TagScores;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft score}. */
@Command(
        name = "score",
        description = {
            "Scores tags of words that any program wrote, as seqeval and conlleval do.",
            "Both files hold the same words, a line each with the tag in its last column, and a blank line after each sentence;"
                    + " tags in IOB1, IOB2 or BIOES are taken as they stand."
        },
        sortOptions = false)
final class ScoreCommand extends GraftCommand<FoundScores> {
    @Option(names = "--gold", required = true, paramLabel = "FILE", description = "The tags that are right.")
    private Path gold;

    @Option(names = "--predicted", required = true, paramLabel = "FILE", description = "The tags that are scored.")
    private Path predicted;

    @Override
    protected FoundScores run(Progress progress) {
        TagEvaluation found = TagScores.of(gold, predicted);
        return FoundScores.of("token-classification", found, List.of());
    }

    @Override
    protected void print(FoundScores result, PrintWriter out) {
        result.print(out);
    }
}
