package graft.task;

import graft.data.Unlabelled;
import graft.onnx.Graph;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.tags.ForeignTags;
import graft.tags.GivenSentences;
import graft.tags.TagDataSet;
import graft.text.TextDataSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Texts, which are cut into words, and sentences in columns, whose words are given. */
final class SentenceQuestions implements Questions {
    private static final TextQuestions TEXTS =
            new TextQuestions((file, network) -> (texts, encoder, counts, progress) ->
                    TagDataSet.unlabelled(texts, encoder, ForeignTags.notes(file, network), counts, progress));

    @Override
    public boolean areTakenBy(Graph graph) {
        return TEXTS.areTakenBy(graph);
    }

    @Override
    public boolean fit(Path input) {
        return TEXTS.fit(input) || files(input).anyMatch(GivenSentences::areAt);
    }

    @Override
    public String words() {
        return TEXTS.words();
    }

    private static Stream<Path> files(Path input) {
        return Files.isDirectory(input) ? GivenSentences.in(input).stream() : Stream.of(input);
    }

    @Override
    public List<Option<?>> options() {
        return List.of(PlanOptions.TEXT);
    }

    @Override
    public Unlabelled open(List<Path> inputs, Path file, Reading.How how, Progress progress) {
        List<Path> columns = new ArrayList<>();
        List<Path> texts = new ArrayList<>();
        for (Path input : inputs) {
            files(input).forEach(each -> {
                if (GivenSentences.areAt(each)) {
                    columns.add(each);
                } else if (each.equals(input) || TEXTS.fit(each)) {
                    texts.add(each);
                }
            });
        }
        if (columns.isEmpty()) {
            return TEXTS.open(inputs, file, how, progress);
        }
        Unlabelled given = GivenSentences.of(
                columns,
                TextDataSet.encoder(file, how.network(), TextClassification.feeding(how)),
                ForeignTags.notes(file, how.network()),
                file);
        return texts.isEmpty() ? given : new Both(given, TEXTS.open(texts, file, how, progress));
    }

    /** One after the other. */
    private record Both(Unlabelled first, Unlabelled second) implements Unlabelled {
        @Override
        public long size() {
            return first.size() + second.size();
        }

        @Override
        public List<String> columns() {
            return first.columns();
        }

        @Override
        public void read(Consumer<Portion> portions, Progress progress) {
            first.read(portions, progress);
            second.read(portions, progress);
        }
    }
}
