package graft.app.train;

import graft.app.controls.Counts;
import graft.network.Network;
import java.util.EnumSet;
import java.util.ResourceBundle;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/** Connects the Fine-tune screen. */
public final class TrainController {
    private static final double CARD_TEXT_WIDTH = 236;
    private static final Set<RunState> RESUMABLE = EnumSet.of(RunState.FAILED, RunState.INTERRUPTED, RunState.STOPPED);

    private final TrainViewModel model;
    private final ChosenNetwork network;
    private final ObservableValue<Boolean> dark;

    @FXML
    private ResourceBundle resources;

    @FXML
    private VBox recipes;

    @FXML
    private VBox settings;

    @FXML
    private Label learns;

    @FXML
    private Button train;

    @FXML
    private Button stop;

    @FXML
    private Button pause;

    @FXML
    private Button goOn;

    @FXML
    private Button resume;

    @FXML
    private StackPane startOrStop;

    @FXML
    private Label status;

    @FXML
    private Label subject;

    @FXML
    private Label hint;

    @FXML
    private Label next;

    @FXML
    private Label problem;

    @FXML
    private ProgressBar progress;

    @FXML
    private StackPane curves;

    @FXML
    private StackPane confusion;

    @FXML
    private Node logPane;

    @FXML
    private ListView<String> log;

    @FXML
    private BorderPane trainScreen;

    public TrainController(TrainViewModel model, ChosenNetwork network, ObservableValue<Boolean> dark) {
        this.model = model;
        this.network = network;
        this.dark = dark;
    }

    @FXML
    private void initialize() {
        showRecipes();
        settings.getChildren().setAll(SettingsForm.of(model.settings(), resources));
        showRun();
        RunPictures.show(model.run(), curves, confusion, trainScreen.visibleProperty(), dark);
        learns.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> learns(network.networkProperty().getValue()), network.networkProperty()));
    }

    private static String learns(Network chosen) {
        return chosen == null
                ? ""
                : TrainViewModel.text(
                        "learns", Counts.exact(chosen.trainableParameters()), Counts.exact(chosen.parameters()));
    }

    private void showRecipes() {
        ToggleGroup group = new ToggleGroup();
        for (Recipe recipe : Recipe.values()) {
            Label name = new Label(resources.getString("recipe." + recipe));
            name.getStyleClass().add("recipe-name");
            // A wrapped label in a button asks for the height of one word a line.
            Text says = new Text(resources.getString("recipe." + recipe + ".says"));
            says.setWrappingWidth(CARD_TEXT_WIDTH);
            says.getStyleClass().add("recipe-says");
            ToggleButton card = new ToggleButton();
            card.setGraphic(new VBox(2, name, says));
            card.setMaxWidth(Double.MAX_VALUE);
            card.getStyleClass().add("recipe-card");
            card.setId("recipe-" + recipe);
            card.setAccessibleText(name.getText() + ". " + says.getText());
            card.setToggleGroup(group);
            card.setUserData(recipe);
            card.setSelected(recipe == model.recipeProperty().get());
            card.setOnAction(event -> {
                card.setSelected(true); // a card that is pressed again stays chosen
                model.choose(recipe);
            });
            recipes.getChildren().add(card);
        }
        model.recipeProperty().addListener((property, old, recipe) -> {
            for (Toggle card : group.getToggles()) {
                card.setSelected(card.getUserData() == recipe);
            }
        });
    }

    private void showRun() {
        RunFollower run = model.run();
        BooleanBinding underWay =
                Bindings.createBooleanBinding(() -> run.stateProperty().get().isUnderWay(), run.stateProperty());
        shownIf(stop, underWay);
        shownIf(train, underWay.not());
        train.disableProperty().bind(model.obstacleProperty().isNotEmpty());
        stop.disableProperty().bind(run.stateProperty().isEqualTo(RunState.STOPPING));
        pause.disableProperty().bind(run.pausingProperty());
        subject.textProperty().bind(run.subjectProperty().map(RunSubject::words).orElse(""));
        shownIf(subject, subject.textProperty().isNotEmpty());
        shownIf(next, underWay);
        hint.textProperty().bind(model.obstacleProperty());
        // Before the first run the status line says it.
        shownIf(
                hint,
                underWay.not()
                        .and(model.obstacleProperty().isNotEmpty())
                        .and(run.statusProperty().isNotEmpty()));
        Tooltip why = new Tooltip();
        why.textProperty().bind(model.obstacleProperty());
        // A disabled button shows no tooltip; its surroundings do.
        model.obstacleProperty().addListener((property, old, obstacle) -> tell(why, obstacle));
        tell(why, model.obstacleProperty().get());
        shownIf(pause, run.stateProperty().isEqualTo(RunState.TRAINING));
        shownIf(goOn, run.stateProperty().isEqualTo(RunState.PAUSED));
        shownIf(
                resume,
                Bindings.createBooleanBinding(
                        () -> RESUMABLE.contains(run.stateProperty().get()) && run.canResume(), run.stateProperty()));
        status.textProperty()
                .bind(Bindings.when(run.statusProperty().isEmpty())
                        .then(model.obstacleProperty())
                        .otherwise(run.statusProperty()));
        progress.progressProperty().bind(run.progressProperty());
        shownIf(progress, underWay);
        problem.textProperty().bind(run.problemProperty());
        shownIf(problem, run.problemProperty().isNotEmpty());
        log.setItems(run.log());
        log.setCellFactory(list -> new LogCell());
        log.setPlaceholder(new Label());
        shownIf(logPane, Bindings.isNotEmpty(run.log()));
    }

    /** A line of the log, as many rows high as it needs. */
    private static final class LogCell extends ListCell<String> {
        private LogCell() {
            setWrapText(true);
            setPrefWidth(0); // the width of the list, not of the line
        }

        @Override
        protected void updateItem(String line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty ? null : line);
        }
    }

    private void tell(Tooltip why, String obstacle) {
        if (obstacle.isEmpty()) {
            Tooltip.uninstall(startOrStop, why);
        } else {
            Tooltip.install(startOrStop, why);
        }
    }

    private static void shownIf(Node node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }

    @FXML
    private void train() {
        model.start();
    }

    @FXML
    private void stop() {
        model.run().stop();
    }

    @FXML
    private void pause() {
        model.run().pause();
    }

    @FXML
    private void goOn() {
        model.run().goOn();
    }

    @FXML
    private void resume() {
        model.run().resume();
    }

    @FXML
    private void reset() {
        model.resetSettings();
    }
}
