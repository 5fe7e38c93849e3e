package graft.app.shell;

import graft.app.jobs.Job;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** The jobs under way: what, how far, and a way to end each. */
final class JobStrip {
    /** What ends sooner is not worth a row that comes and goes. */
    private static final Duration PATIENCE = Duration.millis(300);

    private JobStrip() {}

    /** @param cancel the word on the buttons */
    static void show(ObservableList<Job> jobs, VBox strip, String cancel) {
        jobs.addListener((ListChangeListener<Job>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(job -> showSoon(job, strip, cancel));
            }
        });
    }

    private static void showSoon(Job job, VBox strip, String cancel) {
        PauseTransition pause = new PauseTransition(PATIENCE);
        pause.setOnFinished(event -> {
            if (job.runningProperty().get()) {
                Node row = row(job, cancel);
                job.runningProperty()
                        .addListener((property, old, now) -> strip.getChildren().remove(row));
                strip.getChildren().add(row);
            }
        });
        pause.play();
    }

    private static Node row(Job job, String cancel) {
        Label title = new Label(job.title());
        title.setMinWidth(200);
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(job.progressProperty());
        Label stage = new Label();
        stage.textProperty().bind(job.stageProperty());
        stage.setMaxWidth(Double.MAX_VALUE);
        stage.getStyleClass().add("text-muted");
        HBox.setHgrow(stage, Priority.ALWAYS);
        Button end = new Button(cancel);
        end.getStyleClass().add("small");
        end.setOnAction(event -> {
            job.cancel();
            end.setDisable(true);
        });
        HBox row = new HBox(8, title, bar, stage, end);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
