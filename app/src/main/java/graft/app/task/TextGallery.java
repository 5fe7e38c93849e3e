package graft.app.task;

import graft.app.controls.ChosenDrag;
import graft.app.controls.TextScale;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
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

    /** Shows how a text begins. */
    interface Words {
        Region node();

        /** @return what is shown, in words */
        String show(Shown example);
    }

    private final Supplier<Words> words;
    private final ListView<Shown> rows = new ListView<>();
    private final Label measure = new Label();
    private final StackPane place = new StackPane(rows, measure);
    private final ContextMenu menu = new ContextMenu();
    private final ReadOnlyObjectWrapper<List<Shown>> chosen = new ReadOnlyObjectWrapper<>(List.of());
    private boolean many;
    /** One for all rows. */
    private final Tooltip whole = new Tooltip();

    TextGallery() {
        this(PlainWords::new);
    }

    private TextGallery(Supplier<Words> words) {
        this.words = words;
        measure.setManaged(false);
        measure.setVisible(false);
        rows.fixedCellSizeProperty().bind(TextScale.of(measure).multiply(HEIGHT));
        whole.setWrapText(true);
        whole.setMaxWidth(RESTING_WIDTH);
        rows.getStyleClass().addAll("words-list", "text-rows");
        rows.setCellFactory(list -> new Row());
        rows.setMinSize(0, 0);
        rows.getSelectionModel().getSelectedIndices().addListener((ListChangeListener<Integer>)
                change -> chosen.set(rows.getSelectionModel().getSelectedIndices().stream()
                        .sorted()
                        .map(rows.getItems()::get)
                        .toList()));
        place.setMinSize(0, 0);
    }

    /** @param words shows the text of a row */
    static TextGallery of(Supplier<Words> words) {
        return new TextGallery(words);
    }

    @Override
    public Region node() {
        return place;
    }

    /** Those that were shown before stay chosen, and what was in sight stays there. */
    @Override
    public void show(List<Shown> examples) {
        if (examples.equals(rows.getItems())) {
            return;
        }
        Set<Shown> kept = new HashSet<>(rows.getSelectionModel().getSelectedItems());
        int top = rows.lookup(".virtual-flow") instanceof VirtualFlow<?> flow && flow.getFirstVisibleCell() != null
                ? flow.getFirstVisibleCell().getIndex()
                : 0;
        Set<Shown> before = new HashSet<>(rows.getItems());
        boolean same = examples.stream().anyMatch(before::contains);
        rows.getSelectionModel().clearSelection();
        rows.getItems().setAll(examples);
        if (same && !kept.isEmpty()) {
            int[] places = IntStream.range(0, examples.size())
                    .filter(i -> kept.contains(examples.get(i)))
                    .toArray();
            if (places.length > 0) {
                rows.getSelectionModel().selectIndices(places[0], places);
            }
        }
        rows.scrollTo(same ? Math.min(top, examples.size() - 1) : 0);
    }

    @Override
    public void setActions(Function<List<Shown>, List<MenuItem>> actions, Consumer<List<Shown>> onDelete) {
        many = true;
        rows.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        rows.setOnContextMenuRequested(event -> {
            List<MenuItem> items = chosen.get().isEmpty() ? List.of() : actions.apply(chosen.get());
            menu.getItems().setAll(items);
            if (!items.isEmpty()) {
                menu.show(rows, event.getScreenX(), event.getScreenY());
            }
        });
        rows.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if ((event.getCode() == KeyCode.DELETE || event.getCode() == KeyCode.BACK_SPACE)
                    && !chosen.get().isEmpty()) {
                onDelete.accept(chosen.get());
                event.consume();
            }
        });
    }

    @Override
    public ObservableValue<List<Shown>> chosen() {
        return chosen.getReadOnlyProperty();
    }

    @Override
    public void setOnOpen(Consumer<Shown> action) {
        rows.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> {
            if (chosen != null) {
                action.accept(chosen);
            }
        });
    }

    private static final class PlainWords implements Words {
        private final Label words = new Label();

        private PlainWords() {
            words.getStyleClass().add("words");
            words.setWrapText(true);
            words.setMinHeight(0);
            words.setAlignment(Pos.TOP_LEFT);
            words.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        }

        @Override
        public Region node() {
            return words;
        }

        @Override
        public String show(Shown example) {
            words.setText(beginning(example.words()));
            return words.getText();
        }
    }

    private final class Row extends ListCell<Shown> {
        private final Label name = new Label();
        private final Words shown = words.get();
        private final VBox both = new VBox(2, name, shown.node());

        private Row() {
            name.getStyleClass().addAll("text-small", "text-muted");
            name.setMinHeight(Region.USE_PREF_SIZE);
            VBox.setVgrow(shown.node(), Priority.ALWAYS);
            setAlignment(Pos.TOP_LEFT);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            setPrefWidth(0); // as wide as the list, and no wider
            setOnDragDetected(event -> {
                if (many && !isEmpty()) {
                    ChosenDrag.start(this, chosen.get().size());
                    event.consume();
                }
            });
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
            name(isSelected());
            setAccessibleText(example.name() + ". " + shown.show(example));
            setGraphic(both);
            setTooltip(whole);
        }

        @Override
        public void updateSelected(boolean selected) {
            super.updateSelected(selected);
            name(selected);
        }

        /** With a tick where it is chosen: a ground alone is told from another by its colour. */
        private void name(boolean ticked) {
            if (!isEmpty() && getItem() != null) {
                name.setText(
                        ticked && many ? "✓ " + getItem().name() : getItem().name());
            }
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
