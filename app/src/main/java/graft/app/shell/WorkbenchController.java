package graft.app.shell;

import graft.app.controls.FileDrop;
import graft.app.controls.PictureGrid;
import graft.app.data.DataController;
import graft.app.data.PictureImages;
import graft.app.deploy.DeployController;
import graft.app.evaluate.EvaluateController;
import graft.app.jobs.Thumbnails;
import graft.app.look.Theme;
import graft.app.network.NetworkCard;
import graft.app.network.NetworkController;
import graft.app.runs.RunCell;
import graft.app.runs.RunsController;
import graft.app.task.PictureLoaders;
import graft.app.task.TaskViews;
import graft.app.train.RunState;
import graft.app.train.TrainController;
import graft.app.train.TrainViewModel;
import graft.project.RunEntry;
import graft.run.FineTuningResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.event.EventHandler;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** Connects the window: five steps, one screen at a time, jobs under way below. */
final class WorkbenchController {
    /** The steps, in order; their names are those of the layouts. */
    enum Step {
        DATA,
        NETWORK,
        TRAIN,
        EVALUATE,
        DEPLOY;

        String layout() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Workbench workbench;
    private final Map<Step, ToggleButton> buttons = new LinkedHashMap<>();
    private final Map<Step, Node> screens = new LinkedHashMap<>();
    private final Map<Step, Supplier<Parent>> waiting = new LinkedHashMap<>();
    private final ToggleGroup steps = new ToggleGroup();
    private static final ObservableBooleanValue NEVER = new SimpleBooleanProperty();
    private static final int LARGE = 400;
    private static final Duration TURN = Duration.millis(20);

    @FXML
    private ResourceBundle resources;

    @FXML
    private BorderPane root;

    @FXML
    private HBox stepBar;

    @FXML
    private StackPane screen;

    @FXML
    private ListView<RunEntry> runs;

    @FXML
    private VBox jobs;

    @FXML
    private Label problem;

    private Parent allRuns;

    WorkbenchController(Workbench workbench) {
        this.workbench = workbench;
    }

    @FXML
    private void initialize() {
        PictureLoaders pictures = new PictureLoaders(
                new Thumbnails<>(file -> PictureImages.small(file, PictureGrid.SIZE))::of,
                new Thumbnails<>(file -> PictureImages.small(file, LARGE))::of);
        BooleanProperty dark = workbench.darkProperty();
        TrainViewModel train = workbench.train();
        add(
                Step.DATA,
                workbench.data().headlineProperty(),
                NEVER,
                () -> Screens.load(
                        "data",
                        new DataController(
                                workbench.data(),
                                workbench.choosers(),
                                pictures,
                                workbench::openSample,
                                this::dropped)));
        add(
                Step.NETWORK,
                workbench.network().headlineProperty(),
                NEVER,
                () -> NetworkController.load(
                        workbench.network(),
                        owner -> workbench.choosers().file(owner, resources.getString("choose.network"), ".onnx"),
                        TaskViews.all().stream()
                                .map(view -> new NetworkCard(
                                        view.text("network"), view.text("network.says"), view.network()))
                                .toList(),
                        this::dropped,
                        () -> show(Step.TRAIN)));
        add(
                Step.TRAIN,
                train.headlineProperty(),
                Bindings.not(train.currentProperty()),
                () -> Screens.load("train", new TrainController(train, workbench.network(), dark)));
        add(
                Step.EVALUATE,
                workbench.evaluate().headlineProperty(),
                workbench.evaluate().staleProperty(),
                () -> Screens.load(
                        "evaluate",
                        new EvaluateController(
                                workbench.evaluate(),
                                workbench.useIt(),
                                workbench.data(),
                                workbench::retrainHead,
                                workbench.choosers(),
                                pictures)));
        add(
                Step.DEPLOY,
                workbench.deploy().headlineProperty(),
                workbench.deploy().staleProperty(),
                () -> Screens.load(
                        "deploy",
                        new DeployController(
                                workbench.deploy(),
                                workbench.choosers(),
                                train.run().resultProperty().map(FineTuningResult::parityMaxAbs))));
        steps.selectedToggleProperty().addListener((property, old, chosen) -> {
            if (chosen == null) {
                old.setSelected(true); // one step is always shown
            } else {
                build((Step) chosen.getUserData());
                leaveRuns();
                screens.forEach((step, node) -> node.setVisible(step == chosen.getUserData()));
            }
        });
        FileDrop.accept(screen, this::dropped); // where the screen itself takes nothing
        show(Step.DATA);
        JobStrip.show(workbench.jobs().jobs(), jobs, resources.getString("job.cancel"));
        showRuns();
        problem.textProperty().bind(workbench.problemProperty());
        root.sceneProperty().addListener((property, old, scene) -> {
            if (scene != null) {
                addKeys();
            }
        });
    }

