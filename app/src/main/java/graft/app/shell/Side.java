package graft.app.shell;

import graft.app.data.DataViewModel;
import graft.app.memory.Memory;
import graft.app.memory.Opened;
import graft.app.memory.Setup;
import graft.app.network.NetworkViewModel;
import graft.app.project.ProjectMenu;
import graft.app.runs.KeptChoice;
import graft.app.runs.RunCell;
import graft.app.runs.RunsMenu;
import graft.app.task.ExampleSet;
import graft.project.RunEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.kordamp.ikonli.javafx.FontIcon;

/** The left of the window: what belongs to the project, in sections; before anything is open, what was worked with before. */
final class Side {
    private final VBox side;
    private final Workbench workbench;
    private final ResourceBundle texts;
    private final Consumer<Step> show;
    private final Consumer<List<Path>> dropped;

    Side(
            VBox side,
            ProjectMenu menu,
            Workbench workbench,
            ResourceBundle texts,
            Consumer<RunEntry> openRun,
            Runnable allRuns,
            Consumer<Step> show,
            Consumer<List<Path>> dropped) {
        this.side = side;
        this.workbench = workbench;
        this.texts = texts;
        this.show = show;
        this.dropped = dropped;
        side.getChildren().add(menu);
        addRecent();
        addData();
        addNetworks();
        addRuns(openRun, allRuns);
    }

    private void addRecent() {
        VBox rows = new VBox(2);
        VBox section = new VBox(header("recent", null), rows);
        workbench.memory().memoryProperty().addListener((property, old, memory) -> fill(rows, memory));
        fill(rows, workbench.memory().now());
        section.visibleProperty().bind(Bindings.isNotEmpty(rows.getChildren()));
        section.managedProperty().bind(section.visibleProperty());
        side.getChildren().add(section);
    }

    /** What is open already is not offered. */
    private void fill(VBox rows, Memory memory) {
        DataViewModel data = workbench.data();
        ExampleSet set = data.examplesProperty().get();
        List<Node> buttons = memory.setups().stream()
                .filter(setup -> setup.data() != null && Remembering.isThere(setup))
                .filter(setup -> set == null || !setup.data().equals(set.source()))
                .limit(4)
                .map(this::recent)
                .toList();
        rows.getChildren().setAll(buttons);
    }

    private Node recent(Setup setup) {
        Label name = new Label(name(setup.data()));
        name.setMinWidth(0);
        Label when = new Label(Recently.words(setup.when(), texts));
        when.getStyleClass().addAll("muted", "small");
        when.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox row = new HBox(8, name, space, when);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setMinWidth(0);
        Button button = new Button();
        button.setGraphic(row);
        button.getStyleClass().setAll("side-row");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinWidth(0);
        row.prefWidthProperty().bind(button.widthProperty().subtract(16));
        button.setAccessibleText(name.getText() + ", " + when.getText());
        String network = setup.network() == null ? "" : "\n" + setup.network();
        button.setTooltip(new Tooltip(setup.data() + network));
        button.setOnAction(event -> {
            workbench.reopening().restore(setup);
            show.accept(Step.TRAIN);
        });
        return button;
    }

    private String name(Path data) {
        return workbench.memory().now().data().stream()
                .filter(opened -> opened.file().equals(data))
                .map(Opened::name)
                .findFirst()
                .orElse(data.getFileName().toString());
    }

    private void addData() {
        DataViewModel data = workbench.data();
        OpenedList list = new OpenedList(texts, "fth-grid", file -> openData(data, file), rows -> workbench
                .memory()
                .change(memory -> memory.withData(rows)));
        list.setId("opened-data");
        list.setAccessibleText(texts.getString("side.data"));
        ObservableValue<Path> open = data.examplesProperty().map(ExampleSet::source);
        follow(list, open, Memory::data);
        side.getChildren().addAll(header("data", () -> add("choose.data", this::chosenData, Step.DATA)), list);
    }

    /** Shows the step, and asks what is to be added there. */
    private void add(String title, BiFunction<Window, String, Optional<Path>> choose, Step step) {
        show.accept(step);
        choose.apply(side.getScene().getWindow(), texts.getString(title)).ifPresent(this::add);
    }

    private void add(Path file) {
        dropped.accept(List.of(file));
    }

    private Optional<Path> chosenData(Window owner, String title) {
        return workbench.choosers().folder(owner, title);
    }

