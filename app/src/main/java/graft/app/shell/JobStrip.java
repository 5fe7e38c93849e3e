package graft.app.shell;

import graft.app.controls.Parts;
import graft.app.jobs.Job;
import graft.app.train.RunFollower;
import graft.app.train.RunState;
import java.util.ResourceBundle;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** The jobs under way, the run among them: what, how far, and a way to hold or end each. */
final class JobStrip {
    /** What ends sooner is not worth a row that comes and goes. */
    private static final Duration PATIENCE = Duration.millis(300);

    private final ResourceBundle texts;
    private final VBox strip;

    private JobStrip(VBox strip, ResourceBundle texts) {
        this.strip = strip;
        this.texts = texts;
    }

    static void show(ObservableList<Job> jobs, RunFollower run, VBox strip, ResourceBundle texts) {
        JobStrip rows = new JobStrip(strip, texts);
        strip.getChildren().addAll(rows.row(run), rows.elsewhere(run));
        jobs.addListener((ListChangeListener<Job>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(rows::showSoon);
            }
        });
    }

    private void showSoon(Job job) {
        PauseTransition pause = new PauseTransition(PATIENCE);
        pause.setOnFinished(event -> {
            if (job.runningProperty().get()) {
                Node row = row(job);
                job.runningProperty()
                        .addListener((property, old, now) -> strip.getChildren().remove(row));
                strip.getChildren().add(row);
            }
        });
        pause.play();
    }

    private Node row(Job job) {
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(job.progressProperty());
        Label stage = new Label();
        stage.textProperty().bind(job.stageProperty());
        Button end = button("job.cancel");
        end.setOnAction(event -> {
            job.cancel();
            end.setDisable(true);
        });
        return row(new Label(job.title()), bar, stage, end);
    }

    private Node row(RunFollower run) {
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(run.progressProperty());
        Label stage = new Label();
        stage.textProperty().bind(run.statusProperty());
        Button pause = button("job.pause");
        pause.setOnAction(event -> run.pause());
        pause.disableProperty().bind(run.pausingProperty());
        Parts.shownIf(pause, run.stateProperty().isEqualTo(RunState.TRAINING));
        Button goOn = button("job.continue");
        goOn.setOnAction(event -> run.goOn());
        Parts.shownIf(goOn, run.stateProperty().isEqualTo(RunState.PAUSED));
        Button stop = button("job.stop");
        stop.setOnAction(event -> run.stop());
        stop.disableProperty().bind(run.endingProperty());
        Node row = row(new Label(texts.getString("job.run")), bar, stage, pause, goOn, stop);
        BooleanBinding underWay =
                Bindings.createBooleanBinding(() -> run.stateProperty().get().isUnderWay(), run.stateProperty());
        Parts.shownIf(row, underWay);
        return row;
    }

    /** A run that goes on in another process. */
    private Node elsewhere(RunFollower run) {
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(run.progressProperty());
        Label stage = new Label();
        stage.textProperty().bind(run.statusProperty());
        Button stop = button("run.background.stop");
        stop.setId("stop-elsewhere");
        stop.setTooltip(new Tooltip(texts.getString("run.background.stop.tip")));
        stop.setOnAction(event -> run.stopElsewhere());
        Button pause = button("job.pause");
        pause.setId("pause-elsewhere");
        pause.setOnAction(event -> run.pauseElsewhere(true));
        Parts.shownIf(pause, run.pausedElsewhereProperty().not());
        Button goOn = button("job.continue");
        goOn.setId("continue-elsewhere");
        goOn.setOnAction(event -> run.pauseElsewhere(false));
        Parts.shownIf(goOn, run.pausedElsewhereProperty());
        Node row = row(new Label(texts.getString("job.run")), bar, stage, pause, goOn, stop);
        Parts.shownIf(row, run.stateProperty().isEqualTo(RunState.ELSEWHERE));
        return row;
    }

    private Button button(String key) {
        Button button = new Button(texts.getString(key));
        button.getStyleClass().add("small");
        button.setMinWidth(Button.USE_PREF_SIZE);
        return button;
    }

    private static Node row(Label title, ProgressBar bar, Label stage, Button... buttons) {
        title.setMinWidth(0);
        stage.getStyleClass().addAll("muted", "small");
        stage.setMinWidth(0);
        bar.setMaxWidth(Double.MAX_VALUE);
        VBox words = new VBox(4, title, bar, stage);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = new HBox(8, words);
        row.getChildren().addAll(buttons);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
