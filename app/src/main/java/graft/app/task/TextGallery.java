package graft.app.task;

import graft.app.controls.TextScale;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Texts as rows: what each is called, and how it begins. All rows have the same height, so that it is known without a look at each
 * of many thousands where one lies.
 */
final class TextGallery implements Gallery {
    /** Characters of a text that a row shows; the rest is shown where the text is shown large. */
    private static final int MOST = 300;

    /** Of a row, in pixels, where texts are as large as usual: a name, two lines, and what is left free around them. */
    private static final double HEIGHT = 66;

    /** Characters of a text that are shown while the mouse rests on it. */
    private static final int MOST_RESTING = 1500;

    private static final double RESTING_WIDTH = 560;

    private final ListView<Shown> rows = new ListView<>();
    private final Label measure = new Label();
    private final StackPane place = new StackPane(rows, measure);
    private final ContextMenu menu = new ContextMenu();
    /** One for all rows. */
    private final Tooltip whole = new Tooltip();

    TextGallery() {
        measure.setManaged(false);
        measure.setVisible(false);
        rows.fixedCellSizeProperty().bind(TextScale.of(measure).multiply(HEIGHT));
        whole.setWrapText(true);
        whole.setMaxWidth(RESTING_WIDTH);
        rows.getStyleClass().addAll("words-list", "text-rows");
        rows.setCellFactory(list -> new Row());
        rows.setMinSize(0, 0);
        place.setMinSize(0, 0);
    }

    @Override
    public Region node() {
        return place;
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

    private final class Row extends ListCell<Shown> {
        private final Label name = new Label();
        private final Label words = new Label();
        private final VBox both = new VBox(2, name, words);

        private Row() {
            name.getStyleClass().addAll("text-small", "text-muted");
            name.setMinHeight(Region.USE_PREF_SIZE);
            words.getStyleClass().add("words");
            words.setWrapText(true);
            words.setMinHeight(0);
            words.setAlignment(Pos.TOP_LEFT);
            words.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            VBox.setVgrow(words, Priority.ALWAYS);
            setAlignment(Pos.TOP_LEFT);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            setPrefWidth(0); // as wide as the list, and no wider
            setOnMouseEntered(
                    event -> whole.setText(isEmpty() ? "" : beginning(getItem().words(), MOST_RESTING)));
        }

        @Override
        protected void updateItem(Shown example, boolean empty) {
            super.updateItem(example, empty);
            if (empty || example == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            name.setText(example.name());
            words.setText(beginning(example.words()));
            setAccessibleText(example.name() + ". " + words.getText());
            setGraphic(both);
            setTooltip(whole);
        }
    }

    /** In one line, cut between letters and not inside of one. */
    static String beginning(String text) {
        return beginning(text, MOST);
    }

    private static String beginning(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most)) + " …";
    }
}
