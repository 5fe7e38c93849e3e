package graft.app.shell;

import graft.app.jobs.Job;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A job under way: what, how far, and a way to end it. */
final class JobRow {
    private JobRow() {}

    static Node of(Job job, String cancel) {
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
