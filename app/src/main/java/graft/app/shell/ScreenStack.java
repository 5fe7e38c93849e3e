package graft.app.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.event.Event;
import javafx.event.EventHandler;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.util.Duration;

/** The screens, one upon the other, one of them seen. Each is built when it is first wanted, or when there is time. */
final class ScreenStack {
    private static final Duration TURN = Duration.millis(20);

    private final Pane pane;
    private final Map<String, Node> screens = new LinkedHashMap<>();
    private final Map<String, Supplier<Parent>> waiting = new LinkedHashMap<>();

    ScreenStack(Pane pane) {
        this.pane = pane;
    }

    void add(String name, Supplier<Parent> layout) {
        waiting.put(name, layout);
    }

    void show(String name) {
        build(name);
        screens.forEach((each, node) -> node.setVisible(each.equals(name)));
    }

    /** Shortcuts of the screen that is seen hold wherever in the window the keyboard is, but for what is typed into. */
    void passShortcuts(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.isShortcutDown() && !(event.getTarget() instanceof TextInputControl)) {
                screens.values().stream()
                        .filter(Node::isVisible)
                        .map(room -> ((ScrollPane) room).getContent())
                        .filter(screen -> !isIn(event.getTarget(), screen))
                        .findFirst()
                        .ifPresent(screen -> {
                            // It goes on from there as far as this would, to the window's own shortcuts.
                            event.consume();
                            Event.fireEvent(screen, event.copyFor(screen, screen));
                        });
            }
        });
    }

    private static boolean isIn(EventTarget target, Node screen) {
        for (Node node = target instanceof Node at ? at : null; node != null; node = node.getParent()) {
            if (node == screen) {
                return true;
            }
        }
        return false;
    }

    private void build(String name) {
        Supplier<Parent> layout = waiting.remove(name);
        if (layout == null) {
            return;
        }
        Parent node = layout.get();
        // Where the window is smaller than a screen needs, or texts are larger, the screen scrolls: nothing of it is
        // lost.
        ScrollPane room = new ScrollPane(node);
        room.setFitToWidth(true);
        room.setFitToHeight(true);
        room.setFocusTraversable(false);
        room.setMinSize(0, 0);
        room.getStyleClass().addAll("edge-to-edge", "room");
        room.setVisible(false);
        node.visibleProperty().bind(room.visibleProperty()); // what is not seen need not be drawn
        // Otherwise the pane that scrolls would take the keyboard from whatever was pressed, and no key reach the
        // screen.
        node.addEventHandler(MouseEvent.MOUSE_PRESSED, Event::consume);
        screens.put(name, room);
        pane.getChildren().add(room);
    }

    /**
     * Builds the screens that are not shown yet, one after the other, once the window can be seen. Screens hear only of what
     * changes once they are there, so whatever the user does first waits until all are.
     */
    void buildRest(Scene scene, Runnable whenAllAreThere) {
        EventHandler<InputEvent> first = event -> List.copyOf(waiting.keySet()).forEach(this::build);
        scene.addEventFilter(InputEvent.ANY, first);
        Timeline turns = new Timeline();
        turns.getKeyFrames().add(new KeyFrame(TURN, event -> {
            if (waiting.isEmpty()) {
                turns.stop();
                scene.removeEventFilter(InputEvent.ANY, first);
                whenAllAreThere.run();
            } else {
                build(waiting.keySet().iterator().next());
            }
        }));
        turns.setCycleCount(Animation.INDEFINITE);
        turns.play();
    }
}
