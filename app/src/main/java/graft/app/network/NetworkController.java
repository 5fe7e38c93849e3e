package graft.app.network;

import graft.app.network.GraphViewModel.State;
import graft.network.Layer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.fxml.FXML;
import javafx.fxml.FXMLLoader;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/** Connects the Network screen. */
public final class NetworkController {
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REDO =
            new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination OPEN = new KeyCodeCombination(KeyCode.O, KeyCombination.SHORTCUT_DOWN);

    private final NetworkViewModel networks;
    private final GraphViewModel drawings;
    private final NetworkChooser chooser;
    private final List<NetworkCard> cards;
    private final Consumer<List<Path>> others;
    private LayerSearch layerSearch;

    @FXML
    private Pane networkScreen;

    @FXML
    private MenuButton networksMenu;

    @FXML
    private ToggleGroup levels;

    @FXML
    private ToggleButton architectureLevel;

    @FXML
    private ToggleButton layersLevel;

    @FXML
    private ToggleButton operatorsLevel;

    @FXML
    private TextField search;

    @FXML
    private Label searchHits;

    @FXML
    private Button undo;

    @FXML
    private Button redo;

    @FXML
    private Label counts;

    @FXML
    private Node graphTools;

    @FXML
    private Node problemBar;

    @FXML
    private Label problem;

    @FXML
    private Node reportPanel;

    @FXML
    private VBox reportLines;

    @FXML
    private Button convert;

    @FXML
    private Node startPane;

    @FXML
    private Pane cardsPane;

    @FXML
    private GraphPane graph;

    @FXML
    private Node working;

    @FXML
    private Node awaitedPane;

    @FXML
    private Label awaited;

    @FXML
    private Node statusRow;

    @FXML
    private Label frontier;

    @FXML
    private Label placementNote;

    @FXML
    private Node dropHint;

    @FXML
    private Node inspector;

    @FXML
    private Node summary;

    @FXML
    private Node layer;

    @FXML
    private LayerController layerController;

    /**
     * @param cards networks that are here already, the built-in one first
     * @param others takes dropped folders and arrays: no networks, but data
     */
    public NetworkController(
            NetworkViewModel networks, NetworkChooser chooser, List<NetworkCard> cards, Consumer<List<Path>> others) {
        this.networks = networks;
        this.drawings = new GraphViewModel(networks);
        this.chooser = chooser;
        this.cards = List.copyOf(cards);
        this.others = others;
    }

