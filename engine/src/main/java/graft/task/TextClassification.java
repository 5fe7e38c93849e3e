package graft.task;

import graft.Refusal;
import graft.answers.AnswerData;
import graft.data.Corrections;
import graft.data.DataSet;
import graft.data.Places;
import graft.network.Head;
import graft.network.HeadBuilder;
import graft.network.HeadEnd;
import graft.network.LinearHead;
import graft.network.Network;
import graft.onnx.Graph;
import graft.onnx.Tensor;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.tags.TagData;
import graft.text.ColumnNames;
import graft.text.NotedPooling;
import graft.text.Pooling;
import graft.text.TextData;
import graft.text.TextDataSet;
import graft.text.TextExample;
import graft.text.TextInputs;
import graft.text.TextOptions;
import graft.text.UnlabelledTexts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which of these classes is this text, or this pair of texts? */
final class TextClassification {
    static final Task TASK = new Task(
            "text-classification",
            new Task.Words(
                    "Which of these classes is this text, or this pair of texts?",
                    "`.csv`, `.tsv`, `.jsonl` with a column of texts and one of labels; folders `<class>/*.txt`",
                    "mean of the tokens, the first one or the network's pooler, linear; cross-entropy",
                    "accuracy"),
            new Texts(),
            new TextQuestions((file, network) -> UnlabelledTexts.Maker.WHOLE),
            new OnTokens(),
            ClassAnswers.OBJECTIVES,
            ClassAnswers.JUDGING,
            ClassAnswers.optionsAnd(
                    PlanOptions.TEXT,
                    PlanOptions.TEXT_PAIR,
                    PlanOptions.LABEL,
                    PlanOptions.TOKENIZER,
                    PlanOptions.MAX_LENGTH,
                    PlanOptions.POOLING));

    private TextClassification() {}

    private static final class Texts implements Reading {
        @Override
        public boolean fits(Path source) {
            // Words with tags and passages with answers are texts too, and say by what is in them that they are more.
            return TextData.isText(source) && !TagData.areAt(source) && !AnswerData.areAt(source);
        }

        @Override
        public boolean feeds(Graph network) {
            return TextInputs.areOf(network);
        }

        @Override
        public Listing listed(Path source, Settings how) {
            TextData data = TextData.open(
                    source,
                    new TextOptions(columns(how), how.get(PlanOptions.SEED), true, how.get(PlanOptions.VAL_SHARE)),
                    Progress.NONE);
            List<Listing.Listed> out = new ArrayList<>();
            add(out, data, data.train(), "train");
            add(out, data, data.val(), "val");
            add(out, data, data.test(), "test");
            return new Listing(
                    source,
                    TASK.name(),
                    data.classes(),
                    List.copyOf(out),
                    data.skipped(),
                    data.remarks(),
                    Corrections.of(source));
        }

        private static void add(List<Listing.Listed> out, TextData data, List<TextExample> texts, String part) {
            Places places = new Places(data.source());
            texts.forEach(text -> out.add(new Listing.Listed(
                    text.name(),
                    data.classes().get(text.label()),
                    part,
                    text.isRow() ? data.source() : Path.of(places.of(text.name())),
                    text.isRow() ? text.fingerprint() : "")));
        }

        @Override
        public Optional<String> whyNoExample(Path file) {
            return TextDataSet.whyNoText(file);
        }

        private static ColumnNames columns(Settings how) {
            return new ColumnNames(
                    how.get(PlanOptions.TEXT), how.get(PlanOptions.TEXT_PAIR), how.get(PlanOptions.LABEL));
        }

        @Override
        public DataSet open(Path source, Path file, How how, Progress progress) {
            ColumnNames columns = columns(how.settings());
            return TextDataSet.open(
                    source,
                    file,
                    how.network(),
                    new TextOptions(
                            columns,
                            how.get(PlanOptions.SEED),
                            how.get(PlanOptions.SKIP_UNREADABLE),
                            how.get(PlanOptions.VAL_SHARE)),
                    feeding(how),
                    progress);
        }
    }

