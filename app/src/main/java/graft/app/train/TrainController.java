package graft.app.train;

import graft.app.controls.CardRow;
import graft.app.controls.Choosers;
import graft.app.controls.Counts;
import graft.app.controls.Parts;
import graft.app.controls.TextScale;
import graft.judge.Showing.Sample;
import graft.network.Network;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Connects the Fine-tune screen. */
public final class TrainController {
    private static final Set<RunState> RESUMABLE = EnumSet.of(RunState.FAILED, RunState.INTERRUPTED, RunState.STOPPED);
    /** With less room the cards are a list, the matrix is narrower and the timeline is left to larger windows. */
    private static final double CARDS_NEED_WIDTH = 960;

    /** Cards are scrolled through; less than two of them are none to choose from. */
    private static final double CARDS_NEED_HEIGHT = 340;

    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);

    private final TrainViewModel model;
    private final ChosenNetwork network;
    private final Runnable retrain;
    private final AugmentationPreview preview;
    private final ObservableValue<Boolean> dark;
    private final RateSearch rates;
    private final DomainsLook domains;
    private final BooleanProperty advancedOpen = new SimpleBooleanProperty();
    private final BooleanProperty ratesOpen = new SimpleBooleanProperty();
    private final BooleanProperty domainsOpen = new SimpleBooleanProperty();

    @FXML
    private StackPane middleStack;

    @FXML
    private Button findRate;

    @FXML
    private Button findRateShort;

    @FXML
    private ResourceBundle resources;

    @FXML
    private VBox side;

    @FXML
    private VBox recipes;

    @FXML
    private ScrollPane cardsPane;

    @FXML
    private HBox choiceRow;

    @FXML
    private ComboBox<Recipe> recipeList;

    @FXML
    private ToggleButton advancedShort;

    @FXML
    private CardRow pictures;

    @FXML
    private VBox advancedCard;

    @FXML
    private FlowPane settings;

    @FXML
    private Label learns;

    @FXML
    private Label learnsShort;

    @FXML
    private Label next;

    @FXML
    private Label nextShort;

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
    private Button more;

    @FXML
    private Button wait;

    @FXML
    private StackPane startOrStop;

    @FXML
    private Label title;

    @FXML
    private Label source;

    @FXML
    private Label status;

    @FXML
    private Label nextRun;

    @FXML
    private Region gap;

    @FXML
    private Label hint;

    @FXML
    private Label problem;

    @FXML
    private ProgressBar progress;

    @FXML
    private MenuButton queued;

    @FXML
    private StackPane curves;

    @FXML
    private VBox confusionCard;

    @FXML
    private VBox timelineCard;

    @FXML
    private Label timelineSays;

    @FXML
    private Label timelineOf;

    @FXML
    private VBox trainScreen;

    @FXML
    private VBox header;

    /**
     * @param retrain trains a new head on what the examples have become
     * @param preview what the chosen augmentation makes of a picture
     */
    public TrainController(
            TrainViewModel model,
            RateSearch rates,
            DomainsLook domains,
            ChosenNetwork network,
            ObservableValue<Boolean> dark,
            Runnable retrain,
            AugmentationPreview preview) {
        this.model = model;
        this.rates = rates;
        this.domains = domains;
        this.preview = preview;
        this.retrain = retrain;
        this.network = network;
        this.dark = dark;
    }

    @FXML
    private void initialize() {
        RecipeCards cards = new RecipeCards(model);
        cards.showCards(recipes, cardsPane);
        cards.showList(recipeList);
        showAdvanced();
        showHeader();
        header.getChildren().add(1, new SinceBand(model.changedSinceProperty(), retrain));
        showQueue();
        showTimeline();
        curves.getStyleClass().add("curves-card");
        RunPictures.show(model, curves, confusionCard, trainScreen.visibleProperty(), dark);
        confusionCard.getChildren().add(DomainsCard.opener(domains, domainsOpen));
        trainScreen.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (UNDO.match(event) && model.undoMove()) {
                event.consume();
            }
        });
        trainScreen.widthProperty().addListener((property, old, now) -> arrange());
        trainScreen.heightProperty().addListener((property, old, now) -> arrange());
        source.fontProperty().addListener((property, old, now) -> arrange());
        model.run().curves().samples().addListener((ListChangeListener<Sample>) change -> arrange());
    }

    /** What has no room is folded, not cut. */
    private void arrange() {
        double width = trainScreen.getWidth();
        double height = trainScreen.getHeight();
        double scale = TextScale.of(source).get();
        boolean cards = width >= CARDS_NEED_WIDTH * scale && height >= CARDS_NEED_HEIGHT * scale;
        show(side, cards);
        show(choiceRow, !cards);
        // Two texts beside each other take more than a matrix.
        boolean texts = !model.run().curves().samples().isEmpty();
        double most = texts ? 720 : 420;
        confusionCard.setPrefWidth(Math.max(230 * scale, Math.min(most, width * (texts ? 0.38 : 0.26))));
        confusionCard.setMinWidth(confusionCard.getPrefWidth());
    }

    private static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    private void showAdvanced() {
        ToggleButton advanced = new ToggleButton(resources.getString("advanced"));
        advanced.setId("advanced");
        advanced.getStyleClass().add("flat");
        side.getChildren().add(advanced); // below the cards, however many there are
        advanced.selectedProperty().bindBidirectional(advancedOpen);
        advancedShort.selectedProperty().bindBidirectional(advancedOpen);
        Parts.shownIf(advancedCard, advancedOpen);
        settings.getChildren()
                .setAll(SettingsForm.of(
                        model.settings(),
                        resources,
                        Map.of(
                                PlanOptions.AUGMENT,
                                new AugmentationPane(preview, advancedCard),
                                TransferOptions.TARGET,
                                PlaceButton.folder(model.settings(), TransferOptions.TARGET, new Choosers()),
                                TransferOptions.TEACHER,
                                PlaceButton.network(model.settings(), TransferOptions.TEACHER, new Choosers()))));
        RateCard rateCard = new RateCard(rates, ratesOpen);
        middleStack.getChildren().add(rateCard);
        Parts.shownIf(rateCard, ratesOpen);
        DomainsCard domainsCard = new DomainsCard(domains, domainsOpen);
        middleStack.getChildren().add(domainsCard);
        Parts.shownIf(domainsCard, domainsOpen);
        oneAtATime(List.of(advancedOpen, ratesOpen, domainsOpen));
        pictures.visibleProperty()
                .bind(advancedOpen.or(ratesOpen).or(domainsOpen).not());
        findRate.disableProperty().bind(model.obstacleProperty().isNotEmpty().or(model.withoutRateProperty()));
        findRateShort.disableProperty().bind(findRate.disableProperty());
    }

    /** They stand in one place: what opens closes the others. */
    private static void oneAtATime(List<BooleanProperty> cards) {
        cards.forEach(card -> card.addListener((property, was, open) -> {
            if (open) {
                cards.stream().filter(other -> other != card).forEach(other -> other.set(false));
            }
        }));
    }

    private String learns(Network chosen) {
        return chosen == null
                ? ""
                : !model.recipeProperty().get().isKnown()
                        ? TrainViewModel.text("learns.later", Counts.rounded(chosen.parameters()))
                        : TrainViewModel.text(
                                "learns",
                                Counts.rounded(chosen.trainableParameters()),
                                Counts.rounded(chosen.parameters()));
    }

    private void showHeader() {
        RunFollower run = model.run();
        BooleanBinding underWay =
                Bindings.createBooleanBinding(() -> run.stateProperty().get().isUnderWay(), run.stateProperty());
        title.textProperty().bind(run.subjectProperty().map(RunSubject::title).orElse(resources.getString("title")));
        Tooltip settingsOfRun = new Tooltip();
        settingsOfRun
                .textProperty()
                .bind(run.subjectProperty().map(RunSubject::words).orElse(""));
        title.setTooltip(settingsOfRun);
        source.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> source(run), run.subjectProperty(), run.stateProperty(), model.currentProperty()));
        nextRun.textProperty().bind(model.next().wordsProperty());
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(nextRun.textProperty());
        nextRun.setTooltip(whole);
        model.next().isOtherThanShown().addListener((property, was, other) -> markOther(other));
        markOther(model.next().isOtherThanShown().getValue());
        Parts.shownIf(stop, underWay);
        Parts.shownIf(train, underWay.not());
        Parts.shownIf(wait, underWay.and(run.stateProperty().isNotEqualTo(RunState.STOPPING)));
        wait.disableProperty().bind(model.obstacleProperty().isNotEmpty());
        train.disableProperty().bind(model.obstacleProperty().isNotEmpty());
        stop.disableProperty().bind(run.endingProperty());
        pause.disableProperty().bind(run.pausingProperty());
        next.textProperty()
                .bind(Bindings.when(underWay)
                        .then(resources.getString("next"))
                        .otherwise(resources.getString("recipe")));
        nextShort.textProperty().bind(next.textProperty());
        hint.textProperty().bind(model.obstacleProperty());
        // What is awaited stands where the next run does.
        Parts.shownIf(
                hint,
                underWay.not()
                        .and(model.obstacleProperty().isNotEmpty())
                        .and(model.awaitedProperty().isEmpty()));
        Tooltip why = new Tooltip();
        why.textProperty().bind(model.obstacleProperty());
        // A disabled button shows no tooltip; its surroundings do.
        model.obstacleProperty().addListener((property, old, obstacle) -> tell(why, obstacle));
        tell(why, model.obstacleProperty().get());
        Parts.shownIf(pause, run.stateProperty().isEqualTo(RunState.TRAINING));
        Parts.shownIf(goOn, run.stateProperty().isEqualTo(RunState.PAUSED));
        Parts.shownIf(
                resume,
                Bindings.createBooleanBinding(
                        () -> RESUMABLE.contains(run.stateProperty().get()) && run.canResume(), run.stateProperty()));
        Parts.shownIf(more, model.risingProperty());
        // What came of a run stands where its progress was: nothing moves when it ends.
        status.textProperty().bind(run.statusProperty());
        progress.progressProperty().bind(run.progressProperty());
        Parts.shownIf(progress, underWay);
        Parts.shownIf(gap, underWay.not());
        problem.textProperty().bind(run.problemProperty());
        Parts.shownIf(problem, run.problemProperty().isNotEmpty());
        learns.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> learns(network.networkProperty().getValue()),
                        network.networkProperty(),
                        model.recipeProperty()));
        learnsShort.textProperty().bind(learns.textProperty());
    }

    private String source(RunFollower run) {
        RunSubject subject = run.subjectProperty().get();
        if (subject == null) {
            return "";
        }
        return model.currentProperty().get()
                ? subject.source()
                : TrainViewModel.text("subject.earlier", subject.source());
    }

    /** What is shown above and what Train would do are then two things. */
    private void markOther(boolean other) {
        nextRun.getStyleClass().removeAll("chip", "chip-warn", "muted");
        nextRun.getStyleClass().addAll(other ? List.of("chip", "chip-warn") : List.of("muted"));
    }

    private void showQueue() {
        model.queue().runs().addListener((ListChangeListener<RunQueue.Waiting>) change -> drawQueue());
        drawQueue();
    }

    /** In the header, where nothing moves when a run more waits. */
    private void drawQueue() {
        List<RunQueue.Waiting> waiting = model.queue().runs();
        queued.setText(TrainViewModel.text("queued", waiting.size()));
        queued.getItems().clear();
        for (RunQueue.Waiting run : waiting) {
            MenuItem away = new MenuItem(TrainViewModel.text("queue.cancel.run", run.title()));
            away.setOnAction(event -> model.queue().cancel(run));
            queued.getItems().add(away);
        }
        show(queued, !waiting.isEmpty());
    }

    private void showTimeline() {
        TimelineView view = new TimelineView(model::grasp, model::move);
        timelineOf.textProperty().bind(model.next().recipeProperty());
        timelineCard.getChildren().add(view);
        model.timelineProperty().addListener((property, old, now) -> showTimeline(view));
        model.recipeProperty().addListener((property, old, now) -> showTimeline(view));
        model.settings().rateByTestProperty().addListener((property, old, now) -> showTimeline(view));
        showTimeline(view);
    }

    private void showTimeline(TimelineView view) {
        Recipe recipe = model.recipeProperty().get();
        timelineSays.setVisible(recipe.isKnown() && !recipe.isAtOnce());
        view.show(
                model.timelineProperty().get(),
                recipe.isKnown() ? "" : TrainViewModel.text("timeline.later"),
                model.settings().rateByTestProperty().get() && !model.isTimelineOwn());
    }

    private void tell(Tooltip why, String obstacle) {
        if (obstacle.isEmpty()) {
            Tooltip.uninstall(startOrStop, why);
        } else {
            Tooltip.install(startOrStop, why);
        }
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
    private void more() {
        model.trainMore();
    }

    @FXML
    private void reset() {
        model.resetSettings();
    }

    @FXML
    private void findRate() {
        ratesOpen.set(true);
        rates.find();
    }

    @FXML
    private void closeAdvanced() {
        advancedOpen.set(false);
    }
}
