package graft.app.controls;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
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
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;

/**
 * Small pictures of files, of which only those in sight are loaded: a list of rows that all have the same height, so that fifty
 * thousand scroll as fifty do.
 */
public final class PictureGrid extends StackPane {
    /** Side of the square that a picture is fitted into, in pixels. */
    public static final int SIZE = 96;

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
    /** Of the keyboard; -1 = none. */
    private final IntegerProperty chosen = new SimpleIntegerProperty(-1);

    private final Loader loader;
    /** One for all cells: making one takes longer than all else that a cell does. */
    private final Tooltip path = new Tooltip();

    private final PictureRow.Filling filling = new PictureRow.Filling();
    private List<Path> files = List.of();
    private int columns = 1;
    private IntConsumer onOpen = index -> {};
    private IntFunction<List<MenuItem>> actions = index -> List.of();
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
            if (event.isKeyboardTrigger() && isThere(chosen.get())) {
                showMenu(chosen.get(), this, event.getScreenX(), event.getScreenY());
            }
        });
        chosen.addListener((property, old, now) -> {
            rows.setAccessibleText(
                    isThere(now.intValue())
                            ? files.get(now.intValue()).getFileName().toString()
                            : null);
            rows.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        });
        setMinSize(0, 0);
        getChildren().addAll(rows, measure);
    }

    private boolean isThere(int index) {
        return index >= 0 && index < files.size();
    }

    /** Arrows go from picture to picture, Enter is a click. */
    private void pressed(KeyEvent event) {
        int from = chosen.get();
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
            choose(from < 0 ? 0 : to);
        } else if (isThere(from)) {
            onOpen.accept(from);
        }
    }

    private void choose(int index) {
        if (isThere(index)) {
            chosen.set(index);
            if (flow() instanceof VirtualFlow<?> shown) {
                shown.scrollTo(index / columns); // only as far as is needed to see it
            }
        }
    }

    private Node flow() {
        return rows.lookup(".virtual-flow");
    }

    void showMenu(int index, Node over, double x, double y) {
        List<MenuItem> items = isThere(index) ? actions.apply(index) : List.of();
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
        int top = flow() instanceof VirtualFlow<?> flow && flow.getFirstVisibleCell() instanceof IndexedCell<?> first
                ? Math.max(0, first.getIndex()) * columns
                : 0;
        columns = now;
        fill();
        rows.scrollTo(top / columns);
    }

    private void fill() {
        rows.getItems()
                .setAll(IntStream.range(0, (files.size() + columns - 1) / columns)
                        .boxed()
                        .toList());
    }

    public void show(List<Path> shown) {
        files = List.copyOf(shown);
        chosen.set(-1);
        fill();
        rows.scrollTo(0);
    }

    /** Called with the place of a picture in the list when it is clicked. */
    public void setOnOpen(IntConsumer action) {
        onOpen = action;
    }

    /** What can be done with the picture at a place in the list, as its context menu; none where the list is empty. */
    public void setActions(IntFunction<List<MenuItem>> given) {
        actions = given;
    }

    public List<Path> files() {
        return files;
    }

    // --- what rows and cells ask

    int columns() {
        return columns;
    }

    IntegerProperty chosen() {
        return chosen;
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

    void open(int index) {
        onOpen.accept(index);
    }
}
