package graft.app.train;

import graft.Refusal;
import graft.app.train.Curves.EpochConfusion;
import graft.app.train.Curves.EpochPoint;
import graft.app.train.Curves.StepPoint;
import graft.files.Json;
import graft.judge.Showing.Sample;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import graft.project.RunStart;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as it was: its curves, matrices and samples, and what came of it.
 *
 * @param plan empty where a plan of another version cannot be read
 * @param metric what the scores are
 */
public record PastRun(
        Path folder,
        RunSubject subject,
        Optional<FineTuningPlan> plan,
        List<StepPoint> steps,
        List<EpochPoint> epochs,
        List<EpochConfusion> confusions,
        List<Sample> samples,
        List<String> classes,
        String metric,
        Optional<FineTuningResult> result) {

    /** Reads a run of a project. */
    public static PastRun read(Path project, RunEntry entry) {
        Path folder = Path.of(entry.folder());
        Path file = folder.resolve("result.json");
        try (ProjectFolder history = ProjectFolder.open(project)) {
            Optional<RunStart> start = history.start(entry.id());
            Optional<FineTuningResult> result = Files.exists(file)
                    ? Optional.of(RunFolder.atHome(Json.read(file, FineTuningResult.class), folder))
                    : Optional.empty();
            return new PastRun(
                    folder,
                    RunSubject.of(entry),
                    plan(entry),
                    steps(history.metric(entry.id(), "loss"), start.map(RunStart::stepsPerEpoch)),
                    epochs(history, entry.id(), entry.metric(), result),
                    history.confusions(entry.id()).stream()
                            .map(matrix -> new EpochConfusion(matrix.epoch(), matrix.counts()))
                            .toList(),
                    history.samples(entry.id()),
                    result.map(FineTuningResult::classes)
                            .or(() -> start.map(RunStart::classes))
                            .orElse(List.of()),
                    entry.metric(),
                    result);
        }
    }

    /** The same, whose data or network lie elsewhere now. */
    public PastRun at(FineTuningPlan places) {
        return new PastRun(
                folder,
                subject.at(places),
                Optional.of(places),
                steps,
                epochs,
                confusions,
                samples,
                classes,
                metric,
                result);
    }

    private static Optional<FineTuningPlan> plan(RunEntry entry) {
        try {
            return Optional.of(Json.convert(entry.plan(), FineTuningPlan.class));
        } catch (Refusal | IllegalArgumentException e) {
            return Optional.empty(); // of another version: the run is shown, but cannot be set up again
        }
    }

    private static List<StepPoint> steps(List<double[]> losses, Optional<Integer> perEpoch) {
        Map<Double, Double> stepsOfEpoch = new HashMap<>();
        losses.forEach(row -> stepsOfEpoch.merge(row[0], row[1], Math::max));
        double most = perEpoch.map(Integer::doubleValue)
                .orElseGet(() ->
                        stepsOfEpoch.values().stream().mapToDouble(d -> d).max().orElse(1));
        return losses.stream()
                .map(row -> new StepPoint(row[0] - 1 + row[1] / most, row[2]))
                .toList();
    }

    /** The history has no scores of another domain; the result has. */
    private static List<EpochPoint> epochs(
            ProjectFolder history, long run, String metric, Optional<FineTuningResult> result) {
        Map<Integer, double[]> byEpoch = new java.util.TreeMap<>();
        String[] names = {"train_loss", "train_" + metric, "val_loss", "val_" + metric};
        for (int i = 0; i < names.length; i++) {
            for (double[] row : history.metric(run, names[i])) {
                byEpoch.computeIfAbsent((int) row[0], epoch -> {
                            double[] none = new double[names.length];
                            Arrays.fill(none, Double.NaN); // what was no number is not in the history
                            return none;
                        })[i] =
                        row[2];
            }
        }
        List<EpochPoint> out = new ArrayList<>();
        Map<Integer, Double> target = new HashMap<>();
        result.ifPresent(found -> found.epochs().stream()
                .filter(epoch -> epoch.targetScore() != null)
                .forEach(epoch -> target.put(epoch.epoch(), epoch.targetScore())));
        byEpoch.forEach((epoch, v) ->
                out.add(new EpochPoint(epoch, v[0], v[1], v[2], v[3], target.getOrDefault(epoch, Double.NaN))));
        return out;
    }
}
