package graft.app.shell;

import graft.app.controls.Numbers;
import graft.app.memory.MemoryKeeper;
import graft.app.memory.PanelPlace;
import graft.app.problem.Problem.Severity;
import graft.app.train.RunState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** Jobs, log and problems under every screen; as it was left, it comes back. */
final class BottomPanel {
    static final String JOBS = "jobs";
    static final String LOG = "log";
    static final String PROBLEMS = "problems";

    private static final double LEAST = 90;
    /** Of the room there is; the rest is the screen's. */
    private static final double MOST = 0.5;

    private final VBox panel;
    private final MemoryKeeper memory;
    private final ResourceBundle texts;
    private final Map<String, ToggleButton> tabs = new LinkedHashMap<>();
    private final Map<String, Node> pages = new LinkedHashMap<>();

    BottomPanel(VBox panel, Workbench workbench, ResourceBundle texts, Consumer<Step> show) {
        this.panel = panel;
        this.memory = workbench.memory();
        this.texts = texts;
        pages.put(JOBS, jobs(workbench));
        pages.put(LOG, log(workbench.log().lines()));
        pages.put(PROBLEMS, new ProblemList(workbench.problems(), texts, show));
        StackPane stack = new StackPane();
        stack.getChildren().addAll(pages.values());
        stack.setMinHeight(0);
        VBox.setVgrow(stack, Priority.ALWAYS);
        panel.getStyleClass().add("bottom-panel");
        panel.getChildren().setAll(grip(), header(workbench), stack);
        memory.memoryProperty().addListener((property, old, now) -> {
            if (!old.panel().equals(now.panel())) {
                stand(now.panel());
            }
        });
        stand(memory.now().panel());
    }

    private void stand(PanelPlace place) {
        panel.setVisible(place.open());
        panel.setManaged(place.open());
        panel.setPrefHeight(place.height());
        panel.setMinHeight(LEAST);
        pages.forEach((name, page) -> page.setVisible(name.equals(place.tab())));
        tabs.forEach((name, tab) -> tab.setSelected(name.equals(place.tab())));
    }

    private void change(UnaryOperator<PanelPlace> how) {
        memory.change(before -> before.with(how.apply(before.panel())));
    }

    /** Opens a page, or closes the panel where that page is seen already. */
    void toggle(String page) {
        PanelPlace now = memory.now().panel();
        change(place -> now.open() && now.tab().equals(page) ? place.closed() : place.open(page));
        focus();
    }

    /** Opens the panel as it was last, or closes it. */
    void toggle() {
        toggle(memory.now().panel().tab());
    }

    private void focus() {
        PanelPlace now = memory.now().panel();
        if (now.open()) {
            tabs.get(now.tab()).requestFocus();
        }
    }

    /** Its upper edge is dragged. */
    private Region grip() {
        Region grip = new Region();
        grip.getStyleClass().add("panel-grip");
        grip.setCursor(Cursor.V_RESIZE);
        grip.setOnMouseDragged(event -> {
            double below = panel.localToScene(0, panel.getHeight()).getY() - event.getSceneY();
            double room = ((Region) panel.getParent()).getHeight();
            panel.setPrefHeight(Math.max(LEAST, Math.min(MOST * room, below)));
        });
        grip.setOnMouseReleased(event -> change(place -> place.withHeight(panel.getPrefHeight())));
        return grip;
    }

    private HBox header(Workbench workbench) {
        HBox header = new HBox(4);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("panel-header");
        for (String name : pages.keySet()) {
            ToggleButton tab = new ToggleButton(texts.getString("panel." + name));
            tab.setId("panel-" + name);
            tab.getStyleClass().addAll("panel-tab", "flat", "small");
            tab.setOnAction(event -> {
                tab.setSelected(true); // pressed again it stays chosen
                change(place -> place.open(name));
            });
            tabs.put(name, tab);
            header.getChildren().add(tab);
        }
        ObservableList<ProblemsViewModel.Found> found = workbench.problems().found();
        found.addListener((ListChangeListener<ProblemsViewModel.Found>) change -> count(found.size()));
        count(found.size());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button copy = new Button(null, new FontIcon("fth-copy"));
        copy.setId("panel-copy");
        copy.getStyleClass().addAll("flat", "small");
        copy.setTooltip(new Tooltip(texts.getString("panel.copy")));
        copy.setAccessibleText(texts.getString("panel.copy"));
        copy.setOnAction(event -> copy(workbench.log().lines()));
        copy.visibleProperty().bind(pages.get(LOG).visibleProperty());
        Button close = new Button(null, new FontIcon("fth-chevron-down"));
        close.setId("panel-close");
        close.getStyleClass().addAll("flat", "small");
        close.setTooltip(new Tooltip(texts.getString("panel.close")));
        close.setAccessibleText(texts.getString("panel.close"));
        close.setOnAction(event -> change(PanelPlace::closed));
        header.getChildren().addAll(space, copy, close);
        return header;
    }

    private void count(int problems) {
        String title = texts.getString("panel.problems");
        tabs.get(PROBLEMS).setText(problems == 0 ? title : title + " (" + problems + ")");
    }

    private Node jobs(Workbench workbench) {
        VBox strip = new VBox(12);
        strip.getStyleClass().add("jobs");
        Label none = new Label(texts.getString("panel.jobs.none"));
        none.getStyleClass().add("muted");
        none.visibleProperty()
                .bind(Bindings.not(workbench.busyProperty())
                        .and(workbench.train().run().stateProperty().isNotEqualTo(RunState.ELSEWHERE)));
        none.managedProperty().bind(none.visibleProperty());
        strip.getChildren().add(none);
        JobStrip.show(workbench.jobs().jobs(), workbench.train().run(), strip, texts);
        ScrollPane scroll = new ScrollPane(strip);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("edge-to-edge", "quiet");
        return scroll;
    }

    /** The last line is in sight unless the user looks at another. */
    private Node log(ObservableList<String> lines) {
        ListView<String> list = new ListView<>(lines);
        list.setId("log-lines");
        list.getStyleClass().addAll("words-list", "log-list");
        list.setAccessibleText(texts.getString("panel.log"));
        list.setPlaceholder(new Label(texts.getString("panel.log.none")));
        list.setCellFactory(view -> new LogCell());
        lines.addListener((ListChangeListener<String>) change -> {
            if (list.getSelectionModel().isEmpty()) {
                list.scrollTo(lines.size() - 1);
            }
        });
        return list;
    }

    private static void copy(ObservableList<String> lines) {
        ClipboardContent content = new ClipboardContent();
        content.putString(String.join("\n", lines));
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** As bad as the worst of them. */
    static String icon(ObservableList<ProblemsViewModel.Found> found) {
        if (found.isEmpty()) {
            return "fth-check-circle";
        }
        return found.get(0).problem().severity() == Severity.WRONG
                ? "fth-alert-octagon"
                : found.get(0).problem().severity() == Severity.WARNING ? "fth-alert-triangle" : "fth-info";
    }

    static String words(ObservableList<ProblemsViewModel.Found> found, ResourceBundle texts) {
        return Numbers.message(texts.getString("problems.count"), found.size());
    }

    private static final class LogCell extends javafx.scene.control.ListCell<String> {
        LogCell() {
            setWrapText(true);
            setPrefWidth(0);
            getStyleClass().add("wrapped-cell");
        }

        @Override
        protected void updateItem(String line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty ? null : line);
        }
    }
}
