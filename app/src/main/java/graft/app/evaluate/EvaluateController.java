package graft.app.evaluate;

import graft.app.controls.Choosers;
import graft.app.controls.ConfusionMatrixView;
import graft.app.controls.FileDrop;
import graft.app.controls.Numbers;
import graft.app.controls.TextScale;
import graft.app.evaluate.Judgement.Example;
import graft.app.task.ChosenCount;
import graft.app.task.Correcting;
import graft.app.task.CorrectionMenu;
import graft.app.task.ExampleSet;
import graft.app.task.Gallery;
import graft.app.task.PictureLoaders;
import graft.app.task.Shown;
import graft.app.task.TaskView;
import graft.app.task.TaskViews;
import graft.evaluate.ClassScore;
import graft.meaning.ClassOrder.Order;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringExpression;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** Connects the Evaluate screen. */
public final class EvaluateController {
    private static final double ROOM_FOR_F1 = 345;
    private static final double INSETS = 36;

    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);

    private static final KeyCombination REDO =
            new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    private final EvaluateViewModel model;
    private final UseItViewModel useIt;
    private final Correcting data;
    private final Runnable retrain;
    private final Choosers choosers;
    private final PictureLoaders loaders;
    private final ConfusionMatrixView matrix = new ConfusionMatrixView();
    private final Map<TaskView, Gallery> galleries = new HashMap<>();
    private ExampleCard card;
    private final Map<Shown, Example> shown = new HashMap<>();

    @FXML
    private ResourceBundle resources;

    @FXML
    private VBox evaluateScreen;

    @FXML
    private Label summary;

    @FXML
    private HBox pages;

    @FXML
    private StackPane place;

    @FXML
    private Node results;

    @FXML
    private Node emptyState;

    @FXML
    private Label emptySays;

    @FXML
    private HBox headlineCard;

    @FXML
    private Label staleNote;

    @FXML
    private Label remarks;

    @FXML
    private Label problem;

    @FXML
    private Node foreign;

    /** Null = as the file says. */
    @FXML
    private ComboBox<Order> order;

    @FXML
    private Label namesFile;

    @FXML
    private Button judge;

    @FXML
    private StackPane matrixPane;

    @FXML
    private TableView<ClassScore> classes;

    @FXML
    private TableColumn<ClassScore, String> name;

    @FXML
    private TableColumn<ClassScore, Double> precision;

    @FXML
    private TableColumn<ClassScore, Double> recall;

    @FXML
    private TableColumn<ClassScore, Double> f1;

    @FXML
    private TableColumn<ClassScore, Integer> support;

    @FXML
    private Button worst;

    @FXML
    private Label picturesTitle;

    @FXML
    private Label picturesChosen;

    @FXML
    private StackPane picturesPane;

    @FXML
    private VBox tryZone;

    @FXML
    private HBox typing;

    @FXML
    private TextField sentence;

    @FXML
    private StackPane portraitPane;

    @FXML
    private Label verdict;

    @FXML
    private GridPane bars;

    @FXML
    private Label whySays;

    @FXML
    private ScrollPane whyScroll;

    @FXML
    private HBox actions;

    /** Not all can drop a file. */
    @FXML
    private Button chooseExample;

    @FXML
    private HBox staleBand;

    @FXML
    private Button retrainButton;

    /**
     * @param data the open data, where what is wrong can be put right
     * @param retrain trains a new head on what the data have become
     */
    public EvaluateController(
            EvaluateViewModel model,
            UseItViewModel useIt,
            Correcting data,
            Runnable retrain,
            Choosers choosers,
            PictureLoaders loaders) {
        this.model = model;
        this.useIt = useIt;
        this.data = data;
        this.retrain = retrain;
        this.choosers = choosers;
        this.loaders = loaders;
    }

    @FXML
    private void initialize() {
        TextScale.columns(classes, summary);
        // It follows from the two before it; where there is little room, these are enough.
        // Not while the table is laid out: cells that come then stay without their styles.
        PauseTransition afterwards = new PauseTransition(Duration.ONE);
        afterwards.setOnFinished(event -> f1.setVisible(
                classes.getWidth() > ROOM_FOR_F1 * TextScale.of(summary).get()));
        classes.widthProperty().addListener((property, old, width) -> afterwards.playFromStart());
        // Where sentence and buttons do not fit beside each other, the buttons go below.
        verdict.maxWidthProperty().bind(tryZone.widthProperty().subtract(INSETS));
        actions.managedProperty().bind(Bindings.isNotEmpty(actions.getChildren()));
        WhyView why = new WhyView(model.why(), resources, portraitPane);
        why.tellIn(whySays, whyScroll, bars);
        card = new ExampleCard(model, data, loaders, resources, why, verdict, bars, actions);
        matrix.setId("judged-matrix");
        matrixPane.getChildren().add(matrix);
        matrix.setOnCell((row, column) -> {
            Judgement now = model.judgementProperty().get();
            List<String> names = now.evaluation().classes();
            List<Example> cell = now.cell(row, column);
            String key = row.equals(column) ? "cell.right" : "cell.wrong";
            show(now.view(), cell, text(key, names.get(row), names.get(column), cell.size()));
        });
        FileDrop.accept(tryZone, files -> model.tryOut(files));
        sentence.setOnAction(event -> ask());
        model.viewProperty().addListener((property, old, view) -> showTrying(view));
        showTrying(model.viewProperty().getValue());
        ScoreColumns.of(name, ClassScore::name);
        ScoreColumns.of(support, ClassScore::support);
        ScoreColumns.ofShare(precision, ClassScore::precision);
        ScoreColumns.ofShare(recall, ClassScore::recall);
        ScoreColumns.ofShare(f1, ClassScore::f1);
        classes.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> {
            if (chosen != null) {
                Judgement now = model.judgementProperty().get();
                List<Example> wrong = now.wrong(now.evaluation().classes().indexOf(chosen.name()));
                show(now.view(), wrong, text("class.wrong", chosen.name(), wrong.size()));
            }
        });
        summary.textProperty().bind(model.subjectProperty());
        staleNote.textProperty().bind(model.staleNoteProperty());
        // They share a place: nothing moves under the mouse when one takes that of the other.
        staleBand.visibleProperty().bind(staleNote.textProperty().isNotEmpty());
        summary.visibleProperty().bind(staleBand.visibleProperty().not());
        retrainButton.visibleProperty().bind(staleBand.visibleProperty().and(model.editedProperty()));
        evaluateScreen.setOnKeyPressed(event -> {
            if (UNDO.match(event)) {
                data.undo();
                event.consume();
            } else if (REDO.match(event)) {
                data.redo();
                event.consume();
            }
        });
        data.examplesProperty().addListener((property, old, now) -> {
            note();
            card.again();
        });
        showPages();
        shown(remarks, model.remarksProperty());
        shown(problem, model.problemProperty());
        emptySays.textProperty().bind(model.summaryProperty());
        worst.visibleProperty().bind(Bindings.isNotNull(model.judgementProperty()));
        ForeignClasses.show(model, resources, foreign, order, namesFile);
        judge.disableProperty().bind(model.obstacleProperty().isNotEmpty());
        model.judgementProperty().addListener((property, old, now) -> show(now));
        model.triedProperty().addListener((property, old, now) -> card.show(now));
        model.staleProperty().addListener((property, old, now) -> grey(now));
        show(model.judgementProperty().get());
        grey(model.staleProperty().get());
    }

    /** What there is nothing to say of takes no room. */
    private static void shown(Label label, StringExpression words) {
        label.textProperty().bind(words);
        label.visibleProperty().bind(words.isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    private void showPages() {
        BooleanBinding classes = Bindings.createBooleanBinding(
                () -> model.viewProperty().getValue().answers() == TaskView.Answers.CLASSES, model.viewProperty());
        AddClassCard adding = new AddClassCard(model.addingClass(), choosers, resources, model::open);
        adding.visibleProperty().bind(classes);
        adding.managedProperty().bind(classes);
        UseItPane use = new UseItPane(
                useIt,
                choosers,
                resources,
                Bindings.when(classes)
                        .then(resources.getString("use.says"))
                        .otherwise(resources.getString("use.says.places")),
                new VBox(new LiveSentence(model, resources), new LiveQuestion(model, resources)),
                adding);
        place.getChildren().remove(results);
        TagsPane tags = new TagsPane(model, resources);
        AnswersPane answers = new AnswersPane(model, resources);
        LanguagePane language = new LanguagePane(model, resources);
        StackPane overview = new StackPane(results, tags, answers, language);
        results.visibleProperty().bind(Bindings.isNotNull(model.judgementProperty()));
        tags.visibleProperty().bind(Bindings.isNotNull(model.tagsProperty()));
        answers.visibleProperty().bind(Bindings.isNotNull(model.answersProperty()));
        model.staleProperty().addListener((property, old, now) -> grey(tags, now));
        language.visibleProperty().bind(Bindings.isNotNull(model.textsProperty()));
        model.staleProperty().addListener((property, old, now) -> grey(answers, now));
        model.staleProperty().addListener((property, old, now) -> grey(language, now));
        ConfidencePane confidence = new ConfidencePane(resources);
        model.judgementProperty().addListener((property, old, now) -> confidence.show(now));
        confidence.show(model.judgementProperty().get());
        model.staleProperty().addListener((property, old, now) -> grey(confidence, now));
        grey(confidence, model.staleProperty().get());
        CalibrationPane calibration = new CalibrationPane(model.calibration(), choosers, resources);
        place.getChildren().addAll(overview, confidence, calibration, use);
        BooleanBinding judged = Bindings.isNotNull(model.judgementProperty());
        EvaluatePages all = new EvaluatePages(pages, resources, emptyState);
        all.add("overview", overview, model.isJudged());
        all.add("confidence", confidence, judged, classes);
        all.add("calibration", calibration, model.obstacleProperty().isEmpty(), classes);
        BooleanBinding known = Bindings.createBooleanBinding(
                () -> model.viewProperty().getValue().answers().areKnown(), model.viewProperty());
        all.add("use", use, new SimpleBooleanProperty(true), known);
        all.showFirst();
    }

    private void show(Judgement now) {
        card.show(null);
        HeadlineCard.show(headlineCard, now);
        if (now == null) {
            matrix.show(List.of(), new int[0][0]);
            classes.getItems().clear();
            show(TaskViews.usual(), List.of(), "");
            return;
        }
        matrix.show(now.evaluation().classes(), now.evaluation().confusion());
        classes.getItems().setAll(now.evaluation().perClass());
        List<Example> worst = now.worst();
        show(now.view(), worst, text("worst", worst.size()));
    }

    private void show(TaskView view, List<Example> examples, String title) {
        shown.clear();
        examples.forEach(example -> shown.put(example.shown(), example));
        picturesTitle.setText(title);
        Gallery gallery = galleries.computeIfAbsent(view, this::gallery);
        picturesPane.getChildren().setAll(gallery.node());
        gallery.show(examples.stream().map(Example::shown).toList());
        note();
    }

    private Gallery gallery(TaskView view) {
        Gallery gallery = view.gallery().apply(loaders);
        gallery.node().setId("judged-examples");
        gallery.setOnOpen(example -> card.show(shown.get(example)));
        gallery.setActions(
                examples ->
                        model.isOf(data.examplesProperty().getValue()) ? CorrectionMenu.of(data, examples) : List.of(),
                examples -> {
                    if (model.isOf(data.examplesProperty().getValue())) {
                        data.leaveOut(examples);
                    }
                });
        ChosenCount.show(gallery, picturesChosen);
        return gallery;
    }

    /** What was corrected since it was judged is marked where it is listed. */
    private void note() {
        ExampleSet open = data.examplesProperty().getValue();
        Map<String, String> now = open != null && model.isOf(open) && open.isCorrectable() ? open.classOf() : null;
        Map<Shown, Example> listed = Map.copyOf(shown);
        galleries
                .values()
                .forEach(gallery -> gallery.setNotes(each -> now == null || !listed.containsKey(each)
                        ? ""
                        : ExampleCard.since(
                                now.get(each.key()), listed.get(each).truth(), resources)));
    }

    private void showTrying(TaskView view) {
        typing.setVisible(view.typed());
        typing.setManaged(view.typed());
        chooseExample.setVisible(!view.typed());
        chooseExample.setManaged(!view.typed());
        card.show(null);
    }

    @FXML
    private void chooseExample() {
        choosers.file(evaluateScreen.getScene().getWindow(), resources.getString("try.choose"))
                .ifPresent(file -> model.tryOut(List.of(file)));
    }

    @FXML
    private void ask() {
        model.tryOut(sentence.getText());
    }

    /** What is not of the network and the data that are open can be looked at, but not be taken for it. */
    private void grey(boolean stale) {
        for (Node node : new Node[] {matrixPane, classes, picturesPane, picturesTitle, headlineCard}) {
            grey(node, stale);
        }
    }

    private static void grey(Node node, boolean stale) {
        node.getStyleClass().remove("stale");
        if (stale) {
            node.getStyleClass().add("stale");
        }
    }

    private String text(String key, Object... values) {
        return Numbers.message(resources.getString(key), values);
    }

    @FXML
    private void openNetwork() {
        choosers.file(evaluateScreen.getScene().getWindow(), resources.getString("open"), ".onnx")
                .ifPresent(file -> {
                    model.open(file);
                    model.judge();
                });
    }

    @FXML
    private void chooseNames() {
        choosers.file(evaluateScreen.getScene().getWindow(), resources.getString("names"), ".txt")
                .ifPresent(file -> model.readClasses(Optional.empty(), Optional.of(file)));
    }

    @FXML
    private void judge() {
        model.judge();
    }

    @FXML
    private void retrain() {
        retrain.run();
    }

    @FXML
    private void worst() {
        if (model.judgementProperty().get() != null) {
            Judgement now = model.judgementProperty().get();
            List<Example> worst = now.worst();
            show(now.view(), worst, text("worst", worst.size()));
        }
    }
}
