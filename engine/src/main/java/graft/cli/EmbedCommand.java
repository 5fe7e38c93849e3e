package graft.cli;

import graft.data.Unlabelled.Unread;
import graft.embed.UnitLength;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.predict.AnswerFile;
import graft.predict.Embedding;
import graft.predict.PredictionPlan;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

/** {@code graft embed}. */
@Command(
        name = "embed",
        description = {
            "Writes what a network makes of pictures or texts before its last layer: a row of numbers each, alike where the inputs"
                    + " are alike.",
            "The tokens of a text are pooled and rows brought to length one as the files of sentence-transformers beside the"
                    + " network say, else by the mean and to length one."
        },
        sortOptions = false)
final class EmbedCommand extends GraftCommand<Embedding> {
    static final Option<UnitLength> NORMALIZE = Option.choice(
            "normalize",
            UnitLength.AUTO,
            OwnOptions.GROUP,
            "Length one",
            "Whether rows are brought to length one, so that their products are cosines; auto: as modules.json beside the"
                    + " network says, else yes.");

    /** Listed on a console; all of them are in what --json prints. */
    private static final int LISTED = 50;

    @CommandLine.Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file.")
    private Path network;

    @CommandLine.Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "INPUT",
            description =
                    "Pictures, folders of pictures, .txt files of one text each, tables of texts (.csv, .tsv, .jsonl),"
                            + " arrays (.npz, x). Folders may be nested; their names mean nothing.")
    private List<Path> inputs;

    @CommandLine.Option(
            names = "--out",
            paramLabel = "FILE",
            converter = RowsArgument.class,
            description =
                    "Write the rows there: .npy (float32, a row for each input), .csv or .jsonl (with names and texts)."
                            + " Without it --json prints them.")
    private Optional<Path> out;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private PreprocessingOptions preprocessing;

    @Override
    public List<Option<?>> options() {
        return List.of(
                PlanOptions.POOLING,
                NORMALIZE,
                PlanOptions.FEATURES.says(
                        "The tensor that rows are made of; the last layer's input where none is named."),
                PlanOptions.TEXT,
                PlanOptions.TEXT_PAIR,
                PlanOptions.TOKENIZER,
                PlanOptions.MAX_LENGTH,
                PlanOptions.SKIP_UNREADABLE.says("End with exit code 0 also where inputs could not be read."),
                PlanOptions.THREADS);
    }

    @Override
    protected Embedding run(Progress progress) {
        if (out.isEmpty() && !isJson()) {
            throw new graft.Refusal(
                    "Rows of numbers are no reading matter. Name a file for them with --out, or add --json.");
        }
        Reading reading = options.reading();
        NetworkFile file = NetworkFile.at(network);
        PredictionPlan plan =
                new PredictionPlan(reading, inputs, 1, false, settings().get(PlanOptions.THREADS));
        graft.task.Reading.How how = new graft.task.Reading.How(
                file.model(),
                () -> Optional.of(preprocessing.forPictures(file, reading, settings())),
                settings().only(PlanOptions.ALL),
                reading.inputs().keySet());
        Embedding made = Embedding.of(plan, file, how, settings().get(NORMALIZE), out, progress);
        made.asked().remarks().forEach(progress::note);
        if (made.asked().skippedCount() > 0) {
            progress.note(made.asked().skippedCount() + " could not be read and have no row:");
            made.asked().skipped().stream()
                    .limit(LISTED)
                    .map(Unread::inWords)
                    .forEach(words -> progress.note("  " + words));
        }
        return made;
    }

    @Override
    protected void print(Embedding result, PrintWriter printed) {
        printed.printf(
                Locale.ROOT,
                "%d rows of %d numbers%s, from %s. %.0f a second.%n",
                result.asked().n(),
                result.width(),
                result.normalized() ? " and of length one" : "",
                result.layer(),
                result.asked().n() / result.asked().seconds());
        out.ifPresent(file -> printed.println("Written: " + file + "."));
    }

    @Override
    protected int exitCode(Embedding result) {
        return result.asked().skippedCount() == 0 || settings().get(PlanOptions.SKIP_UNREADABLE) ? 0 : 1;
    }

    /** A file of rows as it is typed: what it is called says how they are written. */
    static final class RowsArgument implements ITypeConverter<Path> {
        @Override
        public Path convert(String typed) {
            Path file = Path.of(typed);
            if (!AnswerFile.isOfNumbers(file)) {
                throw new TypeConversionException("'" + typed + "' ends neither in .npy nor in .csv nor in .jsonl");
            }
            return file;
        }
    }
}
