package graft.app.shell;

import graft.app.controls.FileDrop;
import graft.app.controls.Numbers;
import graft.app.controls.Parts;
import graft.app.controls.PictureGrid;
import graft.app.data.DataChoosing;
import graft.app.data.DataController;
import graft.app.data.PictureImages;
import graft.app.deploy.DeployController;
import graft.app.evaluate.EvaluateController;
import graft.app.jobs.Thumbnails;
import graft.app.memory.Memory;
import graft.app.memory.Setup;
import graft.app.network.NetworkCard;
import graft.app.network.NetworkController;
import graft.app.project.ProjectMenu;
import graft.app.runs.RunsController;
import graft.app.task.PictureLoaders;
import graft.app.task.TaskView;
import graft.app.task.TaskViews;
import graft.app.train.TrainController;
import graft.app.train.TrainViewModel;
import graft.project.RunEntry;
import graft.run.FineTuningResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.stage.Window;

/** Connects the window: the steps above, the project on the left, one screen at a time, what is under way below. */
final class WorkbenchController {
    private static final int LARGE = 400;
    private static final String WELCOME = "welcome";
    private static final String RUNS = "runs";

    private final Workbench workbench;
    private ScreenStack screens;
    private StepBar steps;
    private ProjectMenu projects;

    @FXML
    private ResourceBundle resources;

    @FXML
    private BorderPane root;

    @FXML
    private HBox stepBar;

    @FXML
    private VBox side;

    @FXML
    private StackPane screen;

    @FXML
    private VBox panel;

    @FXML
    private HBox statusBar;

    @FXML
    private HBox problemBand;

    @FXML
    private Label problem;

    @FXML
    private Button locate;

    @FXML
    private HBox goingOnBand;

    @FXML
    private Label goingOn;

    @FXML
    private VBox bands;

    WorkbenchController(Workbench workbench) {
        this.workbench = workbench;
    }

    @FXML
    private void initialize() {
        screens = new ScreenStack(screen);
        Rectangle seen = new Rectangle(); // whatever a screen draws, it covers nothing beside it
        seen.widthProperty().bind(screen.widthProperty());
        seen.heightProperty().bind(screen.heightProperty());
        screen.setClip(seen);
        projects = new ProjectMenu(workbench.projects(), workbench.choosers());
        addScreens();
        steps = new StepBar(stepBar, workbench.steps().steps(), resources, this::showWelcome, this::turnTo);
        new Side(side, projects, workbench, resources, this::open, this::showAllRuns, this::show, this::dropped);
        FileDrop.accept(screen, this::dropped); // where the screen itself takes nothing
        BottomPanel bottom = new BottomPanel(panel, workbench, resources, this::show);
        new StatusBar(statusBar, bottom, workbench, resources, this::openSettings, this::showKeys);
        bands.getChildren().add(new ElsewhereBand(workbench.elsewhere(), resources, this::show));
        Tightness.of(root, problem);
        problem.textProperty()
                .bind(Bindings.when(workbench.problemProperty().isNotEmpty())
                        .then(workbench.problemProperty())
                        .otherwise(workbench.projects().problemProperty()));
        problemBand.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problemBand.managedProperty().bind(problemBand.visibleProperty());
        Parts.shownIf(locate, workbench.reopening().goneProperty().isNotNull());
        goingOn.textProperty().bind(workbench.reopening().goingOnProperty());
        goingOnBand.visibleProperty().bind(goingOn.textProperty().isNotEmpty());
        goingOnBand.managedProperty().bind(goingOnBand.visibleProperty());
        root.sceneProperty().addListener((property, old, scene) -> {
            if (scene != null) {
                Keys.addTo(scene, this::turnTo, this::showWelcome, this::openSettings, bottom::toggle, this::showKeys);
                screens.passShortcuts(scene);
            }
        });
        showFirst(workbench.memory().now());
    }

    /** The first start begins on the welcome page, a later one where the user was. */
    private void showFirst(Memory memory) {
        boolean empty = memory.setups().isEmpty();
        Arrays.stream(Step.values())
                .filter(step -> !empty && step.layout().equals(memory.screen()))
                .findFirst()
                .ifPresentOrElse(this::show, this::showWelcome);
    }

    private void addScreens() {
        PictureLoaders pictures = new PictureLoaders(
                new Thumbnails<>(file -> PictureImages.small(file, PictureGrid.SIZE))::of,
                new Thumbnails<>(file -> PictureImages.small(file, LARGE))::of);
        BooleanProperty dark = workbench.darkProperty();
        TrainViewModel train = workbench.train();
        screens.add(
                WELCOME,
                () -> Screens.load(
                        WELCOME,
                        new WelcomeController(
                                TaskViews.own(),
                                workbench.memory(),
                                new OtherProjects(workbench.projects(), projects),
                                new WelcomeWays())));
        screens.add(RUNS, () -> Screens.load(RUNS, runs(pictures)));
        screens.add(
                Step.DATA.layout(),
                () -> Screens.load(
                        "data",
                        new DataController(
                                workbench.data(),
                                workbench.suspects(),
                                workbench.similar(),
                                workbench.choosers(),
                                pictures,
                                workbench::openSample,
                                this::dropped)));
        screens.add(
                Step.NETWORK.layout(),
                () -> NetworkController.load(
                        workbench.network(),
                        pictures,
                        owner -> workbench.choosers().file(owner, resources.getString("choose.network"), ".onnx"),
                        owner -> CatalogDialog.open(owner, workbench.catalog(), workbench.network()::open),
                        NetworkCard.once(TaskViews.own().stream()
                                .map(view -> new NetworkCard(
                                        view.text("network"), view.text("network.says"), view.network()))
                                .toList()),
                        this::dropped,
                        () -> show(Step.TRAIN)));
        screens.add(
                Step.TRAIN.layout(),
                () -> Screens.load(
                        "train",
                        new TrainController(
                                train,
                                workbench.rates(),
                                workbench.domains(),
                                workbench.network(),
                                dark,
                                workbench::retrainHead,
                                train.preview(workbench.jobs()))));
        screens.add(
                Step.EVALUATE.layout(),
                () -> Screens.load(
                        "evaluate",
                        new EvaluateController(
                                workbench.evaluate(),
                                workbench.useIt(),
                                workbench.data(),
                                workbench::retrainHead,
                                workbench.choosers(),
                                pictures)));
        screens.add(
                Step.DEPLOY.layout(),
                () -> Screens.load(
                        "deploy",
                        new DeployController(
                                workbench.deploy(),
                                workbench.choosers(),
                                train.run().resultProperty().map(FineTuningResult::parityMaxAbs))));
    }

