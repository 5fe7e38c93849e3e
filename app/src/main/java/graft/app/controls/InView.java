package graft.app.controls;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/** Scrolls no further than is needed for something to be seen. */
public final class InView {
    private InView() {}

    /** @param node somewhere in the content of the pane */
    public static void show(ScrollPane pane, Node node) {
        double all = pane.getContent().getLayoutBounds().getHeight();
        double seen = pane.getViewportBounds().getHeight();
        if (seen <= 0 || all <= seen) {
            return;
        }
        Bounds place = pane.getContent().sceneToLocal(node.localToScene(node.getLayoutBounds()));
        double top = pane.getVvalue() * (all - seen);
        double wanted = Math.min(place.getMinY(), Math.max(top, place.getMaxY() - seen));
        pane.setVvalue(wanted / (all - seen));
    }
}