    /** The whole screen, ready to be put into a window. */
    public static Parent load(
            NetworkViewModel networks, NetworkChooser chooser, List<NetworkCard> cards, Consumer<List<Path>> others) {
        FXMLLoader loader = new FXMLLoader(NetworkController.class.getResource("/fxml/network.fxml"), Texts.BUNDLE);
        Map<Class<?>, Supplier<Object>> controllers = Map.of(
                NetworkController.class, () -> new NetworkController(networks, chooser, cards, others),
                SummaryController.class, () -> new SummaryController(networks),
                PreprocessingController.class, () -> new PreprocessingController(networks),
                LayerController.class, () -> new LayerController(networks));
        loader.setControllerFactory(type -> controllers.get(type).get());
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FXML
    private void initialize() {
        NetworkCards.show(cards, networksMenu, cardsPane, networks::open);
        whenOpen(graphTools, inspector, statusRow);
        convert.visibleProperty().bind(networks.convertibleProperty());
        convert.managedProperty().bind(convert.visibleProperty());
        showProgress();
        problem.textProperty().bind(networks.problemProperty());
        problemBar.visibleProperty().bind(networks.problemProperty().isNotEmpty());
        problemBar.managedProperty().bind(problemBar.visibleProperty());
        undo.disableProperty().bind(networks.undoableProperty().not());
        redo.disableProperty().bind(networks.redoableProperty().not());
        networks.fileProperty().addListener((observable, before, now) -> showReport());
        networks.networkProperty().addListener((observable, before, now) -> showSelection());
        layerSearch = new LayerSearch(search, searchHits, graph);
        connectGraph();
        networkScreen.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        networkScreen.setOnDragOver(this::dragOver);
        networkScreen.setOnDragExited(event -> dropHint.setVisible(false));
        networkScreen.setOnDragDropped(this::dropped);
        if (networks.networkProperty().get() != null) {
            showReport();
        }
        showSelection();
    }

    private void whenOpen(Node... nodes) {
        for (Node node : nodes) {
            node.visibleProperty().bind(networks.networkProperty().isNotNull());
            node.managedProperty().bind(node.visibleProperty());
        }
    }

    /** An old drawing never stands under another network's name: meanwhile a few words do. */
    private void showProgress() {
        StringBinding words = Bindings.createStringBinding(
                this::whatIsAwaited,
                networks.openingProperty(),
                networks.networkProperty(),
                networks.fileProperty(),
                drawings.stateProperty());
        awaited.textProperty().bind(words);
        awaitedPane.visibleProperty().bind(words.isNotEmpty());
        awaitedPane.managedProperty().bind(awaitedPane.visibleProperty());
        working.visibleProperty()
                .bind(drawings.stateProperty()
                        .isNotEqualTo(State.CANCELLED)
                        .or(networks.openingProperty().isNotEmpty()));
        working.managedProperty().bind(working.visibleProperty());
        graph.visibleProperty().bind(networks.networkProperty().isNotNull().and(words.isEmpty()));
        startPane.visibleProperty().bind(networks.networkProperty().isNull().and(words.isEmpty()));
        startPane.managedProperty().bind(startPane.visibleProperty());
        // Of the network before: it is still there, but not what is awaited.
        for (Node node : List.of(inspector, reportPanel, statusRow)) {
            node.disableProperty().bind(networks.openingProperty().isNotEmpty());
        }
    }

    private String whatIsAwaited() {
        if (!networks.openingProperty().get().isEmpty()) {
            return Texts.of("network.opening", networks.openingProperty().get());
        }
        if (networks.networkProperty().get() == null) {
            return "";
        }
        String name = networks.fileProperty().get().getFileName().toString();
        return switch (drawings.stateProperty().get()) {
            case DRAWING -> Texts.of("network.drawing", name);
            case CANCELLED -> Texts.of("network.undrawn", name);
            case DRAWN, REFINING -> "";
        };
    }

    private void connectGraph() {
        graph.shownProperty().bind(networkScreen.visibleProperty());
        Map<GraphLevel, ToggleButton> buttons = Map.of(
                GraphLevel.ARCHITECTURE, architectureLevel,
                GraphLevel.LAYERS, layersLevel,
                GraphLevel.OPERATORS, operatorsLevel);
        buttons.forEach((level, button) -> button.setOnAction(event -> {
            button.setSelected(true); // one of them always is
            drawings.choose(level);
        }));
        drawings.levelProperty().addListener((observable, before, now) -> levels.selectToggle(buttons.get(now)));
        levels.selectToggle(buttons.get(drawings.levelProperty().get()));
        drawings.drawingProperty().addListener((observable, before, now) -> show(before, now));
        drawings.marksProperty().addListener((observable, before, now) -> mark(now));
        graph.selectionProperty().addListener((observable, before, now) -> showSelection());
        graph.onPadlock(box -> networks.toggle(boxes().get(box).layers()));
        graph.onOpen(box -> drawings.toggleBlock(boxes().get(box)));
        if (drawings.drawingProperty().get() != null) {
            show(null, drawings.drawingProperty().get());
        }
    }

    private void show(GraphViewModel.Drawing before, GraphViewModel.Drawing now) {
        if (now == null) {
            graph.clear();
            frontier.setText("");
            placementNote.setText("");
            return;
        }
        if (before == null || !before.file().equals(now.file())) {
            graph.open(now.layout(), now.marks());
            focusGraph();
        } else if (before.level() != now.level()) {
            graph.regroup(now.layout(), now.marks());
        } else {
            graph.refine(now.layout(), now.marks());
        }
        layerSearch.again();
        placementNote.setText(
                now.layout().simple()
                        ? Texts.of(
                                "network.simple",
                                Texts.exact(now.layout().boxes().size()))
                        : "");
    }

    private void focusGraph() {
        if (networkScreen.getScene() != null
                && !(networkScreen.getScene().getFocusOwner() instanceof TextInputControl)) {
            graph.requestFocus();
        }
    }

    // --- what is shown

    private void mark(Marks marks) {
        graph.mark(marks);
        frontier.setText(marks.hasFrontier() ? marks.below() + "   " + marks.learns() : "");
    }

    private void showReport() {
        reportLines.getChildren().clear();
        for (String line : networks.report()) {
            Label label = new Label("•  " + line);
            label.setWrapText(true);
            reportLines.getChildren().add(label);
        }
        reportPanel.setVisible(true);
        search.clear();
    }

    private List<Outline.Box> boxes() {
        return graph.graph() == null ? List.of() : graph.graph().outline().boxes();
    }

    private List<Outline.Box> selected() {
        return graph.selectionProperty().get().stream().map(boxes()::get).toList();
    }

    private List<Layer> selectedLayers() {
        Set<Layer> out = new LinkedHashSet<>();
        selected().forEach(box -> out.addAll(box.layers()));
        return List.copyOf(out);
    }

    private void showSelection() {
        List<Outline.Box> boxes = selected();
        layer.setVisible(!boxes.isEmpty());
        summary.setVisible(boxes.isEmpty());
        layer.setManaged(!boxes.isEmpty());
        summary.setManaged(boxes.isEmpty());
        layerController.show(boxes);
        if (networks.networkProperty().get() != null) {
            counts.setText(Texts.of(
                    "network.counts",
                    Texts.exact(networks.networkProperty().get().trainableParameters()),
                    Texts.rounded(networks.networkProperty().get().parameters())));
        }
        graph.setAccessibleText(describe(boxes));
    }

    private String describe(List<Outline.Box> boxes) {
        if (boxes.size() != 1) {
            return boxes.isEmpty()
                    ? Texts.of(
                            "network.graph.accessible",
                            networks.headlineProperty().get())
                    : Texts.of("network.layer.several", boxes.size());
        }
        Outline.Box box = boxes.get(0);
        String lock = box.layers().isEmpty()
                ? ""
                : Texts.of(
                        box.layers().stream().allMatch(networks::isLearning)
                                ? "network.state.learning"
                                : "network.state.frozen");
        return String.join(", ", box.title(), box.kind(), box.shape(), lock);
    }

    // --- actions

    @FXML
    private void findNext() {
        layerSearch.next();
    }

    @FXML
    private void open() {
        chooser.choose(networkScreen.getScene().getWindow()).ifPresent(networks::open);
    }

    @FXML
    private void fit() {
        graph.fit();
    }

    @FXML
    private void zoomIn() {
        graph.zoomIn();
    }

    @FXML
    private void zoomOut() {
        graph.zoomOut();
    }

    @FXML
    private void undo() {
        networks.undo();
    }

    @FXML
    private void redo() {
        networks.redo();
    }

    @FXML
    private void dismissProblem() {
        networks.dismissProblem();
    }

    @FXML
    private void convert() {
        networks.convert();
    }

    @FXML
    private void dismissReport() {
        reportPanel.setVisible(false);
        graph.requestFocus();
    }

    private void keyPressed(KeyEvent event) {
        boolean typing = event.getTarget() instanceof TextInputControl;
        List<Layer> layers = selectedLayers();
        if (OPEN.match(event)) {
            open();
        } else if (FIND.match(event)) {
            search.requestFocus();
            search.selectAll();
        } else if (typing && event.getCode() == KeyCode.ESCAPE) {
            graph.requestFocus();
        } else if (typing) {
            return;
        } else if (REDO.match(event)) {
            networks.redo();
        } else if (UNDO.match(event)) {
            networks.undo();
        } else if (event.getCode() == KeyCode.L && !layers.isEmpty() && !event.isShortcutDown()) {
            if (event.isShiftDown()) {
                networks.freezeUpTo(layers.get(layers.size() - 1));
            } else {
                networks.toggle(layers);
            }
        } else {
            return;
        }
        event.consume();
    }

    // --- dropping

    private static Optional<File> network(DragEvent event) {
        return event.getDragboard().getFiles().stream()
                .filter(file -> file.getName().toLowerCase(Locale.ROOT).endsWith(".onnx"))
                .findFirst();
    }

    private static boolean mayBeData(File file) {
        return file.isDirectory() || file.getName().toLowerCase(Locale.ROOT).endsWith(".npz");
    }

    private void dragOver(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY_OR_MOVE);
            dropHint.setVisible(true);
        }
        event.consume();
    }

    private void dropped(DragEvent event) {
        dropHint.setVisible(false);
        if (!event.getDragboard().hasFiles()) {
            return;
        }
        Optional<File> file = network(event);
        file.ifPresent(found -> networks.open(found.toPath()));
        List<File> files = event.getDragboard().getFiles();
        boolean data = file.isEmpty() && files.stream().allMatch(NetworkController::mayBeData);
        if (data) {
            others.accept(files.stream().map(File::toPath).toList());
        } else if (file.isEmpty()) {
            networks.refuse(Texts.of("network.drop.other", files.get(0).getName()));
        }
        event.setDropCompleted(data || file.isPresent());
        event.consume();
    }
}
