package graft.task;

import graft.data.DataSet;
import graft.data.Span;
import graft.data.Targets;
import graft.network.Head;
import graft.objective.CrossEntropy;
import graft.objective.Objective;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.tags.ForeignTags;
import graft.tags.Sentence;
import graft.tags.TagData;
import graft.tags.TagDataSet;
import graft.tags.TagJudge;
import graft.tags.TagSpotter;
import graft.tags.TagTargets;
import graft.text.TextInputs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where are the names in this sentence, and what are they of? */
final class TokenClassification {
    static final Task TASK = new Task(
            "token-classification",
            new Task.Words(
                    "Which entities stand in this sentence, and where?",
                    "columns of words and tags (`.conll` and the like; IOB1, IOB2, BIOES), `.jsonl` with places in texts; a file, or"
                            + " a folder with `train.*`, `dev.*`, `test.*`",
                    "linear on the first token of each word; cross-entropy",
                    "F1 of whole entities"),
            new Sentences(),
            new SentenceQuestions(),
            new KeptHead(
                    (file, network, data) -> ForeignTags.scores(file, network.model(), TagTargets.of(data.train())),
                    new OnEachToken(
                            "tags of words",
                            data -> TagTargets.of(data.train()).tags().size())),
            new OfTags(),
            (targets, classes) -> new TagJudge((TagTargets) targets),
            ClassAnswers.optionsAnd(PlanOptions.TOKENIZER, PlanOptions.MAX_LENGTH),
            Optional.of(TagSpotter::new));

    private TokenClassification() {}

    private static final class Sentences implements Reading {
        @Override
        public boolean fits(Path source) {
            return TagData.areAt(source);
        }

        @Override
        public boolean isAnsweredBy(Path file, Model network) {
            return ForeignTags.of(file, network).isPresent();
        }

        @Override
        public Map<String, String> notes(Path file, Model network) {
            return ForeignTags.notes(file, network);
        }

        @Override
        public String noun() {
            return "sentence";
        }

        @Override
        public boolean feeds(Graph network) {
            return TextInputs.areOf(network);
        }

        private static TagData read(Path source, Settings how, boolean skip, Progress progress) {
            return TagData.open(source, how.get(PlanOptions.SEED), skip, how.get(PlanOptions.VAL_SHARE), progress);
        }

        @Override
        public Listing listed(Path source, Settings how) {
            TagData data = read(source, how, true, Progress.NONE);
            return Listing.ofTexts(
                    source,
                    TASK.name(),
                    data.types(),
                    data.parts(),
                    (each, part) -> listed(each, part, source),
                    data.skipped(),
                    data.remarks());
        }

        private static Listing.Listed listed(Sentence sentence, String part, Path source) {
            return new Listing.Listed(
                    sentence.name(),
                    sentence.spans().stream()
                            .map(Span::type)
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", ")),
                    part,
                    source,
                    sentence.fingerprint(),
                    sentence.text(),
                    sentence.spans());
        }

        @Override
        public DataSet open(Path source, Path file, How how, Progress progress) {
            return TagDataSet.of(
                    read(source, how.settings(), how.get(PlanOptions.SKIP_UNREADABLE), progress),
                    file,
                    how.network(),
                    TextClassification.feeding(how),
                    progress);
        }

        @Override
        public DataSet judgedBy(DataSet data, Map<String, String> notes) {
            return TagDataSet.judgedBy(data, notes);
        }
    }

    private static final class OfTags implements Objectives {
        @Override
        public Objective of(Head head) {
            return CrossEntropy.overTokens(head.outputs().get(0).name());
        }

        @Override
        public Targets targets(Targets plain, Settings settings) {
            TagTargets targets = ((TagTargets) plain).smoothed(settings.get(PlanOptions.LABEL_SMOOTHING));
            return settings.get(PlanOptions.CLASS_WEIGHTS) ? targets.balanced() : targets;
        }

        @Override
        public double guessing(DataSet data) {
            return Math.log(TagTargets.of(data.train()).tags().size());
        }
    }
}
