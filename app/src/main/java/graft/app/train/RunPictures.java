package graft.app.train;

import graft.app.controls.ConfusionMatrixView;
import graft.app.controls.CurvesView;
import graft.app.train.Curves.EpochConfusion;
import graft.app.train.Curves.EpochPoint;
import graft.app.train.Curves.StepPoint;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The curves and the confusion matrix of a run, as they grow. */
final class RunPictures {
    private final RunFollower run;
    private final CurvesView curves = new CurvesView();
    private final ConfusionMatrixView matrix = new ConfusionMatrixView();
    private final Slider scrubber = new Slider(1, 1, 1);
    private final Label shown = new Label();
    private boolean drawn = true;

    private RunPictures(RunFollower run) {
        this.run = run;
    }

    /** @param visible whether the screen around the pictures is */
    static void show(
            RunFollower run,
            Pane curvesPane,
            Pane matrixPane,
            ObservableValue<Boolean> visible,
            ObservableValue<Boolean> dark) {
        RunPictures pictures = new RunPictures(run);
        pictures.curves.setId("curves-view");
        pictures.matrix.setId("confusion-view");
        pictures.curves.shownProperty().bind(visible);
        pictures.curves.darkProperty().bind(dark);
        pictures.matrix.darkProperty().bind(dark);
        pictures.follow();
        curvesPane.getChildren().add(pictures.curves);
        matrixPane.getChildren().add(pictures.matrixWithScrubber());
    }

    private void follow() {
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
            curves.markBest(run.curves().bestEpoch());
            drawSoon();
        });
        run.curves().confusions().addListener((ListChangeListener<EpochConfusion>) change -> followMatrix());
        run.shippedEpochProperty().addListener((property, old, epoch) -> showShipped(epoch.intValue()));
        again();
        followMatrix();
        showShipped(run.shippedEpochProperty().get());
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
        curves.markBest(run.curves().bestEpoch());
        drawSoon();
    }

    private void add(EpochPoint point) {
        curves.addEpoch(point.epoch(), point.trainAccuracy(), point.valLoss(), point.valAccuracy());
    }

    private BorderPane matrixWithScrubber() {
        scrubber.setMajorTickUnit(1);
        scrubber.setMinorTickCount(0);
        scrubber.setSnapToTicks(true);
        scrubber.setBlockIncrement(1);
        scrubber.valueProperty().addListener((property, old, value) -> showMatrix());
        shown.setMinWidth(Region.USE_PREF_SIZE);
        scrubber.setMinWidth(40);
        HBox below = new HBox(8, scrubber, shown);
        HBox.setHgrow(scrubber, Priority.ALWAYS);
        below.setAlignment(Pos.CENTER);
        below.setStyle("-fx-padding: 4 8 4 8;");
        below.visibleProperty().bind(scrubber.maxProperty().greaterThan(1));
        return new BorderPane(matrix, null, null, below, null);
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
        if (all.isEmpty()) {
            matrix.show(List.of(), new int[0][0]);
            shown.setText("");
            return;
        }
        int at = Math.min(all.size(), (int) Math.round(scrubber.getValue())) - 1;
        matrix.show(run.classesProperty().get(), all.get(at).counts());
        int epoch = all.get(at).epoch();
        boolean shipped = epoch == run.shippedEpochProperty().get();
        shown.setText(TrainViewModel.text(shipped ? "confusion.shipped" : "confusion.epoch", epoch));
    }
}
