package graft.app.controls;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.animation.AnimationTimer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.GridCell;
import org.controlsfx.control.GridView;

/** Small pictures of files; only those in sight are loaded. */
public final class PictureGrid extends StackPane {
    /** Side of the square that a picture is fitted into, in pixels. */
    public static final int SIZE = 96;

    private static final double CAPTION = 20;
    /** So many cells are made for one pulse; more at once would hold up the window. */
    private static final int AT_ONCE = 4;
    /** More than a screen has room for: the cells of the rest are made when it is scrolled to. */
    private static final int IN_SIGHT = 400;

    /** Gives the picture of a file at once or later; null until then. Called on the FX thread. */
    public interface Loader {
        ObservableValue<Image> load(Path file);
    }

    private final GridView<Path> grid = new GridView<>();
    private final Label measure = new Label();
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
        grid.setHorizontalCellSpacing(6);
        grid.setVerticalCellSpacing(6);
        grid.setCellFactory(view -> new Cell());
        setMinSize(0, 0);
        getChildren().addAll(grid, measure);
    }

    /** A caption is as high as texts are. */
    private void grow() {
        grid.setCellHeight(SIZE + CAPTION * TextScale.of(measure).get());
    }

    public void show(List<Path> files) {
        this.files = List.copyOf(files);
        grid.getItems().clear();
        filling.start();
    }

    private void showMore() {
        int there = grid.getItems().size();
        int next = there < IN_SIGHT ? Math.min(files.size(), there + AT_ONCE) : files.size();
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
                List<MenuItem> items = getItem() == null ? List.of() : actions.apply(getItem());
                menu.getItems().setAll(items);
                if (!items.isEmpty()) {
                    menu.show(this, event.getScreenX(), event.getScreenY());
                }
            });
            setOnMouseEntered(event -> path.setText(String.valueOf(getItem())));
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