    /** How texts go into a network, as the user chose it. */
    static TextDataSet.Feeding feeding(Reading.How how) {
        return new TextDataSet.Feeding(
                how.get(PlanOptions.TOKENIZER).map(Path::of),
                Optional.of(how.get(PlanOptions.MAX_LENGTH)).filter(length -> length > 0),
                how.fixed());
    }

    /**
     * On {@code [N, features]} a linear layer; on {@code [N, tokens, features]} what the pooling makes of the tokens, and a linear
     * layer on that.
     */
    private static final class OnTokens implements Heading {
        @Override
        public Head on(Path file, Network body, String features, DataSet data, HeadChoice choice) {
            Pooling pooling = pooling(file, choice);
            String stand = choice.get(PlanOptions.FEATURES).isPresent()
                    ? features
                    : pooling == Pooling.POOLER
                            ? PooledOutputs.pooler(file, body, features, data)
                            : PooledOutputs.tokens(body, features, data);
            long[] shape = FeatureShape.of(body, stand, data);
            if (shape.length == 3 && pooling == Pooling.CLS) {
                PooledOutputs.refuseBlindFirst(file, body, stand, data);
            }
            return on(file, body, stand, shape, choice.end(data), choice);
        }

        private static Pooling pooling(Path file, HeadChoice choice) {
            Pooling asked = choice.get(PlanOptions.POOLING);
            return asked == Pooling.AUTO
                    ? NotedPooling.of(file).map(NotedPooling::pooling).orElse(Pooling.MEAN)
                    : asked;
        }

        /** What a head that stands on tokens was not told, but read. */
        private static void tell(Path file, HeadChoice choice) {
            if (choice.get(PlanOptions.POOLING) == Pooling.AUTO) {
                NotedPooling.of(file).ifPresent(noted -> choice.told().accept(noted.said()));
            }
        }

        @Override
        public Head on(Path file, Network body, String features, long[] shape, HeadEnd end, HeadChoice choice) {
            if (shape.length == 2) {
                return LinearHead.on(body, features, shape, end);
            }
            if (shape.length != 3) {
                throw FeatureShape.refusal(file, features, shape);
            }
            tell(file, choice);
            return pooling(file, choice) == Pooling.CLS
                    ? first(body, features, shape, end)
                    : mean(file, body, features, shape, end, choice);
        }
    }

    private static Head first(Network body, String tokens, long[] shape, HeadEnd end) {
        HeadBuilder head = new HeadBuilder(body, List.of(tokens));
        String zero = head.constant("head.first", Tensor.ofLongs("", new long[0], 0));
        String cls =
                head.node("Gather", "head.cls", List.of(tokens, zero), "head.features", node -> node.with("axis", 1L));
        return end.on(head, cls, Math.toIntExact(shape[2]));
    }

    /** The sum over a text's own tokens, divided by how many they are. */
    private static Head mean(Path file, Network body, String tokens, long[] shape, HeadEnd end, HeadChoice choice) {
        String mask = Optional.ofNullable(TextInputs.of(body.model().graph(), choice.fixed())
                        .infos()
                        .get(TextInputs.Role.MASK))
                .map(info -> info.name())
                .orElseThrow(() -> new Refusal(file
                        + " has no input attention_mask, so that the mean of a text's tokens cannot leave the padding"
                        + " out. Export it with that input; where its first token stands for the whole text, as that of BERT"
                        + " does, --pooling cls takes that one."));
        HeadBuilder head = new HeadBuilder(body, List.of(tokens, mask));
        String ones = head.node("Cast", "head.mask", List.of(mask), "head.mask", node -> node.with("to", 1L));
        // As a row per text: the product with the tokens sums those up whose place holds a 1.
        String rows = head.constant("head.row", Tensor.ofLongs("", new long[] {3}, 0, 1, -1));
        String row = head.node("Reshape", "head.rows", List.of(ones, rows), "head.mask_row");
        String sums = head.node("MatMul", "head.sum", List.of(row, tokens), "head.sums");
        String sum = head.node("Flatten", "head.flatten", List.of(sums), "head.sum", node -> node.with("axis", 1L));
        String count = head.sum(ones, 1, true, "head.count");
        String features = head.node("Div", "head.mean", List.of(sum, count), "head.features");
        return end.on(head, features, Math.toIntExact(shape[2]));
    }
}
