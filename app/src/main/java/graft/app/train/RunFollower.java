package graft.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.app.jobs.Background;
import graft.app.jobs.ChildProcess;
import graft.app.jobs.StageWords;
import graft.app.jobs.WindowWords;
import graft.files.Json;
import graft.judge.Showing.Sample;
import graft.online.Traffic;
import graft.online.TrafficCount;
import graft.progress.Pace;
import graft.progress.Stage;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.RunFolder;
import graft.run.RunPause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Follows the process of one run by what it reports, and steers it. A run that was killed is resumed by itself, once. */
public final class RunFollower extends ShownRun {
    /** Longer than the slowest double click that desktops count as one. */
    private static final long DOUBLE_CLICK_NANOS = 900_000_000L;

    /** As the engine calls the stage after the last epoch. */
    private static final String EXPORTING = "exporting";

    private final ChildProcess process;
    private final Path project;
    private final LongSupplier clock;
    private final TimeLeft timeLeft = new TimeLeft();
    private final Pace pace = new Pace();
    private final RunEnding ending = new RunEnding();

    /** Of the run shown. */
    private Optional<FineTuningPlan> shown = Optional.empty();
    /** What was shown before the run under way; it comes back where that one learns nothing. */
    private Optional<PastRun> before = Optional.empty();

    private int examplesPerStep;

    private Path folder;
    private long startedAt;
    private String stopping = "";
    private int epoch;
    private int step;
    private boolean resumedSinceLastEpoch;

    RunFollower(ChildProcess process, Path project, LongSupplier nanoClock) {
        this.process = process;
        this.project = project;
        this.clock = nanoClock;
    }

    void start(FineTuningPlan plan, List<String> classNames) {
        before = state.get().isUnderWay() || curves.isEmpty() ? Optional.empty() : Optional.of(now());
        curves.clear();
        log.clear();
        result.set(null);
        shippedEpoch.set(0);
        shown = Optional.of(plan);
        subject.set(RunSubject.of(plan));
        classes.set(classNames);
        folder = plan.out();
        epochsPlanned.set(plan.get(PlanOptions.EPOCHS));
        resumedSinceLastEpoch = false;
        startedAt = clock.getAsLong();
        begin(RunCommandLine.train(plan, project));
    }

    /** The run shown, as it is. */
    private PastRun now() {
        return new PastRun(
                folder,
                subject.get(),
                shown,
                List.copyOf(curves.steps()),
                List.copyOf(curves.epochs()),
                List.copyOf(curves.confusions()),
                List.copyOf(curves.samples()),
                classes.get(),
                metric.get(),
                Optional.ofNullable(result.get()));
    }

    /** Shows a run of the past as if it had just ended; false while another is under way, which stays. */
    public boolean show(PastRun past) {
        if (state.get().isUnderWay()) {
            return false;
        }
        curves.clear();
        log.clear();
        problem.set("");
        shippedEpoch.set(0);
        before = Optional.empty();
        folder = past.folder();
        shown = past.plan();
        subject.set(past.subject());
        metric.set(past.metric());
        classes.set(past.classes());
        epochsPlanned.set(past.subject().epochs());
        past.steps().forEach(curves::add);
        past.epochs().forEach(curves::add);
        past.confusions().forEach(curves::add);
        past.samples().forEach(curves::add);
        if (past.result().isPresent() && past.result().get().network() != null) {
            FineTuningResult ended = past.result().get();
            finish(ended);
        } else {
            result.set(null);
            progress.set(0);
            if (RunFolder.isHeld(folder)) {
                sayElsewhere();
                return true;
            }
            // What can be gone on with is asked of a run that nobody is at.
            state.set(RunState.INTERRUPTED);
            become(RunState.INTERRUPTED, TrainViewModel.text(canResume() ? "status.interrupted" : "status.cancelled"));
        }
        return true;
    }

