package graft.app.controls;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;

/**
 * Small pictures of files, of which only those in sight are loaded: a list of rows that all have the same height, so that fifty
 * thousand scroll as fifty do.
 */
public final class PictureGrid extends StackPane {
    /** Side of the square that a picture is fitted into, in pixels. */
    public static final int SIZE = 96;

    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");
    private static final KeyCombination ALL = new KeyCodeCombination(KeyCode.A, KeyCombination.SHORTCUT_DOWN);
    private static final double CAPTION = 20;
    /** Around each cell. */
    static final double GAP = 6;
    /** Of the scroll bar, with what the grid leaves free beside it. */
    private static final double BAR = 18;

    /** Gives the picture of a file at once or later; null until then. Called on the FX thread. */
    public interface Loader {
        ObservableValue<Image> load(Path file);
    }

    private final ListView<Integer> rows = new ListView<>();
    private final Label measure = new Label();
    private final ObjectProperty<IntFunction<String>> notes = new SimpleObjectProperty<>(place -> "");
    private final ChosenPlaces chosen = new ChosenPlaces();

    private final Loader loader;
    /** One for all cells: making one takes longer than all else that a cell does. */
    private final Tooltip path = new Tooltip();

    private final PictureRow.Filling filling = new PictureRow.Filling();
    private List<Path> files = List.of();
    private int columns = 1;
    private IntConsumer onOpen = index -> {};
    /** What can be done with those that are chosen; where nothing can, one at a time is chosen. */
    private Function<List<Integer>, List<MenuItem>> actions;

    private Consumer<List<Integer>> onDelete = places -> {};
    private final ContextMenu menu = new ContextMenu();

    public PictureGrid(Loader loader) {
        this.loader = loader;
        grow();
        measure.setManaged(false);
        measure.setVisible(false);
        measure.fontProperty().addListener((property, old, font) -> grow());
        rows.getStyleClass().add("picture-rows");
        rows.setCellFactory(list -> new PictureRow(this));
        rows.widthProperty().addListener((property, old, width) -> fit());
        rows.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        rows.setOnContextMenuRequested(event -> {
            if (event.isKeyboardTrigger() && isThere(lead())) {
                showMenu(lead(), this, event.getScreenX(), event.getScreenY());
            }
        });
        chosen.placesProperty().addListener((property, old, now) -> tell());
        chosen.leadProperty().addListener((property, old, now) -> tell());
        setMinSize(0, 0);
        getChildren().addAll(rows, measure);
    }

    private int lead() {
        return chosen.leadProperty().get();
    }

    /** What a reader for the blind says. */
    private void tell() {
        rows.setAccessibleText(
                isThere(lead()) ? said(lead(), chosen.placesProperty().get().size()) : null);
        rows.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }

    private String said(int index, int count) {
        String name = files.get(index).getFileName().toString();
        if (actions == null) {
            return name;
        }
        String all = Numbers.message(TEXTS.getString("chosen.count"), Counts.exact(count));
        return chosen.contains(index)
                ? withChosen(name) + ", " + all
                : name + ", " + TEXTS.getString("chosen.not") + ", " + all;
    }

    static String withChosen(String name) {
        return name + ", " + TEXTS.getString("chosen.this");
    }

    private boolean isThere(int index) {
        return index >= 0 && index < files.size();
    }

    /** Arrows go from picture to picture, with Shift they choose all on their way; Enter is a click. */
    private void pressed(KeyEvent event) {
        if (actions != null && pressedForAll(event)) {
            event.consume();
            return;
        }
        int from = lead();
        int page = columns * Math.max(1, (int) (rows.getHeight() / rows.getFixedCellSize()));
        int last = files.size() - 1;
        int to =
                switch (event.getCode()) {
                    case LEFT -> from - 1;
                    case RIGHT -> from + 1;
                    case UP -> from - columns;
                    case DOWN -> from + columns;
                    case PAGE_UP -> Math.max(0, from - page);
                    case PAGE_DOWN -> Math.min(last, from + page);
                    case HOME -> 0;
                    case END -> last;
                    default -> from;
                };
        boolean opens = event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE;
        if (to == from && !opens || files.isEmpty()) {
            return;
        }
        event.consume();
        if (!opens) {
            choose(from < 0 ? 0 : to, event.isShiftDown());
        } else if (isThere(from)) {
            chosen.only(from);
            onOpen.accept(from);
        }
    }

    /** @return whether the key is one for all that are chosen */
    private boolean pressedForAll(KeyEvent event) {
        if (ALL.match(event)) {
            chosen.all();
            return true;
        }
        if (event.getCode() == KeyCode.SPACE && event.isShortcutDown() && isThere(lead())) {
            chosen.toggle(lead());
            return true;
        }
        if (event.getCode() == KeyCode.DELETE || event.getCode() == KeyCode.BACK_SPACE) {
            List<Integer> places = chosen.placesProperty().get();
            if (!places.isEmpty()) {
                onDelete.accept(places);
            }
            return true;
        }
        return false;
    }

