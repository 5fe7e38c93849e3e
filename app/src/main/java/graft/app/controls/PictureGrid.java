package graft.app.controls;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.GridCell;
import org.controlsfx.control.GridView;

/** Small pictures of files; only those in sight are loaded. */
public final class PictureGrid extends StackPane {
    /** Side of the square that a picture is fitted into, in pixels. */
    public static final int SIZE = 96;

    private static final double CAPTION = 20;

    /** Gives the picture of a file at once or later; null until then. Called on the FX thread. */
    public interface Loader {
        ObservableValue<Image> load(Path file);
    }

    private final GridView<Path> grid = new GridView<>();
    private final Loader loader;
    private Consumer<Path> onOpen = file -> {};

    public PictureGrid(Loader loader) {
        this.loader = loader;
        grid.setCellWidth(SIZE);
        grid.setCellHeight(SIZE + CAPTION);
        grid.setHorizontalCellSpacing(6);
        grid.setVerticalCellSpacing(6);
        grid.setCellFactory(view -> new Cell());
        setMinSize(0, 0);
        getChildren().add(grid);
    }

    public void show(List<Path> files) {
        grid.getItems().setAll(files);
    }

    /** Called with a picture when it is clicked. */
    public void setOnOpen(Consumer<Path> action) {
        onOpen = action;
    }

    public List<Path> files() {
        return List.copyOf(grid.getItems());
    }

    private final class Cell extends GridCell<Path> {
        private final ImageView picture = new ImageView();
        private final Label caption = new Label();
        private final VBox box = new VBox(2, picture, caption);

        private Cell() {
            picture.setFitWidth(SIZE);
            picture.setFitHeight(SIZE);
            picture.setPreserveRatio(true);
            caption.setMaxWidth(SIZE);
            caption.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            caption.getStyleClass().add("text-small");
            box.setAlignment(Pos.BOTTOM_CENTER);
            box.setPrefSize(SIZE, SIZE + CAPTION);
            setAccessibleRole(AccessibleRole.IMAGE_VIEW);
            setOnMouseClicked(event -> {
                if (getItem() != null) {
                    onOpen.accept(getItem());
                }
            });
        }

        @Override
        protected void updateItem(Path file, boolean empty) {
            super.updateItem(file, empty);
            picture.imageProperty().unbind();
            picture.setImage(null);
            if (empty || file == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            picture.imageProperty().bind(loader.load(file));
            caption.setText(file.getFileName().toString());
            setAccessibleText(caption.getText());
            setTooltip(new Tooltip(file.toString()));
            setGraphic(box);
        }
    }
}
