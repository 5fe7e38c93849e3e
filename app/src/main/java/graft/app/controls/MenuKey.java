package graft.app.controls;

import java.util.Set;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.PickResult;

/**
 * The menu of what is chosen by the keyboard, wherever the mouse has one: the Menu key, or Shift+F10. On some systems JavaFX itself
 * asks for none.
 */
public final class MenuKey {
    private static final KeyCombination SHIFT_F10 = new KeyCodeCombination(KeyCode.F10, KeyCombination.SHIFT_DOWN);
    private static final Set<PseudoClass> CHOSEN =
            Set.of(PseudoClass.getPseudoClass("lead"), PseudoClass.getPseudoClass("selected"));

    private MenuKey() {}

    public static void addTo(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            boolean asked = event.getCode() == KeyCode.CONTEXT_MENU || SHIFT_F10.match(event);
            if (asked && scene.getFocusOwner() != null) {
                ask(chosen(scene.getFocusOwner()));
                event.consume();
            }
        });
    }

    /** The row or picture that is chosen in a list has a menu of its own; else the list has. */
    private static Node chosen(Node owner) {
        return owner.lookupAll(".cell, .picture-cell").stream()
                .filter(Node::isVisible)
                .filter(cell -> cell.getPseudoClassStates().stream().anyMatch(CHOSEN::contains))
                .findFirst()
                .orElse(owner);
    }

    private static void ask(Node node) {
        Bounds inside = node.getLayoutBounds();
        Point2D at = new Point2D(
                inside.getMinX() + Math.min(24, inside.getWidth() / 2),
                inside.getMinY() + Math.min(inside.getHeight() - 2, 24));
        Point2D onScreen = node.localToScreen(at);
        if (onScreen == null) {
            return; // not shown on a screen
        }
        Event.fireEvent(
                node,
                new ContextMenuEvent(
                        ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                        at.getX(),
                        at.getY(),
                        onScreen.getX(),
                        onScreen.getY(),
                        true,
                        new PickResult(node, at.getX(), at.getY())));
    }
}
