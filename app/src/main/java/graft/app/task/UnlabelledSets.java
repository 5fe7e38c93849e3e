package graft.app.task;

import graft.app.task.ExampleSet.ClassCount;
import graft.data.Corrections;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.text.Documents;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads texts that nobody labelled, to be shown: all of them are of one kind. */
final class UnlabelledSets implements TaskView.Opening {
    /** More of a text has no room on a screen. */
    private static final int MOST_CHARACTERS = 2000;

    @Override
    public ExampleSet open(TaskView view, Path source, Settings how) {
        Documents texts = Documents.open(
                source,
                how.get(PlanOptions.TEXT),
                how.get(PlanOptions.SEED),
                true,
                how.get(PlanOptions.VAL_SHARE),
                Progress.NONE);
        String kind = view.text("kind");
        List<Shown> all = Stream.of(texts.train(), texts.val(), texts.test())
                .flatMap(List::stream)
                .map(text -> new Shown(text.name(), text.name(), source, beginning(text.text()), List.of()))
                .toList();
        return new ExampleSet(
                view,
                source,
                how.with(PlanOptions.TASK, Optional.of(view.task().name())),
                List.of(new ClassCount(kind, texts.train().size(), texts.val().size())),
                Optional.empty(),
                List.of(),
                texts.skipped(),
                texts.remarks(),
                Corrections.NONE,
                Map.of(kind, all));
    }

    private static String beginning(String text) {
        int end = text.offsetByCodePoints(0, Math.min(MOST_CHARACTERS, text.codePointCount(0, text.length())));
        return end < text.length() ? text.substring(0, end) + " …" : text;
    }
}
