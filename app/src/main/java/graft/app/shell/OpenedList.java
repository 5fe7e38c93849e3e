package graft.app.shell;

import graft.app.controls.Dialogs;
import graft.app.memory.Opened;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextInputDialog;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/** What was opened in this project, a row each: a click opens it again. As high as its rows, and not there while there are none. */
final class OpenedList extends ListView<Opened> {
    private static final double MOST = 6;

    private final ResourceBundle texts;
    private final Consumer<List<Opened>> changed;

    /**
     * @param icon of each row
     * @param open what a click does
     * @param changed gets the list after a row was renamed or taken out
     */
    OpenedList(ResourceBundle texts, String icon, Consumer<Path> open, Consumer<List<Opened>> changed) {
        this.texts = texts;
        this.changed = changed;
        getStyleClass().add("side-list");
        prefHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.min(MOST, getItems().size()) * getFixedCellSize() + 2,
                        itemsProperty(),
                        getItems(),
                        fixedCellSizeProperty()));
        minHeightProperty().bind(prefHeightProperty());
        visibleProperty().bind(Bindings.isNotEmpty(getItems()));
        managedProperty().bind(visibleProperty());
        setCellFactory(list -> new Row(icon));
        setOnMouseClicked(event -> {
            if (event.getButton() == javafx.scene.input.MouseButton.PRIMARY) {
                chosen().ifPresent(open);
            }
        });
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                chosen().ifPresent(open);
            } else if (event.getCode() == KeyCode.DELETE) {
                remove(getSelectionModel().getSelectedItem());
            } else if (event.getCode() == KeyCode.F2) {
                rename(getSelectionModel().getSelectedItem());
            }
        });
    }

    private Optional<Path> chosen() {
        return Optional.ofNullable(getSelectionModel().getSelectedItem()).map(Opened::file);
    }

    /** Marks the row of what is open. */
    void follow(ObservableValue<Path> open) {
        open.addListener((property, old, file) -> mark(file));
        mark(open.getValue());
    }

    void mark(Path file) {
        getSelectionModel().clearSelection();
        getItems().stream().filter(each -> each.file().equals(file)).findFirst().ifPresent(getSelectionModel()::select);
    }

    private void remove(Opened row) {
        if (row != null) {
            changed.accept(getItems().stream().filter(each -> !each.equals(row)).toList());
        }
    }

    private void rename(Opened row) {
        if (row == null) {
            return;
        }
        TextInputDialog dialog = new TextInputDialog(row.name());
        dialog.initOwner(getScene().getWindow());
        dialog.setTitle(texts.getString("side.rename"));
        dialog.setHeaderText(null);
        dialog.setGraphic(null);
        dialog.setContentText(texts.getString("side.name"));
        Dialogs.ask(dialog)
                .filter(name -> !name.isBlank())
                .ifPresent(name -> changed.accept(getItems().stream()
                        .map(each -> each.equals(row) ? each.withName(name.strip()) : each)
                        .toList()));
    }

    private final class Row extends ListCell<Opened> {
        private final Label name = new Label();
        private final Label headline = new Label();
        private final Region space = new Region();
        private final HBox row;

        Row(String icon) {
            FontIcon sign = new FontIcon(icon);
            sign.getStyleClass().add("side-icon");
            headline.getStyleClass().addAll("muted", "small", "numeric");
            headline.setMinWidth(USE_PREF_SIZE);
            name.setMinWidth(0);
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS); // names of one origin differ at their ends
            HBox.setHgrow(space, Priority.ALWAYS);
            row = new HBox(8, sign, name, space, headline);
            row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            row.setMinWidth(0);
            setPrefWidth(0);
            MenuItem rename = new MenuItem(texts.getString("side.rename"));
            rename.setOnAction(event -> rename(getItem()));
            MenuItem remove = new MenuItem(texts.getString("side.remove"));
            remove.setOnAction(event -> remove(getItem()));
            setContextMenu(new ContextMenu(rename, remove));
        }

        @Override
        protected void updateItem(Opened item, boolean empty) {
            super.updateItem(item, empty);
            if (empty) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            name.setText(item.name());
            headline.setText(item.headline());
            setGraphic(row);
            setAccessibleText(item.name() + ", " + item.headline());
            setTooltip(new Tooltip(item.file().toString()));
        }
    }
}
