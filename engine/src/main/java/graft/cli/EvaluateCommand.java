package graft.cli;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Parts;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.ClassScore;
import graft.evaluate.Evaluator;
import graft.evaluate.Pictures;
import graft.evaluate.Predictions;
import graft.evaluate.PreparationTrial;
import graft.evaluate.ThresholdCurve;
import graft.files.OutputFolder;
import graft.files.OutputPlace;
import graft.image.Layout;
import graft.image.MirroredExamples;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.Task;
import graft.train.FileJudge;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft evaluate}. */
@Command(name = "evaluate", description = "Judges a network's file through ONNX Runtime.", sortOptions = false)
final class EvaluateCommand extends GraftCommand<Record> {
    private static final String TABLE = "confusion.csv";
    private static final String PICTURE = "confusion.png";
    private static final String CURVES = "curves.csv";

    /** The examples that are judged. */
    private enum Which {
        TRAIN,
        VAL,
        TEST,
        ALL;

        List<Parts> in(DataSet data) {
            return this == ALL
                    ? Stream.of(Parts.values())
                            .filter(part -> part != Parts.TEST || data.test().isPresent())
                            .toList()
                    : List.of(Parts.valueOf(name()));
        }
    }

    @Mixin
    private JudgedNetwork network;

    @Option(
            names = "--part",
            paramLabel = "PART",
            defaultValue = "val",
            description = "Which examples to judge: train, val (default), test, or all of them.")
    private Which part;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write confusion.csv, confusion.png and curves.csv (ROC, precision and recall) there.")
    private Optional<Path> out;

    @Option(
            names = "--tta",
            description = "Judge the mean of the probabilities for each picture and its mirror image as well (test-time"
                    + " augmentation); the file itself does no such thing.")
    private boolean tta;

    @Override
    public List<graft.options.Option<?>> options() {
        return List.of(PlanOptions.THREADS);
    }

    @Override
    protected Record run(Progress progress) {
        out.ifPresent(folder -> OutputPlace.checkFolder(
                folder, List.of(TABLE, PICTURE, CURVES), Pictures::isOurs, network.source(), network.path()));
        DataSet examples = network.open(progress);
        List<Examples> judged = part.in(examples).stream().map(examples::part).toList();
        if (tta && (examples.classes().isEmpty() || network.preprocessing().isEmpty())) {
            throw new Refusal(
                    "--tta asks about mirrored pictures, and these examples are no pictures that have classes. Leave it out.");
        }
        if (examples.classes().isEmpty()) {
            return scores(examples, judged, progress);
        }
        ClassEvaluation evaluation;
        Optional<EvaluatedTwice> twice = Optional.empty();
        List<ThresholdCurve> curves;
        try (Evaluator evaluator =
                Evaluator.open(network.file(), network.reading(), settings().get(PlanOptions.THREADS))) {
            Predictions said = said(evaluator, examples, judged, progress);
            List<String> remarks = new ArrayList<>(network.preparationLines());
            remarks.addAll(said.remarks());
            about(examples).ifPresent(remarks::add);
            PreparationTrial.suggest(evaluator, examples, network.preprocessing(), said, progress)
                    .ifPresent(remarks::add);
            evaluation = ClassEvaluation.of(said.withRemarks(remarks));
            if (tta) {
                Layout layout = network.preprocessing().orElseThrow().layout();
                List<Examples> mirrored = judged.stream()
                        .<Examples>map(some -> new MirroredExamples(some, layout))
                        .toList();
                twice = Optional.of(EvaluatedTwice.of(evaluation, said, said(evaluator, examples, mirrored, progress)));
            }
            curves = out.isEmpty()
                    ? List.of()
                    : IntStream.range(0, said.classes().size())
                            .mapToObj(label -> ThresholdCurve.of(said, label))
                            .toList();
        }
        out.ifPresent(folder -> write(evaluation, curves, folder));
        return twice.isPresent() ? twice.get() : evaluation;
    }

    private static Predictions said(Evaluator evaluator, DataSet data, List<Examples> parts, Progress progress) {
        return parts.stream()
                .map(some -> evaluator.predict(data.classes(), some, progress))
                .reduce(Predictions::and)
                .orElseThrow();
    }

    /** Of a network whose answers are no classes: by the judge of its task. */
    private FoundScores scores(DataSet examples, List<Examples> parts, Progress progress) {
        Task task = network.task(examples);
        if (parts.size() > 1) {
            throw new Refusal("Scores of " + task.name() + " are made of one part at a time. Choose --part"
                    + " train, val or test.");
        }
        Examples judged = parts.get(0);
        if (out.isPresent()) {
            progress.note("Nothing is written to " + out.get() + ": answers of " + task.name() + " are no classes.");
        }
        NetworkFile file = network.file();
        Network opened = Importer.of(file.path(), file.model(), network.reading());
        graft.judge.Evaluation found = FileJudge.judged(
                file.path(),
                judged.fedTo(file.path(), file.model().graph().inputs()),
                task.judging().of(judged.targets(), List.of()),
                Math.toIntExact(opened.report().fixedBatch()),
                settings().get(PlanOptions.THREADS));
        List<String> remarks = new ArrayList<>(network.preparationLines());
        about(examples).ifPresent(remarks::add);
        return FoundScores.of(task, found, remarks);
    }

    private Optional<String> about(DataSet data) {
        String remembers = " Where the network learnt from them, this says how well it remembers, not how well it will"
                + " recognise others.";
        String noun = network.task(data).reading().noun() + "s";
        int learnt = data.train().wholes();
        return switch (part) {
            case TRAIN -> Optional.of("Judged on the " + learnt + " " + noun + " of the part train." + remembers);
            case VAL ->
                learnt == 0
                        ? Optional.empty()
                        : Optional.of("Judged on the " + data.val().wholes() + " " + noun + " of the part val; the "
                                + learnt + " of the part train are left aside (--part all takes them too).");
            case TEST ->
                Optional.of("Judged on the " + data.part(Parts.TEST).wholes() + " " + noun + " of the part test.");
            case ALL ->
                Optional.of("Judged on all "
                        + part.in(data).stream()
                                .mapToInt(some -> data.part(some).wholes())
                                .sum()
                        + " " + noun + ", those of the part train among them." + remembers);
        };
    }

    private static void write(ClassEvaluation evaluation, List<ThresholdCurve> curves, Path folder) {
        try (OutputFolder made = OutputFolder.make(folder)) {
            Pictures.confusionCsv(evaluation, folder.resolve(TABLE));
            Pictures.confusion(evaluation, folder.resolve(PICTURE));
            Pictures.curvesCsv(curves, folder.resolve(CURVES));
        }
    }

    @Override
    protected void print(Record result, PrintWriter out) {
        if (result instanceof FoundScores scores) {
            scores.print(out);
        } else if (result instanceof EvaluatedTwice twice) {
            print(twice.file(), out);
            twice.print(out);
        } else {
            print((ClassEvaluation) result, out);
        }
    }

    private static void print(ClassEvaluation result, PrintWriter out) {
        out.println(result.headline());
        out.printf(Locale.ROOT, "%.1f %% if every class counts alike%n", 100 * result.balancedAccuracy());
        result.confidence()
                .ifPresent(known -> out.printf(
                        Locale.ROOT,
                        "calibration error (ECE) %.1f %%, Brier score %.4f, negative log-likelihood %.4f%s%n",
                        100 * known.ece(),
                        known.brier(),
                        known.nll(),
                        known.auc().isPresent()
                                ? String.format(
                                        Locale.ROOT, ", AUC %.4f", known.auc().getAsDouble())
                                : ""));
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
