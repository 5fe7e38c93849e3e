package graft.app.controls;

import java.nio.file.Path;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseButton;

/** A small picture with its name. Its own text is the caption and its graphic the picture: every node more is styled and laid out for each cell. */
final class PictureCell extends Label {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass LEAD = PseudoClass.getPseudoClass("lead");

    private final PictureGrid grid;
    private final ImageView picture = new ImageView();
    /** Of the picture in the grid; -1 = none. */
    private int index = -1;

    private Path file;

    PictureCell(PictureGrid grid) {
        this.grid = grid;
        picture.setFitWidth(PictureGrid.SIZE);
        picture.setFitHeight(PictureGrid.SIZE);
        picture.setPreserveRatio(true);
        setGraphic(picture);
        setContentDisplay(ContentDisplay.TOP);
        setGraphicTextGap(2);
        setAlignment(Pos.BOTTOM_CENTER);
        setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        setMinWidth(PictureGrid.SIZE);
        setPrefWidth(PictureGrid.SIZE);
        setMaxHeight(Double.MAX_VALUE);
        getStyleClass().addAll("text-small", "picture-cell");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setOnMouseClicked(event -> {
            if (index >= 0 && event.getButton() == MouseButton.PRIMARY) {
                grid.clicked(index, event);
            }
        });
        setOnContextMenuRequested(event -> {
            grid.showMenu(index, grid, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        setOnDragDetected(event -> {
            grid.dragged(index, this);
            event.consume();
        });
        grid.chosen().placesProperty().addListener((property, old, now) -> mark());
        grid.chosen().leadProperty().addListener((property, old, now) -> mark());
        grid.notesProperty().addListener((property, old, now) -> mark());
        setOnMouseEntered(event -> grid.path().setText(String.valueOf(file)));
        Tooltip.install(this, grid.path());
    }

    /** By a tick before the name too: a frame alone is told from another by its colour. */
    private void mark() {
        boolean chosen = grid.chosen().contains(index);
        pseudoClassStateChanged(CHOSEN, chosen);
        pseudoClassStateChanged(
                LEAD, index >= 0 && index == grid.chosen().leadProperty().get());
        if (file == null) {
            return;
        }
        String note = index < 0 || index >= grid.files().size()
                ? ""
                : grid.notesProperty().get().apply(index);
        String name = note.isEmpty() ? file.getFileName().toString() : note;
        boolean ticked = chosen && grid.choosesMany();
        setText(ticked ? "✓ " + name : name);
        setAccessibleText(ticked ? PictureGrid.withChosen(name) : name);
    }

    /** Shows the picture at a place in the grid; none for -1. */
    void show(int place) {
        Path shown = place < 0 ? null : grid.files().get(place);
        index = place;
        if (shown != null && shown.equals(file)) {
            mark();
            return;
        }
        file = shown;
        mark();
        setVisible(shown != null);
        picture.imageProperty().unbind();
        if (shown == null) {
            picture.setImage(null);
            setText(null);
            return;
        }
        picture.imageProperty().bind(grid.loader().load(shown));
    }
}
