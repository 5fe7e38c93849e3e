package graft.app.data;

import graft.data.Skipped;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;

/** A file that was left out, with the reason. */
final class SkippedCell extends ListCell<Skipped> {
    @Override
    protected void updateItem(Skipped file, boolean empty) {
        super.updateItem(file, empty);
        setText(empty ? null : file.file().getFileName() + ": " + file.reason());
        setTooltip(empty ? null : new Tooltip(file.file().toString()));
    }
}
