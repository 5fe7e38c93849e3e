package graft.app.task;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/** Texts as rows: what each is called, and how it begins. */
final class TextGallery implements Gallery {
    /** Characters of a text that a row shows; the rest is shown where the text is shown large. */
    private static final int MOST = 300;

    /** Left and right of a row, with the scroll bar. */
    private static final double MARGIN = 34;

    private final ListView<Shown> rows = new ListView<>();
    private final ContextMenu menu = new ContextMenu();

    TextGallery() {
        rows.getStyleClass().addAll("words-list", "text-rows");
        rows.setCellFactory(list -> new Row(list));
        rows.setMinSize(0, 0);
    }

    @Override
    public Region node() {
        return rows;
    }

    @Override
    public void show(List<Shown> examples) {
        rows.getSelectionModel().clearSelection();
        rows.getItems().setAll(examples);
        rows.scrollTo(0);
    }

    @Override
    public void setActions(Function<Shown, List<MenuItem>> actions) {
        rows.setOnContextMenuRequested(event -> {
            Shown chosen = rows.getSelectionModel().getSelectedItem();
            List<MenuItem> items = chosen == null ? List.of() : actions.apply(chosen);
            menu.getItems().setAll(items);
            if (!items.isEmpty()) {
                menu.show(rows, event.getScreenX(), event.getScreenY());
            }
        });
    }

    @Override
    public void setOnOpen(Consumer<Shown> action) {
        rows.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> {
            if (chosen != null) {
                action.accept(chosen);
            }
        });
    }

    private static final class Row extends ListCell<Shown> {
        private final Label name = new Label();
        private final Text words = new Text();
        private final VBox both = new VBox(2, name, words);

        private Row(ListView<Shown> list) {
            name.getStyleClass().addAll("text-small", "text-muted");
            words.getStyleClass().add("words");
            words.wrappingWidthProperty().bind(list.widthProperty().subtract(MARGIN));
            setPrefWidth(0); // as wide as the list, and no wider
        }

        @Override
        protected void updateItem(Shown example, boolean empty) {
            super.updateItem(example, empty);
            if (empty || example == null) {
                setGraphic(null);
                return;
            }
            name.setText(example.name());
            words.setText(beginning(example.words()));
            setAccessibleText(example.name() + ". " + words.getText());
            setGraphic(both);
        }
    }

    /** In one line, cut between letters and not inside of one. */
    static String beginning(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= MOST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MOST)) + " …";
    }
}
