package graft.app.catalog;

import graft.app.controls.Numbers;
import graft.app.controls.Parts;
import graft.app.jobs.Job;
import graft.catalog.CatalogEntry;
import graft.catalog.KnownNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** All networks that have a name: a list to look through, what is known of one, and the way here. */
public final class CatalogPane extends VBox {
    /** Of the width: the rest is for what is known of one. */
    private static final double LIST = 0.42;

    private static final double HEIGHT = 420;
    private static final double LEAST = 200;

    private final CatalogViewModel model;
    private final Consumer<Path> use;
    private final ListView<KnownNetwork> list = new ListView<>();
    private final VBox details = new VBox(8);

    /** @param use opens a network */
    public CatalogPane(CatalogViewModel model, Consumer<Path> use) {
        super(12);
        this.model = model;
        this.use = use;
        setId("catalog");
        getStyleClass().add("catalog");
        HBox both = new HBox(16, list(), details());
        both.setPrefHeight(HEIGHT);
        both.setMinHeight(LEAST);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren()
                .addAll(
                        filters(),
                        both,
                        new StackPane(
                                elsewhere(), progress()), // one of them at a time: nothing moves, nothing is empty
                        said(model.problemProperty(), "problem"),
                        said(model.saidProperty(), "proof"));
        model.chosenProperty().addListener((property, old, now) -> show(now));
        model.busyProperty()
                .addListener((property, old, now) -> show(model.chosenProperty().get()));
        show(model.chosenProperty().get());
        model.refresh();
    }

    private FlowPane filters() {
        TextField search = new TextField();
        search.setId("catalog-search");
        search.setPrefColumnCount(18);
        search.setPromptText(text("search"));
        search.setAccessibleText(text("search"));
        search.textProperty().bindBidirectional(model.searchProperty());
        ComboBox<String> task = new ComboBox<>();
        task.setId("catalog-task");
        task.setAccessibleText(text("task"));
        task.setConverter(new StringConverter<>() {
            @Override
            public String toString(String value) {
                return value == null || value.isEmpty() ? text("task.all") : taskWord(value);
            }

            @Override
            public String fromString(String words) {
                throw new UnsupportedOperationException("the box is not editable");
            }
        });
        Runnable fill = () -> {
            List<String> tasks = new ArrayList<>(List.of(""));
            tasks.addAll(model.tasks());
            if (!tasks.equals(task.getItems())) {
                task.getItems().setAll(tasks);
                task.setValue(model.taskProperty().get());
            }
        };
        model.all().addListener((ListChangeListener<KnownNetwork>) change -> fill.run());
        task.valueProperty()
                .addListener((property, old, now) -> model.taskProperty().set(now == null ? "" : now));
        fill.run();
        CheckBox here = new CheckBox(text("here"));
        here.setId("catalog-here");
        here.selectedProperty().bindBidirectional(model.hereProperty());
        FlowPane out = new FlowPane(12, 8, search, task, here);
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }

    private static String taskWord(String task) {
        String key = "task." + task;
        return CatalogViewModel.TEXTS.containsKey(key) ? text(key) : task;
    }

    private ListView<KnownNetwork> list() {
        list.setId("catalog-list");
        list.setItems(model.shown());
        list.prefWidthProperty().bind(widthProperty().multiply(LIST));
        list.setMinWidth(Region.USE_PREF_SIZE);
        list.setPlaceholder(new Label(text("none")));
        list.setAccessibleText(text("title"));
        list.setCellFactory(view -> new Cell());
        list.getSelectionModel().selectedItemProperty().addListener((property, old, now) -> {
            if (now != null) {
                model.chosenProperty().set(now);
            }
        });
        model.chosenProperty().addListener((property, old, now) -> {
            if (now != null && !now.equals(list.getSelectionModel().getSelectedItem())) {
                list.getSelectionModel().select(now);
                list.scrollTo(now);
            }
        });
        return list;
    }

