package graft.app.task;

import graft.app.task.ExampleSet.ClassCount;
import graft.data.Corrections;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.text.ColumnNames;
import graft.text.TableLook;
import graft.text.TextData;
import graft.text.TextExample;
import graft.text.TextOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads texts to be shown. */
final class TextSets implements TaskView.Opening {
    private static final int ROWS = 8;

    @Override
    public Optional<TableLook> look(Path source, Settings how) {
        return TableLook.at(source, columns(how), ROWS);
    }

    @Override
    public boolean isTable(ExampleSet set) {
        return set.texts().stream().findFirst().stream().anyMatch(TextExample::isRow);
    }

    private static ColumnNames columns(Settings how) {
        return new ColumnNames(how.get(PlanOptions.TEXT), how.get(PlanOptions.TEXT_PAIR), how.get(PlanOptions.LABEL));
    }

    @Override
    public ExampleSet open(TaskView view, Path source, Settings how) {
        Corrections corrections = Corrections.of(source);
        TextData data = TextData.open(
                source,
                new TextOptions(columns(how), how.get(PlanOptions.SEED), true, how.get(PlanOptions.VAL_SHARE)),
                Progress.NONE);
        List<ClassCount> classes = IntStream.range(0, data.classes().size())
                .mapToObj(label ->
                        new ClassCount(data.classes().get(label), count(data.train(), label), count(data.val(), label)))
                .toList();
        return ExampleSet.ofTexts(view, source, how, classes, data, corrections);
    }

    private static int count(List<TextExample> texts, int label) {
        return (int) texts.stream().filter(text -> text.label() == label).count();
    }
}
