package graft.task;

import graft.data.Unlabelled;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.text.ColumnNames;
import graft.text.TextDataSet;
import graft.text.TextInputs;
import graft.text.UnlabelledTexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Rows of tables, and files of one text each. */
final class TextQuestions implements Questions {
    private final BiFunction<Path, Model, UnlabelledTexts.Maker> makers;

    /** @param makers of examples, by a network's file and what is in it */
    TextQuestions(BiFunction<Path, Model, UnlabelledTexts.Maker> makers) {
        this.makers = makers;
    }

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
        return "texts";
    }

    @Override
    public Unlabelled open(List<Path> inputs, Path file, Reading.How how, Progress progress) {
        ColumnNames columns =
                new ColumnNames(how.get(PlanOptions.TEXT), how.get(PlanOptions.TEXT_PAIR), Optional.empty());
        return UnlabelledTexts.of(
                inputs,
                columns,
                TextDataSet.encoder(file, how.network(), TextClassification.feeding(how)),
                file,
                how.network().metadata(),
                makers.apply(file, how.network()),
                progress);
    }
}
