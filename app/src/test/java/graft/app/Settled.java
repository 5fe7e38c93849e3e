package graft.app;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Clicks at a place inside of a node that a test has computed. What came before may still move the node at the next
 * layout pass, and a click would then land beside it: so the place has to stay the same over several looks first.
 */
public final class Settled {
    private static final int SECONDS = 20;
    private static final int LOOKS = 4;
    private static final long BETWEEN_MS = 50;

    private Settled() {}

    /** @param inside the place in the node's own coordinates, asked anew at each look, on the FX thread */
    public static void click(FxRobot robot, Node node, Callable<Point2D> inside) throws Exception {
        robot.clickOn(place(node, inside));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** @param inside as for {@link #click} */
    public static void doubleClick(FxRobot robot, Node node, Callable<Point2D> inside) throws Exception {
        robot.doubleClickOn(place(node, inside));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** The place on the screen, once it rests inside of the window. */
    private static Point2D place(Node node, Callable<Point2D> inside) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Point2D last = null;
        int same = 0;
        while (System.nanoTime() < end) {
            Point2D now = WaitForAsyncUtils.asyncFx(() -> {
                        node.getScene().getRoot().applyCss();
                        node.getScene().getRoot().layout();
                        return node.localToScreen(inside.call());
                    })
                    .get();
            same = now != null && now.equals(last) ? same + 1 : 0;
            if (same == LOOKS) {
                return now;
            }
            last = now;
            Thread.sleep(BETWEEN_MS);
        }
        throw new TimeoutException(node + " moves about for more than " + SECONDS + " s: last at " + last);
    }
}
