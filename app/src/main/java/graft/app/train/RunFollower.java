package graft.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import graft.app.jobs.ChildProcess;
import graft.files.Json;
import graft.progress.Pace;
import graft.progress.Stage;
import graft.train.FineTuningPlan;
import graft.train.FineTuningResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Follows the process of one run by what it reports, and steers it. A run that was killed is resumed by itself, once. */
public final class RunFollower {
    private static final int LINES_KEPT = 12;

    private final ChildProcess process;
    private final Path project;
    private final LongSupplier clock;
    private final Curves curves = new Curves();
    private final TimeLeft timeLeft = new TimeLeft();
    private final Pace pace = new Pace();
    private final ObservableList<String> log = FXCollections.observableArrayList();
    private final ObservableList<String> logSeen = FXCollections.unmodifiableObservableList(log);
    private final Deque<String> unstructured = new ArrayDeque<>();

    private final ReadOnlyObjectWrapper<RunState> state = new ReadOnlyObjectWrapper<>(RunState.NONE);
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(0);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<FineTuningResult> result = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<String>> classes = new ReadOnlyObjectWrapper<>(List.of());

    private Path folder;
    private int epochsPlanned;
    private int epoch;
    private int step;
    private boolean resumedSinceLastEpoch;

    RunFollower(ChildProcess process, Path project, LongSupplier nanoClock) {
        this.process = process;
        this.project = project;
        this.clock = nanoClock;
    }

    void start(FineTuningPlan plan, List<String> classNames) {
        curves.clear();
        log.clear();
        result.set(null);
        classes.set(classNames);
        folder = plan.out();
        epochsPlanned = plan.epochs();
        resumedSinceLastEpoch = false;
        begin(RunCommandLine.train(plan, project));
    }

    /** Shows a run of the past as if it had just ended; nothing happens while another is under way. */
    public void show(PastRun past) {
        if (state.get().isUnderWay()) {
            return;
        }
        curves.clear();
        log.clear();
        problem.set("");
        folder = past.folder();
        epochsPlanned = past.epochsPlanned();
        past.steps().forEach(curves::add);
        past.epochs().forEach(curves::add);
        if (past.result().isPresent()) {
            FineTuningResult ended = past.result().get();
            classes.set(ended.classes());
            curves.add(new Curves.EpochConfusion(ended.bestEpoch(), ended.confusion()));
            finish(ended);
        } else {
            result.set(null);
            progress.set(0);
            become(RunState.INTERRUPTED, TrainViewModel.text(canResume() ? "status.interrupted" : "status.cancelled"));
        }
    }

    private void finish(FineTuningResult finished) {
        progress.set(1);
        result.set(finished);
        if (!finished.remarks().isEmpty()) {
            problem.set(String.join(" ", finished.remarks()));
        }
        become(
                RunState.FINISHED,
                TrainViewModel.text(
                        finished.frozenTensors() == 0
                                ? "status.finished.all"
                                : finished.frozenUnchanged() ? "status.finished" : "status.changed",
                        finished.bestEpoch(),
                        100 * finished.valAccuracy(),
                        finished.frozenTensors()));
    }

    /** Goes on with the run from its last checkpoint. */
    public void resume() {
        if (!state.get().isUnderWay() && canResume()) {
            begin(RunCommandLine.resume(folder, project));
        }
    }

    private void begin(List<String> command) {
        epoch = 0;
        step = 0;
        unstructured.clear();
        timeLeft.restart();
        problem.set("");
        progress.set(-1);
        become(RunState.PREPARING, TrainViewModel.text("status.starting"));
        process.start(command, new ChildProcess.Watcher() {
            @Override
            public void said(List<String> lines) {
                lines.forEach(RunFollower.this::follow);
            }

            @Override
            public void ended(ChildProcess.End end) {
                end(end);
            }
        });
    }

    private void become(RunState next, String words) {
        state.set(next);
        status.set(words);
        headline.set(headline());
    }

    private String headline() {
        String best = curves.best()
                .map(point -> TrainViewModel.text("headline.best", 100 * point.valAccuracy()))
                .orElse("");
        return switch (state.get()) {
            case TRAINING -> TrainViewModel.text("headline.epoch", epoch, epochsPlanned, best);
            case FINISHED -> TrainViewModel.text("headline.finished", best);
            default -> TrainViewModel.text("headline." + state.get());
        };
    }

    // ---- steering

    public void pause() {
        if (state.get() == RunState.TRAINING) {
            process.send("pause");
        }
    }

    /** Lets a paused run go on. */
    public void goOn() {
        if (state.get() == RunState.PAUSED) {
            process.send("continue");
        }
    }

    /** Ends the run with the best so far; before anything was learnt it ends with nothing. */
    public void stop() {
        if (!state.get().isUnderWay()) {
            return;
        }
        boolean learnt = step > 0 || !curves.epochs().isEmpty();
        become(RunState.STOPPING, TrainViewModel.text(learnt ? "status.keeping" : "status.stopping"));
        process.send(learnt ? "enough" : "stop");
    }

    /** The window closes: the run stops at its next step, and can be resumed. */
    public void leave() {
        process.hangUp();
    }

    // ---- following

