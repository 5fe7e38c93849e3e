package graft.app.data;

import graft.app.controls.ColumnRoom;
import graft.app.controls.Columns;
import graft.app.controls.Parts;
import graft.app.controls.TextScale;
import graft.app.data.SuspectsViewModel.Row;
import graft.app.task.ExampleSet;
import graft.app.task.PictureLoaders;
import graft.app.task.Portrait;
import graft.app.task.TaskView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The labels that look wrong, one after the other, each with its example and what can be done. */
final class SuspectsPane extends VBox {
    private static final double WIDTH = 480;
    private static final double PORTRAIT = 170;
    private static final double SHARE = 0.36;

    private final SuspectsViewModel model;
    private final PictureLoaders loaders;
    private final ResourceBundle texts;
    private final TableView<Row> table = new TableView<>();
    private final Label title = new Label();
    private final StackPane place = new StackPane();
    private final Map<TaskView, Portrait> portraits = new HashMap<>();

    SuspectsPane(SuspectsViewModel model, PictureLoaders loaders, ResourceBundle texts) {
        this.model = model;
        this.loaders = loaders;
        this.texts = texts;
        setId("suspects");
        setSpacing(8);
        setPrefWidth(WIDTH);
        HBox.setHgrow(this, Priority.ALWAYS);
        VBox.setVgrow(this, Priority.ALWAYS);
        getStyleClass().addAll("card", "suspects");
        getChildren().addAll(header(), says(), problem(), progress(), table(), below());
        visibleProperty().bind(model.shownProperty());
        managedProperty().bind(visibleProperty());
    }

    private HBox header() {
        title.setText(texts.getString("suspects"));
        title.getStyleClass().add("card-title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button close = small("suspects.close", () -> {
            model.cancel();
            model.shownProperty().set(false);
        });
        HBox out = new HBox(8, title, gap, close);
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }

    private Label says() {
        Label out = Parts.wrapped("");
        out.setId("suspects-says");
        out.getStyleClass().addAll("muted", "small");
        out.textProperty().bind(model.saysProperty());
        return out;
    }

    private Label problem() {
        Label out = Parts.wrapped("");
        out.getStyleClass().add("problem");
        out.textProperty().bind(model.problemProperty());
        out.visibleProperty().bind(model.problemProperty().isNotEmpty());
        out.managedProperty().bind(out.visibleProperty());
        return out;
    }

    private HBox progress() {
        ProgressBar bar = new ProgressBar();
        bar.setAccessibleText(texts.getString("suspects"));
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        HBox out = new HBox(8, bar, small("suspects.cancel", model::cancel));
        out.setAlignment(Pos.CENTER_LEFT);
        out.visibleProperty().bind(model.searchingProperty());
        out.managedProperty().bind(out.visibleProperty());
        return out;
    }

    private TableView<Row> table() {
        table.setId("suspects-table");
        table.getStyleClass().add("in-card");
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getColumns()
                .setAll(List.of(
                        example(),
                        column("suspects.label", Row::label),
                        column("suspects.suggested", Row::suggested),
                        quality()));
        table.setItems(model.rows());
        TextScale.columns(table, title);
        ColumnRoom.share(table);
        table.setAccessibleText(texts.getString("suspects"));
        table.setMinHeight(60);
        VBox.setVgrow(table, Priority.ALWAYS);
        table.visibleProperty().bind(Bindings.isNotEmpty(model.rows()));
        table.managedProperty().bind(table.visibleProperty());
        table.getSelectionModel().getSelectedIndices().addListener((ListChangeListener<Integer>) change -> show());
        model.rows().addListener((ListChangeListener<Row>) change -> {
            if (!model.rows().isEmpty() && table.getSelectionModel().isEmpty()) {
                table.getSelectionModel().selectFirst();
            }
            show();
        });
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DELETE) {
                doWith(model::leaveOut);
                event.consume();
            }
        });
        return table;
    }

    private TableColumn<Row, String> column(String key, Function<Row, String> of) {
        return Columns.text(texts.getString(key), of, 58);
    }

    /** Names repeat in the folders of classes: where the path is cut, its end is what tells one from the other. */
    private TableColumn<Row, String> example() {
        TableColumn<Row, String> out = column("suspects.example", Row::example);
        out.setMinWidth(96);
        out.setCellFactory(any -> new TableCell<>() {
            {
                setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
            }

            @Override
            protected void updateItem(String value, boolean empty) {
                super.updateItem(value, empty);
                setText(empty ? null : value);
            }
        });
        return out;
    }

    private TableColumn<Row, Double> quality() {
        TableColumn<Row, Double> out = Columns.share(texts.getString("suspects.quality"), Row::quality, 84);
        out.setMaxWidth(140);
        return out;
    }

    private HBox below() {
        place.setAlignment(Pos.TOP_LEFT);
        place.setMinSize(Region.USE_PREF_SIZE, 0);
        // In a narrow window what can be done needs the room more.
        place.prefWidthProperty().bind(Bindings.min(PORTRAIT, widthProperty().multiply(SHARE)));
        place.setPrefHeight(PORTRAIT);
        Button take = small("suspects.take", () -> doWith(model::takeSuggested));
        take.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            List<Row> chosen = table.getSelectionModel().getSelectedItems();
                            return chosen.size() == 1 && chosen.get(0) != null
                                    ? DataTexts.text(
                                            "suspects.take.one", chosen.get(0).suggested())
                                    : DataTexts.text("suspects.take", chosen.size());
                        },
                        table.getSelectionModel().getSelectedItems()));
        Button leave = small("suspects.leave", () -> doWith(model::leaveOut));
        Button trust = small("suspects.trust", () -> doWith(model::trust));
        trust.setTooltip(new Tooltip(texts.getString("suspects.trust.tip")));
        Button undo = small("undo", model::undo);
        FlowPane actions = new FlowPane(8, 8, take, leave, trust, undo);
        Label hint = Parts.wrapped("");
        hint.setText(texts.getString("suspects.hint"));
        hint.getStyleClass().addAll("muted", "small");
        VBox beside = new VBox(8, actions, hint);
        HBox.setHgrow(beside, Priority.ALWAYS);
        HBox out = new HBox(12, place, beside);
        out.setMinHeight(Region.USE_PREF_SIZE);
        out.visibleProperty().bind(table.visibleProperty());
        out.managedProperty().bind(out.visibleProperty());
        return out;
    }

    private Button small(String key, Runnable does) {
        return Parts.small(key.replace('.', '-'), texts.getString(key), does);
    }

    /** The row after the last one that goes is the next to be looked at. */
    private void doWith(Consumer<List<Row>> what) {
        List<Row> chosen = List.copyOf(table.getSelectionModel().getSelectedItems());
        if (!chosen.isEmpty()) {
            table.getSelectionModel().clearSelection();
            what.accept(chosen);
        }
    }

    private void show() {
        ExampleSet set = model.examplesProperty().getValue();
        List<Row> chosen = table.getSelectionModel().getSelectedItems();
        if (set == null || chosen.isEmpty() || chosen.get(chosen.size() - 1) == null) {
            place.getChildren().clear();
            return;
        }
        Portrait portrait =
                portraits.computeIfAbsent(set.view(), view -> view.portrait().apply(loaders));
        portrait.show(chosen.get(chosen.size() - 1).shown());
        place.getChildren().setAll(portrait.node());
    }
}