    private Optional<Path> chosenNetwork(Window owner, String title) {
        return workbench.choosers().file(owner, title, ".onnx");
    }

    private void openData(DataViewModel data, Path file) {
        ExampleSet open = data.examplesProperty().get();
        if (open == null || !open.source().equals(file)) {
            data.open(file);
        }
        show.accept(Step.DATA);
    }

    private void addNetworks() {
        NetworkViewModel network = workbench.network();
        OpenedList list = new OpenedList(texts, "fth-share-2", file -> openNetwork(network, file), rows -> workbench
                .memory()
                .change(memory -> memory.withNetworks(rows)));
        list.setId("opened-networks");
        list.setAccessibleText(texts.getString("side.networks"));
        follow(list, network.fileProperty(), Memory::networks);
        side.getChildren()
                .addAll(header("networks", () -> add("choose.network", this::chosenNetwork, Step.NETWORK)), list);
    }

    private void openNetwork(NetworkViewModel network, Path file) {
        if (!file.equals(network.fileProperty().get())) {
            network.open(file);
        }
        show.accept(Step.NETWORK);
    }

    private void follow(
            OpenedList list, ObservableValue<Path> open, java.util.function.Function<Memory, List<Opened>> part) {
        list.getItems().setAll(part.apply(workbench.memory().now()));
        workbench.memory().memoryProperty().addListener((property, old, memory) -> {
            List<Opened> rows = part.apply(memory);
            if (!Objects.equals(rows, list.getItems())) {
                list.getItems().setAll(rows);
                list.mark(open.getValue());
            }
        });
        list.follow(open);
    }

    private void addRuns(Consumer<RunEntry> openRun, Runnable allRuns) {
        ListView<RunEntry> runs = new ListView<>();
        runs.setId("runs");
        runs.getStyleClass().add("side-list");
        runs.setAccessibleText(texts.getString("side.runs"));
        VBox.setVgrow(runs, Priority.ALWAYS);
        KeptChoice kept = new KeptChoice(workbench.runs().runs(), runs.getSelectionModel());
        runs.setItems(workbench.runs().runs());
        kept.in(runs.getItems());
        runs.setCellFactory(view -> new RunCell());
        RunsMenu menu = new RunsMenu(workbench.runs(), workbench.choosers(), runs, () -> runs.getSelectionModel()
                .getSelectedItems());
        runs.setContextMenu(new ContextMenu(menu.marks().toArray(MenuItem[]::new)));
        runs.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                open(runs, openRun);
            }
        });
        runs.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                open(runs, openRun);
            } else {
                menu.pressMark(event);
            }
        });
        runs.visibleProperty().bind(Bindings.isNotEmpty(workbench.runs().runs()));
        runs.managedProperty().bind(runs.visibleProperty());
        Label none = new Label(texts.getString("runs.none"));
        none.setWrapText(true);
        none.getStyleClass().addAll("muted", "small", "side-none");
        none.visibleProperty().bind(runs.visibleProperty().not());
        none.managedProperty().bind(none.visibleProperty());
        HBox header = header("runs", null);
        Button all = new Button(texts.getString("runs.all"));
        all.setId("all-runs");
        all.getStyleClass().addAll("flat", "small", "side-add");
        all.setOnAction(event -> allRuns.run());
        all.visibleProperty().bind(runs.visibleProperty());
        header.getChildren().add(all);
        side.getChildren().addAll(header, none, runs);
    }

    private static void open(ListView<RunEntry> runs, Consumer<RunEntry> open) {
        RunEntry chosen = runs.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            open.accept(chosen);
        }
    }

    /** @param add what the plus does; null where there is none */
    private HBox header(String section, Runnable add) {
        Label title = new Label(texts.getString("side." + section).toUpperCase(Locale.getDefault()));
        title.getStyleClass().add("section-label");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(title, space);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("side-header");
        if (add != null) {
            Button plus = new Button(null, new FontIcon("fth-plus"));
            plus.getStyleClass().addAll("flat", "small", "side-add");
            plus.setId("add-" + section);
            plus.setAccessibleText(texts.getString("side.add." + section));
            plus.setTooltip(new Tooltip(texts.getString("side.add." + section)));
            plus.setOnAction(event -> add.run());
            header.getChildren().add(plus);
        }
        return header;
    }
}