    private static final class Cell extends ListCell<KnownNetwork> {
        @Override
        protected void updateItem(KnownNetwork network, boolean empty) {
            super.updateItem(network, empty);
            setText(null);
            if (empty || network == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            Label name = new Label(title(network));
            name.getStyleClass().add("card-name");
            Label state = new Label(text("state." + network.state()));
            state.getStyleClass().addAll("chip", network.network().isPresent() ? "chip-good" : "chip-accent");
            state.setMinWidth(USE_PREF_SIZE);
            Region between = new Region();
            HBox.setHgrow(between, Priority.ALWAYS);
            HBox first = new HBox(8, name, between, state);
            first.setAlignment(Pos.CENTER_LEFT);
            Label second = new Label(facts(network));
            second.getStyleClass().addAll("muted", "small");
            VBox both = new VBox(2, first, second);
            both.setMinWidth(0);
            both.setPrefWidth(0);
            setGraphic(both);
            setAccessibleText(name.getText() + ", " + state.getText() + ", " + second.getText());
        }
    }

    private static String title(KnownNetwork network) {
        return network.entry().map(CatalogEntry::name).orElse(network.name());
    }

    /** "Image classification · 46.8 MB · 69.9 %". */
    private static String facts(KnownNetwork network) {
        List<String> out = new ArrayList<>();
        network.task().ifPresent(task -> out.add(taskWord(task)));
        network.bytes().ifPresent(bytes -> out.add(Numbers.bytes(bytes)));
        network.entry().flatMap(CatalogEntry::score).ifPresent(score -> out.add(Numbers.percent(score.value())));
        return String.join(" · ", out);
    }

    private ScrollPane details() {
        details.getStyleClass().add("card");
        details.setId("catalog-details");
        details.setMinWidth(0);
        ScrollPane out = new ScrollPane(details);
        out.setFitToWidth(true);
        out.setFitToHeight(true);
        out.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        out.setFocusTraversable(false);
        out.setPrefWidth(0);
        out.setMinWidth(0);
        out.getStyleClass().addAll("edge-to-edge", "room");
        HBox.setHgrow(out, Priority.ALWAYS);
        return out;
    }

    private void show(KnownNetwork network) {
        details.getChildren().clear();
        if (network == null) {
            Label none = Parts.wrapped(text("choose"), "muted");
            details.getChildren().add(none);
            return;
        }
        Label name = Parts.wrapped(title(network), "card-title");
        details.getChildren().addAll(name);
        network.description().ifPresent(words -> details.getChildren().add(Parts.wrapped(words)));
        GridPane facts = new GridPane();
        facts.setHgap(12);
        facts.setVgap(4);
        network.task().ifPresent(task -> fact(facts, "task", taskWord(task)));
        network.entry().ifPresent(entry -> of(facts, entry));
        network.bytes().ifPresent(bytes -> fact(facts, "bytes", Numbers.bytes(bytes)));
        fact(facts, "licence", licence(network));
        network.from().ifPresent(from -> fact(facts, "from", from));
        network.network().ifPresent(file -> fact(facts, "file", file.toString()));
        details.getChildren().addAll(facts, buttons(network));
    }

    private static void of(GridPane facts, CatalogEntry entry) {
        fact(facts, "trained", entry.trainedOn());
        entry.score()
                .ifPresent(score -> fact(
                        facts,
                        "score",
                        Numbers.message(
                                text("score.of"), score.metric(), Numbers.percent(score.value()), score.source())));
        entry.parameters()
                .ifPresent(count -> fact(facts, "parameters", Numbers.message(text("parameters.of"), count / 1e6)));
    }

    private static String licence(KnownNetwork network) {
        String licence = network.licence().orElse("unknown");
        return licence.equals("unknown")
                ? text("licence.unknown")
                : network.entry()
                        .flatMap(CatalogEntry::licenceSource)
                        .map(source -> licence + " (" + source + ")")
                        .orElse(licence);
    }

