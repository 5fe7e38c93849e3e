package graft.app.train;

import graft.app.controls.ConfusionMatrixView;
import graft.app.controls.CurvesView;
import graft.app.controls.Parts;
import graft.app.train.Curves.EpochConfusion;
import graft.app.train.Curves.EpochPoint;
import graft.app.train.Curves.StepPoint;
import graft.run.FineTuningResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The curves of a run, and its confusion matrix or what its network writes, as they grow. */
final class RunPictures {
    private final RunFollower run;
    private final CurvesView curves = new CurvesView();
    private final ConfusionMatrixView matrix = new ConfusionMatrixView();
    private final Label insteadSays = new Label();
    private final VBox instead = new VBox();
    private final Slider scrubber = new Slider(1, 1, 1);
    private final Label title = new Label();
    private final Label says = new Label();
    private final Label proof = new Label();
    private boolean drawn = true;

    private RunPictures(RunFollower run) {
        this.run = run;
    }

    /** @param visible whether the screen around the pictures is */
    static void show(
            TrainViewModel model,
            Pane curvesPane,
            VBox matrixPane,
            ObservableValue<Boolean> visible,
            ObservableValue<Boolean> dark) {
        RunPictures pictures = new RunPictures(model.run());
        pictures.curves.setId("curves-view");
        pictures.matrix.setId("confusion-view");
        pictures.curves.shownProperty().bind(visible);
        pictures.follow(model);
        pictures.fillInstead();
        curvesPane.getChildren().addAll(pictures.curves, pictures.instead);
        pictures.fill(matrixPane);
        model.overlays().addListener((ListChangeListener<PastRun>) change -> {
            pictures.curves.takeAllAway();
            pictures.layAll(model.overlays());
        });
        pictures.layAll(model.overlays());
    }

    private void fillInstead() {
        Label title = new Label(TrainViewModel.text("curves.at.once.title"));
        title.getStyleClass().add("card-title");
        insteadSays.setWrapText(true);
        insteadSays.setId("curves-instead");
        instead.getChildren().addAll(title, insteadSays);
        instead.getStyleClass().add("empty-state");
    }

    private void layAll(List<PastRun> others) {
        Iterator<String> names = namesOf(others).iterator();
        others.forEach(other -> lay(names.next(), other));
    }

