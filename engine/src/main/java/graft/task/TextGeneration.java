package graft.task;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.DataSet;
import graft.data.Unlabelled;
import graft.judge.Judging;
import graft.judge.Showing;
import graft.language.LanguageData;
import graft.language.LanguageJudge;
import graft.language.Samples;
import graft.language.TokenTargets;
import graft.network.Head;
import graft.network.Network;
import graft.network.OwnHead;
import graft.objective.CrossEntropy;
import graft.objective.Objective;
import graft.onnx.Graph;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.text.Documents;
import graft.text.TextInputs;
import graft.text.UnlabelledTexts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How does this text go on? */
final class TextGeneration {
    static final Task TASK = new Task(
            "text-generation",
            new Task.Words(
                    "How does this text go on?",
                    "`.txt` files and rows of tables (`.jsonl`, `.csv`, `.tsv`) with a column of texts; a file, or a folder with"
                            + " `train`, `dev`, `test`",
                    "the network's own; cross-entropy of each next token",
                    "perplexity"),
            new Texts("text-generation", LanguageData::writtenOn),
            new Asked("`graft generate` lets it write on; `graft evaluate` tells its perplexity."),
            new Own(),
            new OfTokens(),
            judging(),
            List.of(PlanOptions.TOKENIZER, PlanOptions.TEXT, PlanOptions.BLOCK_SIZE));

    private TextGeneration() {}

    static Judging judging() {
        return (targets, classes) -> new LanguageJudge((TokenTargets) targets);
    }

    /** Makes blocks of texts. */
    interface Blocks {
        DataSet of(
                Documents texts,
                Path file,
                graft.onnx.Model network,
                int fixedBatch,
                LanguageData.Feeding feeding,
                Progress progress);
    }

    /** Texts that nobody labelled. */
    static final class Texts implements Reading {
        private final String task;
        private final Blocks blocks;

        /** @param task name of the one that they are read for */
        Texts(String task, Blocks blocks) {
            this.task = task;
            this.blocks = blocks;
        }

        /** Texts without labels may be there for several tasks: somebody is to say for which. */
        @Override
        public boolean fits(Path source) {
            return false;
        }

        @Override
        public boolean suits(Path source) {
            return Documents.areAt(source);
        }

        @Override
        public boolean feeds(Graph network) {
            return TextInputs.areOf(network);
        }

        private static Documents read(Path source, Settings how, boolean skip, Progress progress) {
            return Documents.open(
                    source,
                    how.get(PlanOptions.TEXT),
                    how.get(PlanOptions.SEED),
                    skip,
                    how.get(PlanOptions.VAL_SHARE),
                    progress);
        }

        @Override
        public Listing listed(Path source, Settings how) {
            Documents texts = read(source, how, true, Progress.NONE);
            List<Listing.Listed> out = new ArrayList<>();
            add(out, texts.train(), "train", source);
            add(out, texts.val(), "val", source);
            add(out, texts.test(), "test", source);
            return new Listing(
                    source, task, List.of(), List.copyOf(out), texts.skipped(), texts.remarks(), Corrections.NONE);
        }

        private static void add(List<Listing.Listed> out, List<Documents.Document> texts, String part, Path source) {
            texts.forEach(text ->
                    out.add(new Listing.Listed(text.name(), "", part, source, Corrections.fingerprint(text.text()))));
        }

        @Override
        public DataSet open(Path source, Path file, How how, Progress progress) {
            return blocks.of(
                    read(source, how.settings(), how.get(PlanOptions.SKIP_UNREADABLE), progress),
                    file,
                    how.network(),
                    (int) graft.rewrite.FreeBatch.fixedBatch(how.network().graph()),
                    new LanguageData.Feeding(
                            how.get(PlanOptions.TOKENIZER).map(Path::of),
                            how.get(PlanOptions.BLOCK_SIZE),
                            how.fixed(),
                            how.get(PlanOptions.MASK_SHARE),
                            how.get(PlanOptions.SEED)),
                    progress);
        }

        @Override
        public Optional<Showing> showing(DataSet data, Settings settings) {
            return Samples.of(data, settings.get(PlanOptions.SEED));
        }
    }

    /** What such networks are asked needs commands of its own. */
    static final class Asked implements Questions {
        private final String way;

        /** @param way out for those who want a class */
        Asked(String way) {
            this.way = way;
        }

        @Override
        public boolean areTakenBy(Graph graph) {
            return false; // what the file does not note is asked for classes
        }

        @Override
        public boolean fit(Path input) {
            return UnlabelledTexts.areIn(input);
        }

        @Override
        public String words() {
            return "texts to go on from";
        }

        @Override
        public Unlabelled open(List<Path> inputs, Path file, Reading.How how, Progress progress) {
            throw new Refusal(file + " scores tokens of a vocabulary and gives no classes. " + way);
        }
    }

    /** The network's own end: what it knows of the language lies there too. */
    private static final class Own implements Heading {
        @Override
        public Head on(Path file, Network body, String features, DataSet data, HeadChoice choice) {
            return own(file, body, TokenTargets.of(data.train()).output(), choice);
        }
    }

    /** The network's own end as its head. */
    static Head own(Path file, Network body, String output, HeadChoice choice) {
        choice.get(PlanOptions.FEATURES).ifPresent(name -> {
            throw new Refusal("--features " + name
                    + ": the network keeps its own head, which scores its vocabulary. Leave" + " the option out.");
        });
        return OwnHead.of(body, output)
                .orElseThrow(() -> new Refusal(file + ": its output " + output
                        + " ends in no linear layer that Graft finds, so that what learns at its end cannot be told. Export the"
                        + " network without what follows its scores."));
    }

    static final class OfTokens implements Objectives {
        @Override
        public Objective of(Head head) {
            return CrossEntropy.overVocabulary(head.outputs().get(0).name());
        }

        @Override
        public double guessing(DataSet data) {
            return Math.log(TokenTargets.of(data.train()).vocabulary());
        }
    }
}
