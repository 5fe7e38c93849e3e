package graft.cli;

import graft.answers.AnswerScores;
import graft.progress.Progress;
import graft.tags.TagEvaluation;
import graft.tags.TagScores;
import graft.task.TaskTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft score}. */
@Command(
        name = "score",
        description = {
            "Scores tags of words, or answers to questions, that any program wrote.",
            "Tags as seqeval and conlleval do: both files hold the same words, a line each with the tag in its last column,"
                    + " and a blank line after each sentence; tags in IOB1, IOB2 or BIOES are taken as they stand.",
            "Answers as SQuAD's own programs do: right are those of a file that is laid out as SQuAD is, and what is scored is"
                    + " {\"id\": \"answer\", …}, or JSON lines that graft predict wrote."
        },
        sortOptions = false)
final class ScoreCommand extends GraftCommand<FoundScores> {
    @Option(
            names = "--gold",
            required = true,
            paramLabel = "FILE",
            description = "The tags, or questions and answers, that are right.")
    private Path gold;

    @Option(
            names = "--predicted",
            required = true,
            paramLabel = "FILE",
            description = "The tags or answers that are scored.")
    private Path predicted;

    @Override
    protected FoundScores run(Progress progress) {
        if (AnswerScores.areOf(gold)) {
            List<String> remarks = new ArrayList<>();
            return FoundScores.of(
                    TaskTable.named("question-answering"), AnswerScores.of(gold, predicted, remarks), remarks);
        }
        TagEvaluation found = TagScores.of(gold, predicted);
        return FoundScores.of(TaskTable.named("token-classification"), found, List.of());
    }

    @Override
    protected void print(FoundScores result, PrintWriter out) {
        result.print(out);
    }
}
