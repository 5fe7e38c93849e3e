package graft.task;

import graft.answers.AnswerDataSet;
import graft.answers.UnansweredQuestions;
import graft.data.Unlabelled;
import graft.onnx.Graph;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.text.ColumnNames;
import graft.text.TextEncoder;
import graft.text.TextInputs;
import graft.text.UnlabelledTexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of tables with a passage and a question, and files laid out as SQuAD is. */
final class PassageQuestions implements Questions {
    @Override
    public boolean areTakenBy(Graph graph) {
        return TextInputs.areOf(graph);
    }

    @Override
    public boolean fit(Path input) {
        return UnlabelledTexts.areIn(input);
    }

    @Override
    public String words() {
        return "questions with passages";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(PlanOptions.TEXT, PlanOptions.TEXT_PAIR);
    }

    @Override
    public Unlabelled open(List<Path> inputs, Path file, Reading.How how, Progress progress) {
        TextEncoder texts = AnswerDataSet.texts(file, how.network(), TextClassification.feeding(how));
        Map<String, String> notes = how.network().metadata();
        UnlabelledTexts.Maker maker = (some, encoder, counts, told) ->
                AnswerDataSet.unlabelled(some, encoder, notes, QuestionAnswering.wanted(how), counts, told);
        if (UnansweredQuestions.areIn(inputs)) {
            if (how.get(PlanOptions.TEXT)
                    .or(() -> how.get(PlanOptions.TEXT_PAIR))
                    .isPresent()) {
                progress.note("--text and --text-pair name columns of tables; files that are laid out as SQuAD is have"
                        + " none, and are read as they are.");
            }
            return UnansweredQuestions.of(inputs, texts, maker, how.get(PlanOptions.SKIP_UNREADABLE), progress);
        }
        ColumnNames columns =
                new ColumnNames(how.get(PlanOptions.TEXT), how.get(PlanOptions.TEXT_PAIR), Optional.empty());
        return UnlabelledTexts.of(
                inputs, UnansweredQuestions.columns(inputs, columns), texts, file, notes, maker, progress);
    }
}
