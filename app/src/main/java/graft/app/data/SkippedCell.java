package graft.app.data;

import graft.app.jobs.WindowWords;
import graft.data.Skipped;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;

/** A file that was left out, with the reason. */
final class SkippedCell extends ListCell<Skipped> {
    SkippedCell() {
        setWrapText(true);
        getStyleClass().add("wrapped-cell");
        setPrefWidth(0); // as wide as the list, so that the reason is wrapped instead of cut off
    }

    @Override
    protected void updateItem(Skipped file, boolean empty) {
        super.updateItem(file, empty);
        setText(empty ? null : file.file().getFileName() + ": " + WindowWords.of(file.reason()));
        setTooltip(null);
        // Made when it is wanted: one takes longer to make than the whole cell.
        setOnMouseEntered(
                empty ? null : event -> setTooltip(new Tooltip(file.file().toString())));
    }
}