    /** An address, or a path, goes on in the next line behind one of its parts, not within a word. */
    private static String breakable(String address) {
        return address.replaceAll("[/\\\\]+(?=.)", "$0\u200b");
    }

    private static void fact(GridPane facts, String key, String value) {
        Label name = new Label(text("fact." + key));
        name.getStyleClass().add("muted");
        name.setMinWidth(USE_PREF_SIZE);
        GridPane.setValignment(name, javafx.geometry.VPos.TOP);
        Label says = Parts.wrapped(breakable(value));
        GridPane.setHgrow(says, Priority.ALWAYS);
        facts.addRow(facts.getRowCount(), name, says);
    }

    private FlowPane buttons(KnownNetwork network) {
        FlowPane out = new FlowPane(8, 8);
        if (network.network().isPresent()) {
            Path file = network.network().get();
            out.getChildren().add(button("use", "primary", () -> use.accept(file)));
            if (network.state() == KnownNetwork.State.INSTALLED) {
                out.getChildren().add(button("remove", "flat", model::remove));
            }
        } else {
            Button fetch = button("fetch", "primary", model::fetch);
            if (!model.isAccepted(network)) {
                fetch.setText(Numbers.message(text("accept"), network.licence().orElse("")));
            }
            fetch.disableProperty().bind(model.busyProperty());
            out.getChildren().add(fetch);
        }
        return out;
    }

    private Button button(String key, String style, Runnable action) {
        Button out = new Button(text(key));
        out.setId("catalog-" + key);
        out.getStyleClass().add(style);
        out.setMinWidth(USE_PREF_SIZE);
        out.setOnAction(event -> action.run());
        return out;
    }

    /** What is not in the catalog. */
    private HBox elsewhere() {
        TextField address = new TextField();
        address.setId("catalog-address");
        address.setPromptText(text("address.prompt"));
        Label says = new Label(text("address"));
        says.setLabelFor(address);
        says.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(address, Priority.ALWAYS);
        Button fetch = button("fetch", "small", () -> model.fetch(address.getText()));
        fetch.setId("catalog-fetch-address");
        fetch.disableProperty()
                .bind(model.busyProperty()
                        .or(Bindings.createBooleanBinding(
                                () -> address.getText().isBlank(), address.textProperty())));
        address.setOnAction(event -> model.fetch(address.getText()));
        HBox out = new HBox(8, says, address, fetch);
        out.setAlignment(Pos.CENTER_LEFT);
        out.visibleProperty().bind(model.busyProperty().not());
        return out;
    }

    private HBox progress() {
        ProgressBar bar = new ProgressBar();
        bar.setPrefWidth(160);
        Label stage = new Label();
        stage.setMinWidth(0);
        HBox.setHgrow(stage, Priority.ALWAYS);
        stage.setMaxWidth(Double.MAX_VALUE);
        Button cancel = button("cancel", "small", model::cancel);
        HBox out = new HBox(12, bar, stage, cancel);
        out.setAlignment(Pos.CENTER_LEFT);
        out.visibleProperty().bind(model.busyProperty());
        Consumer<Job> follow = job -> {
            bar.progressProperty().unbind();
            stage.textProperty().unbind();
            if (job != null) {
                bar.progressProperty().bind(job.progressProperty());
                stage.textProperty().bind(job.stageProperty());
            }
        };
        model.fetchingProperty().addListener((property, old, now) -> follow.accept(now));
        follow.accept(model.fetchingProperty().get());
        return out;
    }

    private static Label said(ReadOnlyStringProperty words, String style) {
        Label out = Parts.wrapped("", style);
        out.textProperty().bind(words);
        out.visibleProperty().bind(words.isNotEmpty());
        out.managedProperty().bind(out.visibleProperty());
        out.setId("catalog-" + style);
        return out;
    }

    private static String text(String key) {
        return CatalogViewModel.TEXTS.getString(key.toLowerCase(Locale.ROOT));
    }
}