    /** The page of all runs, which leads back to where the user was. */
    private RunsController runs(PictureLoaders pictures) {
        return new RunsController(
                workbench.runs(),
                workbench.choosers(),
                past -> {
                    workbench.reopening().show(past);
                    show(Step.TRAIN);
                },
                past -> {
                    // Among several the one that is shown may be: the others lie over it.
                    boolean alone = workbench.train().overlays().isEmpty();
                    boolean itself = !workbench.train().lay(past) && alone;
                    workbench.tell(itself ? resources.getString("run.itself") : "");
                    show(Step.TRAIN);
                },
                () -> showFirst(workbench.memory().now()),
                workbench.changedExamples(),
                pictures);
    }

    void showAllRuns() {
        steps.mark(null);
        screens.show(RUNS);
        workbench.elsewhere().shownProperty().set(null);
    }

    private final class WelcomeWays implements WelcomeController.Ways {
        @Override
        public void sample(TaskView view) {
            workbench.openSample(view);
            show(Step.TRAIN);
        }

        @Override
        public void own(TaskView view) {
            DataChoosing.of(view, workbench.choosers(), root.getScene().getWindow())
                    .ifPresent(chosen -> {
                        workbench.data().look(chosen);
                        show(Step.DATA);
                    });
        }

        @Override
        public void dropped(List<Path> files) {
            WorkbenchController.this.dropped(files);
        }

        @Override
        public void chooseNetwork() {
            show(Step.NETWORK);
        }

        @Override
        public void recent(Setup setup) {
            workbench.reopening().restore(setup);
            show(Step.TRAIN);
        }
    }

    /** Builds what is not shown yet, once the window can be seen. */
    void buildRest(Runnable whenAllAreThere) {
        screens.buildRest(root.getScene(), whenAllAreThere);
    }

    /** What was said before is no longer of what the user does now. */
    private void turnTo(Step step) {
        if (workbench.reopening().goneProperty().get() == null) { // that question stays until it is answered or closed
            closeProblem();
        }
        show(step);
    }

    @FXML
    private void closeProblem() {
        workbench.tell("");
        workbench.reopening().dismissGone();
        workbench.projects().dismissProblem();
    }

    /** Asks where what is gone lies now: a file for a file, a folder for a folder. */
    @FXML
    private void locate() {
        Reopening.Gone gone = workbench.reopening().goneProperty().get();
        String title = Numbers.message(
                resources.getString("run.gone.where"), gone.file().getFileName());
        Window owner = root.getScene().getWindow();
        Optional<Path> chosen = gone.isNetwork()
                ? workbench.choosers().file(owner, title, ".onnx")
                : gone.file().getFileName().toString().matches(".*[.][A-Za-z][A-Za-z0-9]{1,5}")
                        ? workbench.choosers().file(owner, title)
                        : workbench.choosers().folder(owner, title);
        chosen.ifPresent(workbench.reopening()::locate);
    }

    @FXML
    private void stopElsewhere() {
        workbench.train().run().stopElsewhere();
    }

    void show(Step step) {
        steps.mark(step);
        screens.show(step.layout());
        workbench.elsewhere().shownProperty().set(step);
        workbench.memory().change(memory -> memory.withScreen(step.layout()));
    }

    void showWelcome() {
        steps.mark(null);
        screens.show(WELCOME);
        workbench.elsewhere().shownProperty().set(null);
        workbench.memory().change(memory -> memory.withScreen(WELCOME));
    }

    /** Opens what the window was started with, beside what else was open last. */
    void start(List<Path> files) {
        switch (DroppedFiles.of(files).kind()) {
            case NETWORK -> workbench.reopening().restoreLast(Setup::withoutNetwork);
            case DATA -> workbench.reopening().restoreLast(Setup::withoutData);
            case RUN, PROJECT -> {} // they bring their own
        }
        dropped(files);
    }

    /** A file says itself which step it belongs to, wherever it is dropped. */
    void dropped(List<Path> files) {
        DroppedFiles dropped = DroppedFiles.of(files);
        switch (dropped.kind()) {
            case NETWORK -> {
                workbench.network().open(dropped.files().get(0));
                show(Step.NETWORK);
            }
            case RUN -> {
                workbench.reopening().openRun(dropped.files().get(0));
                show(Step.TRAIN);
            }
            case PROJECT -> workbench.projects().open(dropped.files().get(0));
            case DATA -> {
                workbench.data().drop(dropped.files());
                show(Step.DATA);
            }
        }
    }

    private void open(RunEntry run) {
        workbench.reopening().open(run);
        show(Step.TRAIN);
    }

    private void openSettings() {
        SettingsDialog.open(root.getScene().getWindow(), workbench);
    }

    private void showKeys() {
        KeySheet.open(root.getScene().getWindow());
    }
}