    /** What each is called in the legend: its name and its score; where others have both too, its folder as well. */
    static List<String> namesOf(List<PastRun> runs) {
        List<String> names = runs.stream().map(RunPictures::name).toList();
        List<String> out = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            out.add(
                    Collections.frequency(names, name) == 1
                            ? name
                            : name + " · " + runs.get(i).folder().getFileName());
        }
        return out;
    }

    private static String name(PastRun run) {
        String title = run.subject().title();
        return run.result()
                .map(FineTuningResult::valScore)
                .map(score -> title + " · " + Scores.words(score))
                .orElse(title);
    }

    private void lay(String name, PastRun other) {
        curves.lay(
                name,
                other.epochs().stream()
                        .map(point -> new double[] {
                            Curves.placeOf(other.steps(), point.epoch()), point.valLoss(), point.valAccuracy()
                        })
                        .toList());
    }

    /** Before the first run the axis is that of what would be run. */
    private void plan(TrainViewModel model) {
        int planned = run.epochsPlannedProperty().get();
        curves.plan(planned > 0 ? planned : model.timelineProperty().get().epochs());
    }

    private void follow(TrainViewModel model) {
        run.curves().steps().addListener((ListChangeListener<StepPoint>) change -> {
            while (change.next()) {
                if (change.wasRemoved()) {
                    again();
                } else {
                    change.getAddedSubList().forEach(point -> curves.addStep(point.x(), point.loss()));
                }
            }
            drawSoon();
        });
        run.curves().epochs().addListener((ListChangeListener<EpochPoint>) change -> {
            while (change.next()) {
                if (change.wasRemoved()) {
                    again();
                } else {
                    change.getAddedSubList().forEach(this::add);
                }
            }
            markBest();
            showMatrix();
            drawSoon();
        });
        run.curves().confusions().addListener((ListChangeListener<EpochConfusion>) change -> followMatrix());
        run.shippedEpochProperty().addListener((property, old, epoch) -> showShipped(epoch.intValue()));
        run.epochsPlannedProperty().addListener((property, old, now) -> {
            plan(model);
            drawSoon();
        });
        model.timelineProperty().addListener((property, old, now) -> {
            plan(model);
            drawSoon();
        });
        plan(model);
        run.metricProperty().addListener((property, old, now) -> curves.name(now));
        run.stateProperty().addListener((property, old, now) -> showMatrix());
        run.stateProperty().addListener((property, old, now) -> sayNothing(model));
        model.obstacleProperty().addListener((property, old, now) -> sayNothing(model));
        sayNothing(model);
        curves.name(run.metricProperty().get());
        again();
        followMatrix();
        showShipped(run.shippedEpochProperty().get());
    }

    /** Why there are no curves. */
    private void sayNothing(TrainViewModel model) {
        RunState state = run.stateProperty().get();
        boolean coming = state.isUnderWay() || state == RunState.ELSEWHERE;
        boolean possible =
                state == RunState.NONE && model.obstacleProperty().get().isEmpty();
        // No step, no curve: what there is to know are two scores.
        Optional<EpochPoint> only = isAtOnce() ? run.curves().best() : Optional.empty();
        curves.setVisible(only.isEmpty());
        instead.setVisible(only.isPresent());
        only.ifPresent(point -> insteadSays.setText(
                TrainViewModel.text("curves.at.once", unbroken(point.trainAccuracy()), unbroken(point.valAccuracy()))));
        curves.sayNothing(TrainViewModel.text(coming ? "curves.coming" : possible ? "curves.press" : "curves.none"));
    }

    /** A number and its unit stay on one line. */
    private static String unbroken(double score) {
        return Scores.words(score).replace(' ', '\u00a0');
    }

    private boolean isAtOnce() {
        RunSubject subject = run.subjectProperty().get();
        return subject != null && subject.isAtOnce();
    }

    /** Several events of one delivery are drawn once, at the next pulse. */
    private void drawSoon() {
        if (drawn) {
            drawn = false;
            new javafx.animation.AnimationTimer() {
                @Override
                public void handle(long now) {
                    stop();
                    drawn = true;
                    curves.show();
                }
            }.start();
        }
    }

    private void again() {
        curves.clear();
        run.curves().steps().forEach(point -> curves.addStep(point.x(), point.loss()));
        run.curves().epochs().forEach(this::add);
        markBest();
        drawSoon();
    }

    /** The epoch in the file once there is one, until then the best so far. */
    private void markBest() {
        int shipped = run.shippedEpochProperty().get();
        int best = shipped > 0 ? shipped : run.curves().bestEpoch();
        curves.markBest(best, run.curves().placeOf(best));
    }

    private void add(EpochPoint point) {
        if (isAtOnce()) {
            return;
        }
        curves.addEpoch(
                run.curves().placeOf(point.epoch()), point.trainAccuracy(), point.valLoss(), point.valAccuracy());
        if (!Double.isNaN(point.targetAccuracy())) {
            curves.addTarget(run.curves().placeOf(point.epoch()), point.targetAccuracy());
        }
    }

    private void fill(VBox card) {
        scrubber.setId("epoch-scrubber");
        scrubber.setMajorTickUnit(1);
        scrubber.setMinorTickCount(0);
        scrubber.setSnapToTicks(true);
        scrubber.setBlockIncrement(1);
        scrubber.setShowTickMarks(true);
        scrubber.valueProperty().addListener((property, old, value) -> showMatrix());
        scrubber.visibleProperty().bind(scrubber.maxProperty().greaterThan(1));
        scrubber.managedProperty().bind(scrubber.visibleProperty());
        scrubber.accessibleTextProperty().bind(title.textProperty());
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        title.setId("confusion-title");
        says.getStyleClass().addAll("muted", "small");
        says.setWrapText(true);
        proof.getStyleClass().add("proof");
        proof.setId("proof");
        proof.setWrapText(true);
        proof.setMaxWidth(Double.MAX_VALUE);
        proof.setMinHeight(Region.USE_PREF_SIZE);
        proof.textProperty().bind(run.proofProperty());
        proof.visibleProperty().bind(run.proofProperty().isNotEmpty());
        proof.managedProperty().bind(proof.visibleProperty());
        VBox.setVgrow(matrix, Priority.ALWAYS);
        VBox matrices = new VBox(6, title, says, matrix, scrubber);
        SamplesLook look = new SamplesLook(run);
        SamplesPane samples = new SamplesPane(look);
        Parts.shownIf(samples, look.any());
        Parts.shownIf(matrices, Bindings.not(look.any()));
        VBox.setVgrow(matrices, Priority.ALWAYS);
        VBox.setVgrow(samples, Priority.ALWAYS);
        card.getChildren().addAll(matrices, samples, proof);
    }

    /** The newest matrix is shown, unless the user looks at an older one. */
    private void followMatrix() {
        int count = run.curves().confusions().size();
        boolean newest = scrubber.getValue() >= scrubber.getMax();
        scrubber.setMax(Math.max(1, count));
        if (newest || scrubber.getValue() > count) {
            scrubber.setValue(Math.max(1, count));
        }
        showMatrix();
    }

    /** What came of the run is shown once it is there, not the epoch that happened to be the last. */
    private void showShipped(int epoch) {
        markBest();
        drawSoon();
        List<EpochConfusion> all = run.curves().confusions();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).epoch() == epoch) {
                scrubber.setValue(i + 1);
            }
        }
        showMatrix();
    }

    private void showMatrix() {
        List<EpochConfusion> all = run.curves().confusions();
        matrix.setVisible(!all.isEmpty());
        if (all.isEmpty()) {
            matrix.show(List.of(), new int[0][0]);
            // What has been judged and has none never will.
            boolean never = !run.curves().epochs().isEmpty();
            title.setText(TrainViewModel.text(never ? "confusion.never.title" : "confusion"));
            says.setText(TrainViewModel.text(never ? "confusion.never" : "confusion.none"));
            return;
        }
        int at = Math.min(all.size(), (int) Math.round(scrubber.getValue())) - 1;
        EpochConfusion seen = all.get(at);
        List<String> classes = run.classesProperty().get();
        if (classes.size() == seen.counts().length) {
            matrix.show(classes, seen.counts());
        }
        title.setText(
                isAtOnce() ? TrainViewModel.text("confusion") : TrainViewModel.text("confusion.epoch", seen.epoch()));
        int examples = Arrays.stream(seen.counts()).flatMapToInt(Arrays::stream).sum();
        boolean shipped = seen.epoch() == run.shippedEpochProperty().get();
        boolean best = seen.epoch() == run.curves().bestEpoch();
        says.setText(TrainViewModel.text(
                shipped ? "confusion.shipped" : best ? "confusion.best" : "confusion.of", examples));
    }
}