    private void finish(FineTuningResult finished) {
        boolean stopped = finished.wasStopped();
        int done = finished.epochs().size();
        progress.set(stopped ? curves.placeOf(done) / epochsPlanned.get() : 1);
        if (finished.confusion() != null) {
            curves.ship(new Curves.EpochConfusion(finished.bestEpoch(), finished.confusion()));
        }
        shippedEpoch.set(finished.bestEpoch());
        become(
                stopped ? RunState.STOPPED : RunState.FINISHED,
                RunEnding.finished(finished, subject.get(), epochsPlanned.get(), curves.stepsOfPartOf(done)));
        proof.set(RunEnding.proof(finished));
        result.set(finished);
        if (!finished.remarks().isEmpty()) {
            problem.set(String.join(" ", finished.remarks()));
        }
    }

    /** Goes on with the run from its last checkpoint. */
    public void resume() {
        if (!state.get().isUnderWay() && canResume()) {
            begin(RunCommandLine.resume(folder, project));
        }
    }

    /** Goes on with a run that did all of its plan, for so many epochs more. */
    void goOnFor(int epochs) {
        if (!state.get().isUnderWay() && canResume()) {
            int all = epochsPlanned.get() + epochs;
            epochsPlanned.set(all);
            begin(RunCommandLine.extend(folder, all, project));
        }
    }

    private void begin(List<String> command) {
        epoch = 0;
        step = 0;
        ending.restart();
        pausing.set(false);
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
        if (next != RunState.FINISHED && next != RunState.STOPPED) {
            proof.set("");
        }
        state.set(next);
        status.set(words);
        headline.set(headline());
    }

    private String headline() {
        String best = curves.best()
                .map(point -> TrainViewModel.text("headline.best", Scores.words(point.valAccuracy())))
                .orElse("");
        return switch (state.get()) {
            case TRAINING -> TrainViewModel.text("headline.epoch", epoch, epochsPlanned.get(), best);
            case FINISHED, STOPPED -> TrainViewModel.text("headline." + state.get(), best);
            default -> TrainViewModel.text("headline." + state.get());
        };
    }

    // ---- steering

    /** Holds the run after the step that it is at, which may take a while. */
    public void pause() {
        if (state.get() == RunState.TRAINING && !pausing.get()) {
            process.send("pause");
            pausing.set(true);
            status.set(trainingWords());
        }
    }

    /** Lets a paused run go on. */
    public void goOn() {
        if (state.get() == RunState.PAUSED) {
            process.send("continue");
            try {
                RunPause.goOn(folder); // somebody else may have asked it to wait
            } catch (Refusal e) {
                problem.set(e.getMessage());
            }
        }
    }

    /**
     * Ends the run with the best so far; before anything was learnt it ends with nothing. The second click of a double click
     * on Train, in whose place Stop appears, is none.
     */
    public void stop() {
        if (!state.get().isUnderWay()
                || state.get() == RunState.STOPPING
                || state.get() == RunState.EXPORTING
                || clock.getAsLong() - startedAt < DOUBLE_CLICK_NANOS) {
            return;
        }
        boolean learnt = step > 0 || !curves.epochs().isEmpty();
        stopping = TrainViewModel.text(learnt ? "status.keeping" : "status.stopping");
        pausing.set(false);
        become(RunState.STOPPING, stopping);
        process.send(learnt ? "enough" : "stop");
    }

    /** The run that goes on in another process stops at its next step, and can then be resumed. */
    public void stopElsewhere() {
        if (state.get() == RunState.ELSEWHERE) {
            boolean asked = Background.stop(folder);
            problem.set(asked ? "" : TrainViewModel.text("elsewhere.unknown", folder));
            status.set(asked ? TrainViewModel.text("status.stopping") : status.get());
        }
    }

    /** It waits before its next step, or goes on; whoever works on it. */
    public void pauseElsewhere(boolean paused) {
        if (state.get() != RunState.ELSEWHERE) {
            return;
        }
        try {
            if (paused) {
                RunPause.pause(folder);
            } else {
                RunPause.goOn(folder);
            }
            problem.set("");
        } catch (Refusal e) {
            problem.set(e.getMessage());
        }
        sayElsewhere();
    }

