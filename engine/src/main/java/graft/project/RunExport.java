package graft.project;

import graft.files.AtomicFile;
import graft.files.OutputFolder;
import graft.files.OutputPlace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was measured during a run, in files for other tools. */
public final class RunExport {
    private RunExport() {}

    /** Tables: {@code epochs.csv} with a row per epoch, {@code steps.csv} with one per step. */
    public static List<Path> csv(ProjectFolder project, RunEntry run, Path folder) {
        StringBuilder steps = new StringBuilder("epoch,step,loss\n");
        Map<Integer, Map<String, Double>> epochs = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (ProjectFolder.Metric metric : project.metrics(run.id())) {
            if (metric.step() > 0) {
                steps.append(String.format(Locale.ROOT, "%d,%d,%s%n", metric.epoch(), metric.step(), metric.value()));
            } else {
                epochs.computeIfAbsent(metric.epoch(), any -> new LinkedHashMap<>())
                        .put(metric.name(), metric.value());
                if (!names.contains(metric.name())) {
                    names.add(metric.name());
                }
            }
        }
        StringBuilder table = new StringBuilder("epoch," + String.join(",", names) + "\n");
        epochs.forEach((epoch, values) -> {
            table.append(epoch);
            names.forEach(name -> table.append(',')
                    .append(Optional.ofNullable(values.get(name))
                            .map(Object::toString)
                            .orElse("")));
            table.append('\n');
        });
        Path ofEpochs = folder.resolve("epochs.csv");
        Path ofSteps = folder.resolve("steps.csv");
        try (OutputFolder made = OutputFolder.make(folder)) {
            OutputPlace.checkFile(ofEpochs, RunExport::isTable);
            OutputPlace.checkFile(ofSteps, RunExport::isTable);
            write(ofEpochs, table);
            write(ofSteps, steps);
        }
        return List.of(ofEpochs, ofSteps);
    }

    /** One that was written here before may give way. */
    private static boolean isTable(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return String.valueOf(lines.readLine()).startsWith("epoch,");
        } catch (IOException e) {
            return false; // what cannot be read as text was not written here
        }
    }

    private static void write(Path file, CharSequence text) {
        AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** A file of TensorBoard's events; figures of steps by step over the whole run, those of epochs by epoch. */
    public static Path tensorBoard(ProjectFolder project, RunEntry run, Path folder) {
        List<ProjectFolder.Metric> metrics = project.metrics(run.id());
        int stepsPerEpoch = project.start(run.id()).map(RunStart::stepsPerEpoch).orElseGet(() -> metrics.stream()
                .mapToInt(ProjectFolder.Metric::step)
                .max()
                .orElse(1));
        double begun = Instant.parse(run.created()).toEpochMilli() / 1e3;
        EventFile events = new EventFile(begun);
        for (ProjectFolder.Metric metric : metrics) {
            boolean ofStep = metric.step() > 0;
            long step = ofStep ? (long) (metric.epoch() - 1) * stepsPerEpoch + metric.step() : metric.epoch();
            events.add(begun, step, ofStep ? "step/" + metric.name() : "epoch/" + metric.name(), metric.value());
        }
        Path file =
                folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%d.graft.%d", (long) begun, run.id()));
        try (OutputFolder made = OutputFolder.make(folder)) {
            AtomicFile.write(file, events::writeTo);
        }
        return file;
    }
}
