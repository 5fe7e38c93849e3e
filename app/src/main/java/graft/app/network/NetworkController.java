package graft.app.network;

import graft.app.controls.Counts;
import graft.app.network.GraphViewModel.State;
import graft.app.task.PictureLoaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.StringBinding;
import javafx.fxml.FXML;
import javafx.fxml.FXMLLoader;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.stage.Window;

/** Connects the Network screen: its header, what is seen in place of the graph, and what the others need of each other. */
public final class NetworkController {
    private final NetworkViewModel networks;
    private final GraphViewModel drawings;
    private final NetworkChooser chooser;
    private final Consumer<Window> browse;
    private final List<NetworkCard> cards;
    private final Consumer<List<Path>> others;
    private final Runnable next;
    private LayerSearch layerSearch;
    private GraphConnection connection;

    @FXML
    private Pane networkScreen;

    @FXML
    private Pane header;

    @FXML
    private Label title;

    @FXML
    private Pane chips;

    @FXML
    private MenuButton networksMenu;

    @FXML
    private MenuButton levelMenu;

    @FXML
    private RadioMenuItem architectureLevel;

    @FXML
    private RadioMenuItem layersLevel;

    @FXML
    private RadioMenuItem operatorsLevel;

    @FXML
    private TextField search;

    @FXML
    private Label searchHits;

    @FXML
    private Button undo;

    @FXML
    private Button redo;

    @FXML
    private MenuButton historyMenu;

    @FXML
    private Button onwards;

    @FXML
    private Label counts;

    @FXML
    private Node graphTools;

    @FXML
    private Node zoomTools;

    @FXML
    private Node problemBar;

    @FXML
    private Label problem;

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
    private Label placementNote;

    @FXML
    private Label forecast;

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

    private NetworkController(
            NetworkViewModel networks,
            NetworkChooser chooser,
            Consumer<Window> browse,
            List<NetworkCard> cards,
            Consumer<List<Path>> others,
            Runnable next) {
        this.networks = networks;
        this.drawings = new GraphViewModel(networks);
        this.chooser = chooser;
        this.browse = browse;
        this.cards = List.copyOf(cards);
        this.others = others;
        this.next = next;
    }

    /**
     * The whole screen, ready to be put into a window.
     *
     * @param pictures load pictures away from the FX thread
     * @param browse looks through the networks that are known by name
     * @param cards networks that are here already, the built-in one first
     * @param others takes dropped folders and arrays: no networks, but data
     * @param next goes on to fine-tuning
     */
    public static Parent load(
            NetworkViewModel networks,
            PictureLoaders pictures,
            NetworkChooser chooser,
            Consumer<Window> browse,
            List<NetworkCard> cards,
            Consumer<List<Path>> others,
            Runnable next) {
        FXMLLoader loader = new FXMLLoader(NetworkController.class.getResource("/fxml/network.fxml"), Texts.BUNDLE);
        Map<Class<?>, Supplier<Object>> controllers = Map.of(
                NetworkController.class, () -> new NetworkController(networks, chooser, browse, cards, others, next),
                SummaryController.class, () -> new SummaryController(networks),
                ReadingController.class, () -> new ReadingController(networks),
                PreprocessingController.class, () -> new PreprocessingController(networks),
                LayerController.class, () -> new LayerController(networks),
                LooksController.class, () -> new LooksController(networks.looks(), pictures),
                EditController.class, () -> new EditController(networks));
        loader.setControllerFactory(type -> controllers.get(type).get());
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FXML
    private void initialize() {
        NetworkCards.show(
                cards,
                networksMenu,
                cardsPane,
                networks::open,
                this::open,
                () -> browse.accept(header.getScene().getWindow()));
        whenOpen(graphTools, inspector, statusRow, title, onwards);
        new NetworkHeader(networks, header, title, chips, historyMenu, undo, redo).show();
        showProgress();
        problem.textProperty().bind(networks.problemProperty());
        problemBar.visibleProperty().bind(networks.problemProperty().isNotEmpty());
        problemBar.managedProperty().bind(problemBar.visibleProperty());
        // Not the file's name: the same file may be opened again, to be read in another way.
        networks.report().addListener((InvalidationListener) report -> search.clear());
        networks.openingProperty().addListener((observable, before, now) -> leaveInspector());
        networks.networkProperty().addListener((observable, before, now) -> showSelection());
        layerSearch = new LayerSearch(search, searchHits, graph);
        graph.shownProperty().bind(networkScreen.visibleProperty());
        connectLevels();
        connection = new GraphConnection(networks, drawings, graph);
        connection.on(this::focusGraph, layerSearch::again);
        // Where the graph has no room for the words beside its frontier, they are here.
        Tooltip frontier = new Tooltip();
        frontier.textProperty().bind(connection.frontierProperty());
        connection.frontierProperty().addListener((observable, before, now) -> Tooltip.install(statusRow, frontier));
        placementNote.textProperty().bind(connection.noteProperty());
        forecast.textProperty().bind(networks.forecast().wordsProperty());
        graph.selectionProperty().addListener((observable, before, now) -> showSelection());
        new NetworkKeys(networks, connection::selectedLayers, this::open, search, graph).on(networkScreen);
        new NetworkDrops(networks, others, dropHint).on(networkScreen);
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
        zoomTools.visibleProperty().bind(graph.visibleProperty());
        startPane.visibleProperty().bind(networks.networkProperty().isNull().and(words.isEmpty()));
        startPane.managedProperty().bind(startPane.visibleProperty());
        // Of the network before: it is still there, but not what is awaited.
        for (Node node : List.of(inspector, statusRow, onwards)) {
            node.disableProperty().bind(networks.openingProperty().isNotEmpty());
        }
    }

    private void connectLevels() {
        Map<GraphLevel, RadioMenuItem> items = Map.of(
                GraphLevel.ARCHITECTURE, architectureLevel,
                GraphLevel.LAYERS, layersLevel,
                GraphLevel.OPERATORS, operatorsLevel);
        items.forEach((level, item) -> item.setOnAction(event -> {
            item.setSelected(true); // one of them always is
            drawings.choose(level);
        }));
        drawings.levelProperty().addListener((observable, before, now) -> showLevel(items.get(now)));
        showLevel(items.get(drawings.levelProperty().get()));
    }

    private void showLevel(RadioMenuItem item) {
        item.setSelected(true);
        levelMenu.setText(item.getText());
    }

    private void focusGraph() {
        if (networkScreen.getScene() != null
                && !(networkScreen.getScene().getFocusOwner() instanceof TextInputControl)) {
            graph.requestFocus();
        }
    }

    private void showSelection() {
        List<Outline.Box> boxes = connection == null ? List.of() : connection.selected();
        layer.setVisible(!boxes.isEmpty());
        summary.setVisible(boxes.isEmpty());
        layer.setManaged(!boxes.isEmpty());
        summary.setManaged(boxes.isEmpty());
        layerController.show(boxes);
        if (networks.networkProperty().get() != null) {
            counts.setText(Texts.of(
                    "network.counts",
                    Counts.rounded(networks.networkProperty().get().trainableParameters()),
                    Counts.rounded(networks.networkProperty().get().parameters())));
        }
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
    private void onwards() {
        next.run();
    }

    @FXML
    private void dismissProblem() {
        networks.dismissProblem();
    }
}
