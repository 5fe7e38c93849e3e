package graft.cli;

import graft.data.Unlabelled.Unread;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.predict.AnswerFile;
import graft.predict.AnswerList;
import graft.predict.AnswerTable;
import graft.predict.Prediction;
import graft.predict.PredictionPlan;
import graft.predict.Predictor;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code graft predict}. */
@Command(
        name = "predict",
        description = {
            "Asks a network about pictures or texts that nobody has labelled.",
            "What cannot be read is listed at the end and stops nothing; the exit code is then 1, or 0 with"
                    + " --skip-unreadable."
        },
        sortOptions = false)
final class PredictCommand extends GraftCommand<Prediction> {
    /** Listed on a console; all of them are in what --json prints. */
    private static final int LISTED = 50;

    @CommandLine.Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file.")
    private Path network;

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description =
                    "Pictures, folders of pictures, .txt files of one text each, tables of texts (.csv, .tsv, .jsonl),"
                            + " arrays (.npz, x)."
                            + " Folders may be nested; their names mean nothing.")
    private List<Path> inputs;

    @CommandLine.Option(
            names = "--out",
            paramLabel = "FILE",
            converter = AnswersArgument.class,
            description =
                    "Write the answers there: .csv (a cell that begins as a formula gets an apostrophe before it) or"
                            + " .jsonl; answers to questions also as SQuAD's program reads them (.json, and beside it how likely"
                            + " each has none), tags of words as the last column of .conll. Without it they are printed.")
    private Optional<Path> out;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ClassNamesOption classes;

    @Mixin
    private PreprocessingOptions preprocessing;

    @Spec
    private CommandSpec spec;

    @Override
    public List<Option<?>> options() {
        return List.of(
                OwnOptions.TOP,
                OwnOptions.PROBABILITIES,
                PlanOptions.TEXT,
                PlanOptions.TEXT_PAIR,
                PlanOptions.TOKENIZER,
                PlanOptions.MAX_LENGTH,
                PlanOptions.DOC_STRIDE,
                PlanOptions.MAX_ANSWER_LENGTH,
                PlanOptions.SKIP_UNREADABLE.says("End with exit code 0 also where inputs could not be read."),
                PlanOptions.THREADS);
    }

    @Override
    protected Prediction run(Progress progress) {
        Reading reading = classes.of(options.reading());
        NetworkFile file = NetworkFile.at(network);
        PredictionPlan plan = new PredictionPlan(
                reading,
                inputs,
                settings().get(OwnOptions.TOP),
                settings().get(OwnOptions.PROBABILITIES),
                settings().get(PlanOptions.THREADS));
        Predictor predictor = new Predictor(
                plan,
                file,
                new graft.task.Reading.How(
                        file.model(),
                        () -> Optional.of(preprocessing.forPictures(file, reading, settings(), inputs)),
                        settings(),
                        reading.inputs().keySet()));
        Prediction said = out.map(answers -> AnswerFile.write(answers, plan, network, predictor, progress))
                .orElseGet(() -> printed(predictor, progress));
        preprocessing.lines().forEach(progress::note);
        said.remarks().forEach(progress::note);
        tell(said, progress);
        return said;
    }

    private Prediction printed(Predictor predictor, Progress progress) {
        if (isJson()) {
            AnswerList list = new AnswerList();
            return predictor.run(list, progress).with(list.answers());
        }
        return predictor.run(new AnswerTable(spec.commandLine().getOut()), progress);
    }

    private static void tell(Prediction said, Progress progress) {
        List<String> lines = new ArrayList<>();
        if (said.skippedCount() > 0) {
            lines.add(said.skippedCount() + (said.skippedCount() == 1 ? " input" : " inputs")
                    + " could not be read and got no answer:");
            said.skipped().stream().limit(LISTED).map(Unread::inWords).forEach(words -> lines.add("  " + words));
            if (said.skippedCount() > LISTED) {
                lines.add("  and " + (said.skippedCount() - LISTED) + " more");
            }
        }
        lines.add(String.format(
                Locale.ROOT,
                "%d of %d inputs answered in %.1f s (%.0f a second).",
                said.n(),
                said.n() + said.skippedCount(),
                said.seconds(),
                said.n() / said.seconds()));
        lines.forEach(progress::note);
    }

    @Override
    protected void print(Prediction result, PrintWriter printed) {
        result.out().ifPresent(file -> {
            result.counts().forEach((name, count) -> printed.println(count + "  " + name));
            printed.println("Written: " + file + ".");
        });
    }

    @Override
    protected int exitCode(Prediction result) {
        return result.skippedCount() == 0 || settings().get(PlanOptions.SKIP_UNREADABLE) ? 0 : 1;
    }

    /** A file of answers as it is typed: what it is called says how they are written. */
    static final class AnswersArgument implements ITypeConverter<Path> {
        @Override
        public Path convert(String typed) {
            Path file = Path.of(typed);
            if (!AnswerFile.isOne(file)) {
                throw new TypeConversionException("'" + typed + "' ends in none of " + AnswerFile.ENDINGS);
            }
            return file;
        }
    }
}