    private void sayElsewhere() {
        int done = curves.epochs().size();
        int all = Math.max(done, epochsPlanned.get());
        pausedElsewhere.set(RunPause.isAsked(folder));
        progress.set(done == 0 ? -1 : (double) done / all);
        String words = done == 0
                ? TrainViewModel.text("status.elsewhere")
                : TrainViewModel.text("status.elsewhere.epoch", done, all);
        become(
                RunState.ELSEWHERE,
                pausedElsewhere.get() ? TrainViewModel.text("status.elsewhere.paused", words) : words);
    }

    /** The window closes, and the run goes on without it to its end; one that is paused stays so until somebody lets it go on. */
    public void leaveRunning() {
        if (state.get() == RunState.PAUSED || pausing.get()) {
            try {
                RunPause.pause(folder);
            } catch (Refusal e) {
                problem.set(e.getMessage()); // it goes on then
            }
        }
        process.send("stay");
        process.hangUp();
    }

    /** The window closes: the run stops at its next step, and can be resumed. */
    public void leave() {
        process.hangUp();
    }

    // ---- following

    private void follow(String line) {
        if (!line.startsWith("{")) {
            ending.heard(line);
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
            case "sample" ->
                curves.add(new Sample(
                        event.path("epoch").asInt(),
                        event.path("prompt").asText(),
                        event.path("text").asText()));
            case "started" -> {
                classes.set(List.of(Json.convert(event.path("classes"), String[].class)));
                epochsPlanned.set(event.path("epochs").asInt());
                int steps = Math.max(1, event.path("steps_per_epoch").asInt());
                examplesPerStep = (event.path("examples").asInt() + steps - 1) / steps;
            }
            case "stage" -> followStage(event);
            case "rate_chosen" -> followRate(event);
            case "recipe_chosen" -> followRecipe(event);
            case Traffic.KIND -> TrafficCount.OF_THIS_PROCESS.add(Json.convert(event, Traffic.class));
            case "note" -> log.add(WindowWords.of(event.path("message").asText()));
            default -> {
                // an event of a later version: of no interest to this one
            }
        }
    }

    /** What was left to a test is a number from here on, for whoever repeats the run too. */
    private void followRate(JsonNode event) {
        double rate = number(event, "lr");
        shown = shown.map(plan -> plan.with(PlanOptions.LEARNING_RATE, rate));
        subject.set(subject.get().at(rate));
        String how = !event.path("tested").asBoolean()
                ? "usual"
                : event.path("of_body").asBoolean() ? "body" : "test";
        log.add(TrainViewModel.text(
                "rate.chosen." + how,
                TimelineView.rate(rate),
                event.path("steps").asInt()));
    }

    /** What was left to the examples has a name from here on. */
    private void followRecipe(JsonNode event) {
        String name = event.path("recipe").asText();
        shown = shown.map(plan -> plan.with(PlanOptions.RECIPE, Optional.of(name)));
        subject.set(subject.get().by(name));
        log.add(TrainViewModel.text(
                "recipe.chosen." + (event.path("told").isNumber() ? "told" : "count"),
                RunSubject.recipe(name),
                event.path("examples").asInt(),
                event.path("classes").asInt(),
                Scores.words(event.path("told").asDouble()),
                Scores.words(event.path("guessing").asDouble())));
    }

    private void followStep(JsonNode event) {
        epoch = event.path("epoch").asInt();
        step = event.path("step").asInt();
        int steps = event.path("steps").asInt();
        curves.add(new Curves.StepPoint(epoch - 1 + (double) step / steps, number(event, "loss")));
        long done = (long) (epoch - 1) * steps + step;
        long all = (long) epochsPlanned.get() * steps;
        timeLeft.at(done, all, clock.getAsLong());
        progress.set((double) done / all);
        if (state.get() != RunState.STOPPING) {
            become(RunState.TRAINING, trainingWords());
        }
    }

    private String trainingWords() {
        double left = timeLeft.seconds();
        String words = TrainViewModel.text("status.epoch", epoch, epochsPlanned.get());
        if (pausing.get()) {
            return TrainViewModel.text("status.pausing", words);
        }
        if (left < 0) {
            return words;
        }
        String rate = examplesPerStep > 0
                ? TrainViewModel.text("status.rate.examples", timeLeft.rate() * examplesPerStep)
                : TrainViewModel.text("status.rate.steps", timeLeft.rate());
        return TrainViewModel.text("status.left", words, rate, TimeLeft.clock(left));
    }

