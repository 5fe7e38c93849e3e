package graft.cli;

import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Parts;
import graft.evaluate.ClassScore;
import graft.evaluate.Evaluation;
import graft.evaluate.Evaluator;
import graft.evaluate.Pictures;
import graft.evaluate.Predictions;
import graft.evaluate.PreparationTrial;
import graft.files.OutputFolder;
import graft.files.OutputPlace;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft evaluate}. */
@Command(name = "evaluate", description = "Judges a network's file through ONNX Runtime.", sortOptions = false)
final class EvaluateCommand extends GraftCommand<Evaluation> {
    private static final String TABLE = "confusion.csv";
    private static final String PICTURE = "confusion.png";

    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file.")
    private Path network;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ClassOptions classes;

    @Mixin
    private DataArguments data;

    @Option(
            names = "--part",
            paramLabel = "PART",
            defaultValue = "val",
            description = "Which examples to judge: train, val (default) or test.")
    private Parts part;

    @Option(names = "--out", paramLabel = "DIR", description = "Write confusion.csv and confusion.png there.")
    private Optional<Path> out;

    @Override
    public List<graft.options.Option<?>> options() {
        return Stream.concat(DataArguments.READING.stream(), Stream.of(PlanOptions.THREADS))
                .toList();
    }

    @Override
    protected Evaluation run(Progress progress) {
        out.ifPresent(folder ->
                OutputPlace.checkFolder(folder, List.of(TABLE, PICTURE), Pictures::isOurs, data.source(), network));
        Reading reading = classes.of(options.reading());
        NetworkFile file = NetworkFile.at(network);
        DataSet examples = data.open(file, reading, progress);
        Examples judged = examples.part(part);
        Evaluation evaluation;
        try (Evaluator evaluator = Evaluator.open(file, reading, settings().get(PlanOptions.THREADS))) {
            Predictions said = evaluator.predict(examples.classes(), judged, progress);
            List<String> remarks = new ArrayList<>(data.preparationLines());
            remarks.addAll(said.remarks());
            about(judged.size()).ifPresent(remarks::add);
            PreparationTrial.suggest(evaluator, examples, data.preprocessing(file, reading), said, progress)
                    .ifPresent(remarks::add);
            evaluation = Evaluation.of(said.withRemarks(remarks));
        }
        out.ifPresent(folder -> write(evaluation, folder));
        return evaluation;
    }

    private Optional<String> about(int examples) {
        return switch (part) {
            case TRAIN ->
                Optional.of(
                        "Judged on the " + examples + " examples of the part train. Where the network learnt from them,"
                                + " this says how well it remembers, not how well it will recognise others.");
            case VAL -> Optional.empty();
            case TEST -> Optional.of("Judged on the " + examples + " examples of the part test.");
        };
    }

    private static void write(Evaluation evaluation, Path folder) {
        try (OutputFolder made = OutputFolder.make(folder)) {
            Pictures.confusionCsv(evaluation, folder.resolve(TABLE));
            Pictures.confusion(evaluation, folder.resolve(PICTURE));
        }
    }

    @Override
    protected void print(Evaluation result, PrintWriter out) {
        out.println(result.headline());
        out.printf(Locale.ROOT, "%.1f %% if every class counts alike%n", 100 * result.balancedAccuracy());
        result.remarks().forEach(out::println);
        int width = result.classes().stream().mapToInt(String::length).max().orElse(1);
        out.printf("%-" + width + "s  precision  recall  f1     examples%n", "");
        for (ClassScore score : result.perClass()) {
            out.printf(
                    Locale.ROOT,
                    "%-" + width + "s  %.3f      %.3f   %.3f  %d%n",
                    score.name(),
                    score.precision(),
                    score.recall(),
                    score.f1(),
                    score.support());
        }
    }
}