    /** @param stale whether the headline is of something that is no longer open */
    private void add(Step step, StringExpression headline, ObservableBooleanValue stale, Supplier<Parent> layout) {
        Label title = new Label((step.ordinal() + 1) + "  " + resources.getString("step." + step.layout()));
        title.getStyleClass().add("step-title");
        Label says = new Label();
        says.textProperty().bind(headline);
        says.getStyleClass().addAll("text-small", "step-headline");
        stale.addListener((property, old, now) -> {
            says.getStyleClass().remove("stale");
            if (now) {
                says.getStyleClass().add("stale");
            }
        });
        ToggleButton button = new ToggleButton();
        button.setGraphic(new VBox(title, says));
        button.setId("step-" + step.layout());
        button.setToggleGroup(steps);
        button.setUserData(step);
        button.setMaxWidth(Double.MAX_VALUE);
        button.getStyleClass().add("step");
        button.accessibleTextProperty().bind(Bindings.concat(title.getText(), ". ", headline));
        Tooltip whole = new Tooltip();
        whole.textProperty()
                .bind(Bindings.concat(headline, "  ", resources.getString("step.keys"), step.ordinal() + 1));
        button.setTooltip(whole);
        HBox.setHgrow(button, javafx.scene.layout.Priority.ALWAYS);
        buttons.put(step, button);
        stepBar.getChildren().add(button);
        waiting.put(step, layout);
    }

    private void build(Step step) {
        Supplier<Parent> layout = waiting.remove(step);
        if (layout == null) {
            return;
        }
        Parent node = layout.get();
        node.setVisible(false);
        if (node instanceof Region region) {
            region.setMinSize(0, 0); // a screen shrinks with the window instead of pushing the status bar out of it
        }
        screens.put(step, node);
        screen.getChildren().add(node);
    }

    /**
     * Builds the screens that are not shown yet, one after the other, once the window can be seen. Screens hear only of what
     * changes once they are there, so whatever the user does first waits until all are.
     */
    void buildRest(Runnable whenAllAreThere) {
        EventHandler<InputEvent> first = event -> List.copyOf(waiting.keySet()).forEach(this::build);
        root.getScene().addEventFilter(InputEvent.ANY, first);
        Timeline turns = new Timeline();
        turns.getKeyFrames().add(new KeyFrame(TURN, event -> {
            if (waiting.isEmpty()) {
                turns.stop();
                root.getScene().removeEventFilter(InputEvent.ANY, first);
                whenAllAreThere.run();
            } else {
                build(waiting.keySet().iterator().next());
            }
        }));
        turns.setCycleCount(Animation.INDEFINITE);
        turns.play();
    }

    void show(Step step) {
        leaveRuns();
        buttons.get(step).setSelected(true);
    }

    /** A file says itself which step it belongs to, wherever it is dropped. */
    private void dropped(List<Path> files) {
        Optional<Path> run = files.stream()
                .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".graft"))
                .findFirst();
        if (run.isPresent()) {
            workbench.openRun(run.get());
            show(Step.TRAIN);
            return;
        }
        Optional<Path> network = files.stream()
                .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx"))
                .findFirst();
        if (network.isPresent()) {
            workbench.network().open(network.get());
            show(Step.NETWORK);
        } else {
            workbench.data().drop(files);
            show(Step.DATA);
        }
    }

    private void addKeys() {
        Step[] all = Step.values();
        for (int i = 0; i < all.length; i++) {
            Step step = all[i];
            KeyCode digit = KeyCode.getKeyCode(Integer.toString(i + 1));
            root.getScene()
                    .getAccelerators()
                    .put(new KeyCodeCombination(digit, KeyCombination.SHORTCUT_DOWN), () -> show(step));
        }
    }

    private void showRuns() {
        runs.setItems(workbench.runs().runs());
        runs.setPlaceholder(new Label(resources.getString("runs.none")));
        runs.setCellFactory(list -> new RunCell());
        runs.setOnMouseClicked(event -> openRun());
        runs.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                openRun();
            }
        });
        workbench.runs().refresh(workbench::tell);
        workbench.train().run().stateProperty().addListener((property, old, state) -> {
            if (state == RunState.TRAINING && old == RunState.PREPARING
                    || state == RunState.FINISHED
                    || state == RunState.STOPPED
                    || state == RunState.INTERRUPTED
                    || state == RunState.FAILED) {
                workbench.runs().refresh(workbench::tell);
            }
        });
    }

    private void openRun() {
        RunEntry chosen = runs.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            workbench.runs().open(chosen, workbench::show, workbench::tell);
            show(Step.TRAIN);
        }
    }

    /** The page of all runs lies over the screen of the step, until it is left. */
    @FXML
    private void showAllRuns() {
        if (allRuns == null) {
            allRuns = Screens.load(
                    "runs",
                    new RunsController(
                            workbench.runs(),
                            workbench.choosers(),
                            past -> {
                                workbench.show(past);
                                show(Step.TRAIN);
                            },
                            past -> {
                                workbench.train().overlays().add(past);
                                show(Step.TRAIN);
                            },
                            this::leaveRuns));
            screen.getChildren().add(allRuns);
        }
        allRuns.toFront();
        allRuns.setVisible(true);
    }

    private void leaveRuns() {
        if (allRuns != null) {
            allRuns.setVisible(false);
        }
    }

    @FXML
    private void toggleTheme() {
        boolean dark = !workbench.darkProperty().get();
        workbench.darkProperty().set(dark);
        (dark ? Theme.DARK : Theme.LIGHT).wear();
    }
}
