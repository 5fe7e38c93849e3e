package graft.app.runs;

import graft.app.task.PictureLoaders;
import graft.worker.PairedRuns.Changed;
import graft.worker.PairedRuns.Paired;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A table of the examples that one of two runs alone gets right, with the one that is chosen beside it. */
final class ChangedExamplesPane extends VBox {
    private static final double SIDE = 128;
    private static final double HEIGHT = 170;

    private final PictureLoaders loaders;
    private final TableView<Changed> table = new TableView<>();
    private final ImageView picture = new ImageView();
    private final Label words = new Label();
    private final StackPane shown = new StackPane(picture, words);
    private final HBox both = new HBox(12, table, shown);

    ChangedExamplesPane(ChangedExamples model, PictureLoaders loaders) {
        super(8);
        this.loaders = loaders;
        setId("changed-examples");
        getStyleClass().add("card");
        setMinHeight(USE_PREF_SIZE);
        Label says = new Label();
        says.setId("changed-says");
        says.setWrapText(true);
        says.setMinHeight(USE_PREF_SIZE);
        says.textProperty().bind(model.saysProperty());
        table.setId("changed-table");
        table.getStyleClass().add("in-card");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        table.setFixedCellSize(32);
        table.setPrefHeight(HEIGHT);
        table.getColumns()
                .setAll(List.of(
                        column("example", Changed::name),
                        column(
                                "change",
                                each -> ChangedExamples.text(each.gained() ? "changed.gained" : "changed.lost")),
                        column("truth", Changed::truth),
                        column("first", Changed::first),
                        column("second", Changed::second)));
        HBox.setHgrow(table, Priority.ALWAYS);
        picture.setFitWidth(SIDE);
        picture.setFitHeight(SIDE);
        picture.setPreserveRatio(true);
        words.setWrapText(true);
        shown.setMinSize(SIDE, SIDE);
        shown.setPrefSize(SIDE * 1.5, SIDE);
        shown.setMaxHeight(HEIGHT);
        table.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> show(chosen));
        getChildren().addAll(says, both);
        visibleProperty().bind(model.saysProperty().isNotEmpty());
        managedProperty().bind(visibleProperty());
        model.pairedProperty().addListener((property, old, found) -> show(found));
        show(model.pairedProperty().get());
    }

    private static TableColumn<Changed, String> column(String key, Function<Changed, String> words) {
        TableColumn<Changed, String> out = new TableColumn<>(ChangedExamples.text("changed.column." + key));
        out.setCellValueFactory(cell -> new SimpleStringProperty(words.apply(cell.getValue())));
        return out;
    }

    private void show(Paired found) {
        boolean any = found != null && !found.changed().isEmpty();
        both.setVisible(any);
        both.setManaged(any);
        table.getItems().setAll(any ? found.changed() : List.of());
        if (any) {
            table.getSelectionModel().select(0);
        }
    }

    private void show(Changed chosen) {
        picture.imageProperty().unbind();
        picture.setImage(null);
        words.setText(chosen == null ? "" : chosen.words());
        if (chosen != null && chosen.words().isEmpty() && !chosen.file().isEmpty()) {
            picture.imageProperty().bind(loaders.large().apply(Path.of(chosen.file())));
        }
    }
}
