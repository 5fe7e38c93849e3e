package graft.app.train;

import graft.app.train.Curves.EpochPoint;
import graft.app.train.Curves.StepPoint;
import graft.files.Json;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import graft.run.FineTuningResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as the history remembers it: its curves, and what came of it. */
public record PastRun(
        Path folder,
        RunSubject subject,
        List<StepPoint> steps,
        List<EpochPoint> epochs,
        Optional<FineTuningResult> result) {

    /** Reads a run of a project. */
    public static PastRun read(Path project, RunEntry entry) {
        Path folder = Path.of(entry.folder());
        Path result = folder.resolve("result.json");
        try (ProjectFolder history = ProjectFolder.open(project)) {
            return new PastRun(
                    folder,
                    RunSubject.of(entry),
                    steps(history.metric(entry.id(), "loss")),
                    epochs(history, entry.id()),
                    Files.exists(result) ? Optional.of(Json.read(result, FineTuningResult.class)) : Optional.empty());
        }
    }

    private static List<StepPoint> steps(List<double[]> losses) {
        Map<Double, Double> stepsOfEpoch = new HashMap<>();
        losses.forEach(row -> stepsOfEpoch.merge(row[0], row[1], Math::max));
        double most = stepsOfEpoch.values().stream().mapToDouble(d -> d).max().orElse(1);
        return losses.stream()
                .map(row -> new StepPoint(row[0] - 1 + row[1] / most, row[2]))
                .toList();
    }

    private static List<EpochPoint> epochs(ProjectFolder history, long run) {
        Map<Integer, double[]> byEpoch = new java.util.TreeMap<>();
        Map<Integer, Integer> measured = new HashMap<>();
        String[] names = {"train_loss", "train_accuracy", "val_loss", "val_accuracy"};
        for (int i = 0; i < names.length; i++) {
            for (double[] row : history.metric(run, names[i])) {
                byEpoch.computeIfAbsent((int) row[0], epoch -> new double[names.length])[i] = row[2];
                measured.merge((int) row[0], 1, Integer::sum);
            }
        }
        // What was no number is not in the history, and no point of a curve.
        byEpoch.keySet().removeIf(epoch -> measured.get(epoch) < names.length);
        List<EpochPoint> out = new ArrayList<>();
        byEpoch.forEach((epoch, v) -> out.add(new EpochPoint(epoch, v[0], v[1], v[2], v[3])));
        return out;
    }
}