    private void choose(int index, boolean stretch) {
        if (isThere(index)) {
            if (stretch && actions != null) {
                chosen.upTo(index);
            } else {
                chosen.only(index);
            }
            if (flow() instanceof VirtualFlow<?> shown) {
                shown.scrollTo(index / columns); // only as far as is needed to see it
            }
        }
    }

    /** A click alone opens a picture; with a key held, it is chosen beside others. */
    void clicked(int index, MouseEvent event) {
        rows.requestFocus();
        if (actions != null && event.isShiftDown()) {
            chosen.upTo(index);
        } else if (actions != null && event.isShortcutDown()) {
            chosen.toggle(index);
        } else {
            chosen.only(index);
            onOpen.accept(index);
        }
    }

    /** What is done is done with all that are chosen, or with the one under the mouse where it is not among them. */
    private void aim(int index) {
        if (!chosen.contains(index)) {
            chosen.only(index);
        }
    }

    /** Lets what is chosen be dragged to where something can be done with it. */
    void dragged(int index, Node from) {
        if (actions != null && isThere(index)) {
            aim(index);
            ChosenDrag.start(from, chosen.placesProperty().get().size());
        }
    }

    private Node flow() {
        return rows.lookup(".virtual-flow");
    }

    void showMenu(int index, Node over, double x, double y) {
        if (actions == null || !isThere(index)) {
            return;
        }
        aim(index);
        List<MenuItem> items = actions.apply(chosen.placesProperty().get());
        menu.getItems().setAll(items);
        if (!items.isEmpty()) {
            menu.show(over, x, y);
        }
    }

    /** A caption is as high as texts are. */
    private void grow() {
        rows.setFixedCellSize(SIZE + CAPTION * TextScale.of(measure).get() + 2 * GAP);
    }

    /** As many in a row as there is room for; what stood at the top stays there. */
    private void fit() {
        int now = Math.max(1, (int) ((rows.getWidth() - BAR) / (SIZE + 2 * GAP)));
        if (now == columns) {
            return;
        }
        int top = top();
        columns = now;
        fill();
        rows.scrollTo(top / columns);
    }

    /** The first picture in sight. */
    private int top() {
        return flow() instanceof VirtualFlow<?> flow && flow.getFirstVisibleCell() instanceof IndexedCell<?> first
                ? Math.max(0, first.getIndex()) * columns
                : 0;
    }

    private void fill() {
        rows.getItems()
                .setAll(IntStream.range(0, (files.size() + columns - 1) / columns)
                        .boxed()
                        .toList());
    }

    /** Those that were shown before stay chosen, and what was in sight stays there. */
    public void show(List<Path> shown) {
        if (shown.equals(files)) {
            return;
        }
        Set<Path> kept = chosen.placesProperty().get().stream().map(files::get).collect(Collectors.toSet());
        List<Path> before = files;
        int leading = lead();
        int top = top();
        files = List.copyOf(shown);
        Map<Path, Integer> places = new HashMap<>();
        for (int i = 0; i < files.size() && !before.isEmpty(); i++) {
            places.put(files.get(i), i);
        }
        boolean same = before.stream().anyMatch(places::containsKey);
        chosen.reset(files.size());
        if (same) {
            chosen.these(
                    kept.stream().map(places::get).filter(Objects::nonNull).toList(),
                    Math.min(leading, files.size() - 1));
        }
        fill();
        rows.scrollTo(same ? Math.min(top, Math.max(0, files.size() - 1)) / columns : 0);
    }

    /** Called with the place of a picture in the list when it is clicked. */
    public void setOnOpen(IntConsumer action) {
        onOpen = action;
    }

    /**
     * Lets several be chosen at once.
     *
     * @param given what can be done with the pictures at these places, as their context menu; none where the list is empty
     */
    public void setActions(Function<List<Integer>, List<MenuItem>> given) {
        actions = given;
    }

    /** Called with the places of those that are chosen when the key for it is pressed. */
    public void setOnDelete(Consumer<List<Integer>> action) {
        onDelete = action;
    }

    /** What is to be read in place of a picture's name, by its place; "" = the name. */
    public ObjectProperty<IntFunction<String>> notesProperty() {
        return notes;
    }

    /** Places of those that are chosen, from the first to the last. */
    public ReadOnlyObjectProperty<List<Integer>> chosenProperty() {
        return chosen.placesProperty();
    }

    public List<Path> files() {
        return files;
    }

    // --- what rows and cells ask

    int columns() {
        return columns;
    }

    ChosenPlaces chosen() {
        return chosen;
    }

    /** Whether more than one can be chosen. */
    boolean choosesMany() {
        return actions != null;
    }

    Loader loader() {
        return loader;
    }

    Tooltip path() {
        return path;
    }

    PictureRow.Filling filling() {
        return filling;
    }
}
