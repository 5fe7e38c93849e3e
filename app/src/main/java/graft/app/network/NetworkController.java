package graft.app.network;

import graft.app.controls.Counts;
import graft.app.network.GraphViewModel.State;
import graft.network.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
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
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/** Connects the Network screen. */
public final class NetworkController {
    private final NetworkViewModel networks;
    private final GraphViewModel drawings;
    private final NetworkChooser chooser;
    private final List<NetworkCard> cards;
    private final Consumer<List<Path>> others;
    private final BooleanProperty reportOpen = new SimpleBooleanProperty();
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
                ReadingController.class, () -> new ReadingController(networks),
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
        // Not the file's name: the same file may be opened again, to be read in another way.
        networks.report().addListener((InvalidationListener) report -> showReport());
        networks.openingProperty().addListener((observable, before, now) -> leaveInspector());
        networks.networkProperty().addListener((observable, before, now) -> showSelection());
        layerSearch = new LayerSearch(search, searchHits, graph);
        connectGraph();
        new NetworkKeys(networks, this::selectedLayers, this::open, search, graph).on(networkScreen);
        new NetworkDrops(networks, others, dropHint).on(networkScreen);
        if (networks.networkProperty().get() != null) {
            showReport();
        }
        showSelection();
    }

    /** A field that is disabled loses the focus, and the inspector would scroll to the next one that can have it. */
    private void leaveInspector() {
        Node focused = networkScreen.getScene() == null
                ? null
                : networkScreen.getScene().getFocusOwner();
        for (Node node = focused; node != null; node = node.getParent()) {
            if (node == inspector) {
                networksMenu.requestFocus();
            }
        }
    }

    private void whenOpen(Node... nodes) {
        for (Node node : nodes) {
            node.visibleProperty().bind(networks.networkProperty().isNotNull());
            node.managedProperty().bind(node.visibleProperty());
        }
    }

    /** An old drawing never stands under another network's name: meanwhile a few words do. */
    private void showProgress() {
        StringBinding words = drawings.awaitedProperty();
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
        for (Node node : List.of(inspector, statusRow)) {
            node.disableProperty().bind(networks.openingProperty().isNotEmpty());
        }
        reportPanel.visibleProperty().bind(reportOpen.and(words.isEmpty()));
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
                                Counts.exact(now.layout().boxes().size()))
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
        frontier.setText(marks.hasFrontier() ? marks.below() : "");
    }

    private void showReport() {
        reportLines.getChildren().clear();
        for (String line : networks.report()) {
            Label label = new Label("•  " + line);
            label.setWrapText(true);
            reportLines.getChildren().add(label);
        }
        reportOpen.set(true);
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
                    Counts.exact(networks.networkProperty().get().trainableParameters()),
                    Counts.rounded(networks.networkProperty().get().parameters())));
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
        reportOpen.set(false);
        graph.requestFocus();
    }
}
