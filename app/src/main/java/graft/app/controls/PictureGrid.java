package graft.app.controls;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.animation.AnimationTimer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.GridCell;
import org.controlsfx.control.GridView;

/** Small pictures of files; only those in sight are loaded. */
public final class PictureGrid extends StackPane {
    /** Side of the square that a picture is fitted into, in pixels. */
    public static final int SIZE = 96;

    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final double CAPTION = 20;
    /** Around each cell. */
    private static final double GAP = 6;
    /** Of the scroll bar, with what the grid leaves free beside it. */
    private static final double BAR = 18;
    /** So many cells are made for one pulse; more at once would hold up the window. */
    private static final int AT_ONCE = 4;
    /** More than a screen has room for: the cells of the rest are made when it is scrolled to. */
    private static final int IN_SIGHT = 400;

    /** Of those that only make the scroll bar longer: tens of thousands at once would hold up the window too. */
    private static final int ROWS_AT_ONCE = 1000;

    /** Gives the picture of a file at once or later; null until then. Called on the FX thread. */
    public interface Loader {
        ObservableValue<Image> load(Path file);
    }

    private final GridView<Path> grid = new GridView<>();
    private final Label measure = new Label();
    /** Of the keyboard; -1 = none. */
    private final IntegerProperty chosen = new SimpleIntegerProperty(-1);

    private final Loader loader;
    /** One for all cells: making one takes longer than all else that a cell does. */
    private final Tooltip path = new Tooltip();

    private List<Path> files = List.of();
    private final AnimationTimer filling = new AnimationTimer() {
        @Override
        public void handle(long now) {
            showMore();
        }
    };
    private Consumer<Path> onOpen = file -> {};
    private Function<Path, List<MenuItem>> actions = file -> List.of();
    private final ContextMenu menu = new ContextMenu();

    public PictureGrid(Loader loader) {
        this.loader = loader;
        grid.setCellWidth(SIZE);
        grow();
        measure.setManaged(false);
        measure.setVisible(false);
        measure.fontProperty().addListener((property, old, font) -> grow());
        grid.setHorizontalCellSpacing(GAP);
        grid.setVerticalCellSpacing(GAP);
        grid.setCellFactory(view -> new Cell());
        grid.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        grid.setOnContextMenuRequested(event -> {
            if (event.isKeyboardTrigger() && chosenFile() != null) {
                showMenu(chosenFile(), this, event.getScreenX(), event.getScreenY());
            }
        });
        setMinSize(0, 0);
        getChildren().addAll(grid, measure);
    }

    /** Arrows go from picture to picture, Enter is a click. */
    private void pressed(KeyEvent event) {
        int step =
                switch (event.getCode()) {
                    case LEFT -> -1;
                    case RIGHT -> 1;
                    case UP -> -columns();
                    case DOWN -> columns();
                    default -> 0;
                };
        boolean opens = event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE;
        if (step == 0 && !opens || files.isEmpty()) {
            return;
        }
        event.consume();
        if (opens) {
            if (chosenFile() != null) {
                onOpen.accept(chosenFile());
            }
            return;
        }
        int to = chosen.get() < 0 ? 0 : chosen.get() + step;
        if (to >= 0 && to < grid.getItems().size()) {
            chosen.set(to);
            if (grid.lookup(".virtual-flow") instanceof VirtualFlow<?> rows) {
                rows.scrollTo(to / columns());
            }
        }
    }

    private int columns() {
        return Math.max(1, (int) ((grid.getWidth() - BAR) / (SIZE + 2 * GAP)));
    }

    private Path chosenFile() {
        return chosen.get() >= 0 && chosen.get() < grid.getItems().size()
                ? grid.getItems().get(chosen.get())
                : null;
    }

    private void showMenu(Path file, Node over, double x, double y) {
        List<MenuItem> items = file == null ? List.of() : actions.apply(file);
        menu.getItems().setAll(items);
        if (!items.isEmpty()) {
            menu.show(over, x, y);
        }
    }

    /** A caption is as high as texts are. */
    private void grow() {
        grid.setCellHeight(SIZE + CAPTION * TextScale.of(measure).get());
    }

    public void show(List<Path> files) {
        this.files = List.copyOf(files);
        grid.getItems().clear();
        chosen.set(-1);
        filling.start();
    }

    private void showMore() {
        int there = grid.getItems().size();
        int next = Math.min(files.size(), there + (there < IN_SIGHT ? AT_ONCE : ROWS_AT_ONCE));
        grid.getItems().addAll(files.subList(there, next));
        if (next == files.size()) {
            filling.stop();
        }
    }

    /** Called with a picture when it is clicked. */
    public void setOnOpen(Consumer<Path> action) {
        onOpen = action;
    }

    /** What can be done with a picture, as its context menu; none where the list is empty. */
    public void setActions(Function<Path, List<MenuItem>> given) {
        actions = given;
    }

    public List<Path> files() {
        return files;
    }

    /** Its own text is the caption and its graphic the picture: every node more is styled and laid out for each cell. */
    private final class Cell extends GridCell<Path> {
        private final ImageView picture = new ImageView();

        private Cell() {
            picture.setFitWidth(SIZE);
            picture.setFitHeight(SIZE);
            picture.setPreserveRatio(true);
            setGraphic(picture);
            setContentDisplay(ContentDisplay.TOP);
            setGraphicTextGap(2);
            setAlignment(Pos.BOTTOM_CENTER);
            setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            getStyleClass().addAll("text-small", "picture-cell");
            setAccessibleRole(AccessibleRole.IMAGE_VIEW);
            setOnMouseClicked(event -> {
                if (getItem() != null && event.getButton() == MouseButton.PRIMARY) {
                    onOpen.accept(getItem());
                }
            });
            setOnContextMenuRequested(event -> {
                showMenu(getItem(), this, event.getScreenX(), event.getScreenY());
                event.consume();
            });
            chosen.addListener((property, old, now) -> mark());
            indexProperty().addListener((property, old, now) -> mark());
            setOnMouseEntered(event -> path.setText(String.valueOf(getItem())));
        }

        private void mark() {
            pseudoClassStateChanged(CHOSEN, getIndex() >= 0 && getIndex() == chosen.get());
        }

        @Override
        protected void updateItem(Path file, boolean empty) {
            super.updateItem(file, empty);
            picture.imageProperty().unbind();
            if (empty || file == null) {
                picture.setImage(null);
                setText(null);
                setTooltip(null);
                return;
            }
            picture.imageProperty().bind(loader.load(file));
            setText(file.getFileName().toString());
            setAccessibleText(getText());
            setTooltip(path);
        }
    }
}