    private void followEpoch(JsonNode event) {
        resumedSinceLastEpoch = false;
        if (event.hasNonNull("metric")) {
            metric.set(event.path("metric").asText());
        }
        curves.add(new Curves.EpochPoint(
                event.path("epoch").asInt(),
                number(event, "train_loss"),
                number(event, event.has("train_score") ? "train_score" : "train_accuracy"),
                number(event, "val_loss"),
                number(event, event.has("val_score") ? "val_score" : "val_accuracy"),
                number(event, event.has("target_score") ? "target_score" : "target_accuracy")));
    }

    /** What was no number is written as null, and is none: not 0. */
    private static double number(JsonNode event, String key) {
        return event.path(key).isNumber() ? event.path(key).asDouble() : Double.NaN;
    }

    private void followStage(JsonNode event) {
        String what = event.path("what").asText();
        long total = event.path("total").asLong();
        long done = event.path("done").asLong();
        String words = StageWords.line(pace, new Stage(what, done, total), clock.getAsLong());
        if (what.equals("paused")) {
            timeLeft.restart();
            pausing.set(false);
            become(RunState.PAUSED, TrainViewModel.text("status.paused", epoch, epochsPlanned.get()));
        } else if (what.equals("continuing")) {
            become(RunState.TRAINING, trainingWords());
        } else if (state.get() == RunState.STOPPING) {
            status.set(TrainViewModel.text("status.ending", stopping, words));
        } else if (state.get() == RunState.PREPARING) {
            boolean over = total > 0 && done == total;
            become(RunState.PREPARING, over ? TrainViewModel.text("status.over", words) : words);
            progress.set(total > 0 && !over ? (double) done / total : -1);
        } else if (what.equals(EXPORTING)) {
            pausing.set(false);
            become(RunState.EXPORTING, words);
        } else {
            status.set(words);
        }
    }

    private void end(ChildProcess.End end) {
        pausing.set(false);
        if (end.exitCode() == 0) {
            finish(Json.read(end.output(), FineTuningResult.class));
        } else if (before.isPresent() && curves.isEmpty() && !canResume()) {
            // Nothing was learnt, so there is nothing to show: what was shown before is shown again.
            String words = end.exitCode() == 130
                    ? ""
                    : end.isKilled() ? ending.killed(end, false, where()) : ending.failed(end);
            PastRun again = before.get();
            state.set(RunState.NONE);
            show(again);
            problem.set(words);
            status.set(TrainViewModel.text(
                    words.isEmpty() ? "status.before.stopped" : "status.before.failed", status.get()));
        } else if (end.exitCode() == 130) {
            become(RunState.INTERRUPTED, TrainViewModel.text(canResume() ? "status.interrupted" : "status.cancelled"));
            progress.set(0);
        } else if (end.isKilled() && canResume() && !resumedSinceLastEpoch) {
            resumedSinceLastEpoch = true;
            String words = TrainViewModel.text("killed.resumed", end.exitCode() - 128, where());
            begin(RunCommandLine.resume(folder, project));
            problem.set(words);
        } else {
            problem.set(end.isKilled() ? ending.killed(end, canResume(), where()) : ending.failed(end));
            progress.set(0);
            become(RunState.FAILED, TrainViewModel.text("status.failed"));
        }
    }

    private String where() {
        return epoch == 0 ? TrainViewModel.text("where.start") : TrainViewModel.text("where.epoch", epoch, step);
    }

    /** The plan of the run shown; empty before the first, and where another version wrote it. */
    Optional<FineTuningPlan> plan() {
        return shown;
    }

    /** Whether the run ended since its learning rate was too high: the words of the engine then name the option. */
    boolean isDiverged() {
        return !state.get().isUnderWay() && problem.get().contains(PlanOptions.LEARNING_RATE.name());
    }

    /** Whether there is a checkpoint to go on from. */
    public boolean canResume() {
        return folder != null
                && state.get() != RunState.ELSEWHERE
                && Files.exists(folder.resolve("checkpoint.safetensors"));
    }

    /** Where the run shown is kept; null before the first. */
    public Path folder() {
        return folder;
    }
}
