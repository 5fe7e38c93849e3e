package graft.app.task;

import graft.app.task.ExampleSet.ClassCount;
import graft.data.Corrections;
import graft.progress.Progress;
import graft.text.ColumnNames;
import graft.text.TextData;
import graft.text.TextExample;
import graft.text.TextOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads texts to be shown. */
final class TextSets {
    private TextSets() {}

    static ExampleSet open(TaskView view, Path source, long seed) {
        TextData data = TextData.open(source, new TextOptions(ColumnNames.FOUND, seed, true), Progress.NONE);
        List<ClassCount> classes = IntStream.range(0, data.classes().size())
                .mapToObj(label ->
                        new ClassCount(data.classes().get(label), count(data.train(), label), count(data.val(), label)))
                .toList();
        List<TextExample> texts = Stream.of(data.train(), data.val(), data.test())
                .flatMap(List::stream)
                .toList();
        return new ExampleSet(
                view, source, classes, Optional.empty(), texts, data.skipped(), data.remarks(), Corrections.NONE);
    }

    private static int count(List<TextExample> texts, int label) {
        return (int) texts.stream().filter(text -> text.label() == label).count();
    }
}