    private void follow(String line) {
        if (!line.startsWith("{")) {
            unstructured.addLast(line);
            if (unstructured.size() > LINES_KEPT) {
                unstructured.removeFirst();
            }
            log.add(line);
            return;
        }
        JsonNode event = Json.parse(line);
        switch (event.path("event").asText()) {
            case "step" -> followStep(event);
            case "epoch" -> followEpoch(event);
            case "confusion" ->
                curves.add(new Curves.EpochConfusion(
                        event.path("epoch").asInt(), Json.convert(event.path("confusion"), int[][].class)));
            case "started" -> {
                classes.set(List.of(Json.convert(event.path("classes"), String[].class)));
                epochsPlanned = event.path("epochs").asInt();
            }
            case "stage" -> followStage(event);
            case "note" -> log.add(event.path("message").asText());
            default -> {
                // an event of a later version: of no interest to this one
            }
        }
    }

    private void followStep(JsonNode event) {
        epoch = event.path("epoch").asInt();
        step = event.path("step").asInt();
        int steps = event.path("steps").asInt();
        curves.add(new Curves.StepPoint(
                epoch - 1 + (double) step / steps, event.path("loss").asDouble()));
        long done = (long) (epoch - 1) * steps + step;
        long all = (long) epochsPlanned * steps;
        timeLeft.at(done, all, clock.getAsLong());
        progress.set((double) done / all);
        if (state.get() != RunState.STOPPING) {
            become(RunState.TRAINING, trainingWords());
        }
    }

    private String trainingWords() {
        double left = timeLeft.seconds();
        String words = TrainViewModel.text("status.epoch", epoch, epochsPlanned);
        return left < 0 ? words : TrainViewModel.text("status.left", words, timeLeft.rate(), TimeLeft.clock(left));
    }

    private void followEpoch(JsonNode event) {
        resumedSinceLastEpoch = false;
        curves.add(new Curves.EpochPoint(
                event.path("epoch").asInt(),
                event.path("train_loss").asDouble(),
                event.path("train_accuracy").asDouble(),
                event.path("val_loss").asDouble(),
                event.path("val_accuracy").asDouble()));
    }

    private void followStage(JsonNode event) {
        String what = event.path("what").asText();
        long total = event.path("total").asLong();
        long done = event.path("done").asLong();
        String words = pace.line(new Stage(what, done, total), clock.getAsLong());
        if (what.equals("paused")) {
            timeLeft.restart();
            become(RunState.PAUSED, TrainViewModel.text("status.paused", epoch, epochsPlanned));
        } else if (what.equals("continuing")) {
            become(RunState.TRAINING, trainingWords());
        } else if (state.get() == RunState.STOPPING) {
            status.set(words);
        } else if (state.get() == RunState.PREPARING) {
            become(RunState.PREPARING, words);
            progress.set(total > 0 ? (double) done / total : -1);
        } else {
            status.set(words); // such as exporting, after the last epoch
        }
    }

    private void end(ChildProcess.End end) {
        if (end.exitCode() == 0) {
            finish(Json.read(end.output(), FineTuningResult.class));
        } else if (end.exitCode() == 130) {
            become(RunState.INTERRUPTED, TrainViewModel.text(canResume() ? "status.interrupted" : "status.cancelled"));
            progress.set(0);
        } else if (end.isKilled() && canResume() && !resumedSinceLastEpoch) {
            resumedSinceLastEpoch = true;
            String words = TrainViewModel.text("killed.resumed", end.exitCode() - 128, where());
            begin(RunCommandLine.resume(folder, project));
            problem.set(words);
        } else {
            problem.set(end.isKilled() ? killedWords(end) : failedWords(end));
            progress.set(0);
            become(RunState.FAILED, TrainViewModel.text("status.failed"));
        }
    }

    private String killedWords(ChildProcess.End end) {
        return TrainViewModel.text(
                canResume() ? "killed.again" : "killed.early", end.exitCode() - 128, where(), last());
    }

    private String where() {
        return epoch == 0 ? TrainViewModel.text("where.start") : TrainViewModel.text("where.epoch", epoch, step);
    }

    /** A refusal is one paragraph on standard error that begins with the program's name. */
    private String failedWords(ChildProcess.End end) {
        String words = last();
        return words.isEmpty() ? TrainViewModel.text("failed.silent", end.exitCode(), end.output()) : words;
    }

    private String last() {
        return unstructured.stream()
                .filter(line -> line.startsWith("graft: "))
                .reduce((a, b) -> b)
                .map(line -> line.substring("graft: ".length()))
                .orElse("");
    }

    /** Whether there is a checkpoint to go on from. */
    public boolean canResume() {
        return folder != null && Files.exists(folder.resolve("checkpoint.safetensors"));
    }

    // ---- what is known

    public Curves curves() {
        return curves;
    }

    public ReadOnlyObjectProperty<RunState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** What is being done: "caching features 120 of 244", "epoch 3 of 8 · 41 steps/s · 0:12 left". */
    public ReadOnlyStringProperty statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** The state in a few words, with the best validation accuracy so far. */
    public ReadOnlyStringProperty headlineProperty() {
        return headline.getReadOnlyProperty();
    }

    /** 0…1; -1 where that is not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** What went wrong, for the user; "" where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Null until the run has finished. */
    public ReadOnlyObjectProperty<FineTuningResult> resultProperty() {
        return result.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<String>> classesProperty() {
        return classes.getReadOnlyProperty();
    }

    /** Notes and everything else the process said. */
    public ObservableList<String> log() {
        return logSeen;
    }
}
