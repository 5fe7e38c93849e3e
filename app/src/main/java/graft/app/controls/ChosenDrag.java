package graft.app.controls;

import java.util.Map;
import javafx.scene.Node;
import javafx.scene.input.DataFormat;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

/** Examples that were chosen on their way to a class: no files, so that nothing outside of the window takes them. */
public final class ChosenDrag {
    private static final DataFormat CHOSEN = new DataFormat("application/x-graft-chosen-examples");

    private ChosenDrag() {}

    /** Begins at a node, while the mouse is dragged. */
    public static void start(Node from, int count) {
        if (count > 0) {
            from.startDragAndDrop(TransferMode.MOVE).setContent(Map.of(CHOSEN, count));
        }
    }

    public static boolean isOn(Dragboard board) {
        return board.hasContent(CHOSEN);
    }
}
