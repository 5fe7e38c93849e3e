package graft.app.shell;

import graft.app.memory.MemoryKeeper;
import graft.app.memory.Place;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** Where the window stands: put back as it was, as far as the screens still reach there, and noted when it moves. */
final class WindowPlace {
    static final double MIN_WIDTH = 1000;
    static final double MIN_HEIGHT = 650;
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    /** Of the title bar, to get hold of. */
    private static final double GRIP = 80;

    private final Stage stage;
    private MemoryKeeper memory;

    WindowPlace(Stage stage, MemoryKeeper memory) {
        this.stage = stage;
        this.memory = memory;
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
    }

    /** Notes from now on where the window stands in the memory of another project. */
    void follow(MemoryKeeper other) {
        memory = other;
    }

    /** Called once the window is shown. */
    void putBack() {
        Place place = memory.now().place();
        if (place.isKnown() && isOnAScreen(place)) {
            stage.setX(place.x());
            stage.setY(place.y());
            enlarge(place.width(), place.height());
            stage.setMaximized(place.maximised());
        } else {
            Rectangle2D screen = Screen.getPrimary().getVisualBounds();
            double width = Math.min(WIDTH, screen.getWidth());
            double height = Math.min(HEIGHT, screen.getHeight());
            stage.setX(screen.getMinX() + (screen.getWidth() - width) / 2);
            stage.setY(screen.getMinY() + (screen.getHeight() - height) / 2);
            enlarge(width, height);
        }
        ChangeListener<Object> moved = (property, old, now) -> note();
        stage.xProperty().addListener(moved);
        stage.yProperty().addListener(moved);
        stage.widthProperty().addListener(moved);
        stage.heightProperty().addListener(moved);
        stage.maximizedProperty().addListener(moved);
    }

    private static boolean isOnAScreen(Place place) {
        return !Screen.getScreensForRectangle(place.x() + GRIP, place.y(), place.width() - 2 * GRIP, GRIP)
                .isEmpty();
    }

    /** With some window managers (Openbox is one) JavaFX shows a window as small as it may be; asked again, it obeys. */
    private void enlarge(double width, double height) {
        // The size that JavaFX believes the window has would change nothing.
        stage.setWidth(width - 1);
        stage.setHeight(height - 1);
        stage.setWidth(width);
        stage.setHeight(height);
    }

    /** A maximised window keeps the place that it goes back to. */
    private void note() {
        if (stage.isIconified()) {
            return;
        }
        Place before = memory.now().place();
        Place now = stage.isMaximized()
                ? new Place(before.x(), before.y(), before.width(), before.height(), before.isKnown())
                : new Place(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), false);
        memory.change(all -> all.with(now));
    }
}
