package graft.worker;

import graft.data.DataSet;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.evaluate.PreparationTrial;
import graft.evaluate.ThresholdCurve;
import graft.image.PictureInput;
import graft.image.Preprocessing;
import graft.meaning.Classifier;
import graft.meaning.NotedPreparation;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.ValueInfo;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.JudgedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Judges a network's file by the examples of a data set that are to judge by. */
public final class Judging {
    private static final int MOST_CURVES = 100;
    private static final int MOST_POINTS = 400;

    private Judging() {}

    /**
     * @param file the network's
     * @param reading what the user says of it
     * @param how what the user says of the data
     */
    public record Plan(Path file, Path data, Reading reading, HowRead how) implements Work.Plan {
        public Plan(Path file, Path data) {
            this(file, data, Reading.USUAL, HowRead.USUAL);
        }

        @Override
        public List<Path> files() {
            return List.of(file, data);
        }
    }

    /**
     * What was found.
     *
     * @param answers one per example
     * @param curves of each class against the rest; none where there are very many classes
     */
    public record Judged(ClassEvaluation evaluation, List<Answered> answers, List<ThresholdCurve> curves) {}

    /**
     * What a network said of one example.
     *
     * @param name of the example
     * @param file where it lies; "" where it is none of a folder
     * @param words the example itself, where it is of words; else ""
     * @param truth index of its class
     * @param shares of the classes it most likely is, the likeliest first
     */
    public record Answered(String name, String file, String words, int truth, List<Share> shares) {}

    static Judged run(Plan plan, Progress progress) {
        Settings said = plan.how().settings();
        Optional<Preprocessing> how = preparation(plan.file(), plan.data(), said);
        DataSet examples = open(plan.file(), plan.data(), how, said, progress);
        try (Evaluator evaluator = Evaluator.open(plan.file(), plan.reading(), 0)) {
            Predictions judged = evaluator.predict(examples.classes(), examples.val(), progress);
            List<String> remarks = new ArrayList<>(judged.remarks());
            PreparationTrial.suggest(evaluator, examples, how, judged, progress).ifPresent(remarks::add);
            Predictions found = judged.withRemarks(remarks);
            boolean inFolder = Files.isDirectory(plan.data());
            return new Judged(
                    ClassEvaluation.of(found),
                    IntStream.range(0, found.truth().length)
                            .mapToObj(i -> new Answered(
                                    found.names().get(i),
                                    inFolder ? examples.val().place(i) : "",
                                    examples.val().words(i).orElse(""),
                                    found.truth()[i],
                                    Share.best(found.predicted()[i], found.probabilities()[i])))
                            .toList(),
                    curves(found));
        }
    }

    private static List<ThresholdCurve> curves(Predictions found) {
        int classes = found.classes().size();
        return classes > MOST_CURVES
                ? List.of()
                : IntStream.range(0, classes)
                        .mapToObj(label -> ThresholdCurve.of(found, label).thinned(MOST_POINTS))
                        .toList();
    }

    /** The examples of {@code data} as the network in {@code file} takes them. */
    static DataSet open(Path file, Path data, Optional<Preprocessing> how, Settings said, Progress progress) {
        Settings tolerant = said.with(PlanOptions.SKIP_UNREADABLE, true);
        return JudgedData.open(data, file, OnnxFile.read(file), () -> how, tolerant, Set.of(), progress);
    }

    /** How the network takes pictures; empty where the data are no pictures. */
    static Optional<Preprocessing> preparation(Path file, Path data, Settings said) {
        Model network = OnnxFile.read(file);
        return JudgedData.task(data, network, said).reading().takesPictures(data)
                ? preparation(file, network)
                : Optional.empty();
    }

    static Optional<Preprocessing> preparation(Path file, Model model) {
        ValueInfo fed = Classifier.of(file, model, Reading.USUAL).input();
        PictureInput input = PictureInput.of(fed);
        input.requirePictures(file);
        return NotedPreparation.of(file, model, fed).completed(input);
    }
}
