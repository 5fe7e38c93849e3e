package graft.app.controls;

import java.util.List;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;

/** Arrows choose among the buttons of a group as a click does: JavaFX would select the next one, and do nothing of what it is for. */
public final class ArrowKeys {
    private ArrowKeys() {}

    /** Of the buttons that are in the group now. */
    public static void choose(ToggleGroup group) {
        List<ToggleButton> buttons =
                group.getToggles().stream().map(ToggleButton.class::cast).toList();
        buttons.forEach(
                button -> button.addEventFilter(KeyEvent.KEY_PRESSED, event -> pressed(event, button, buttons)));
    }

    private static void pressed(KeyEvent event, ToggleButton from, List<ToggleButton> buttons) {
        int step =
                switch (event.getCode()) {
                    case LEFT, UP, KP_LEFT, KP_UP -> -1;
                    case RIGHT, DOWN, KP_RIGHT, KP_DOWN -> 1;
                    default -> 0;
                };
        if (step == 0) {
            return;
        }
        event.consume();
        for (int to = buttons.indexOf(from) + step; to >= 0 && to < buttons.size(); to += step) {
            ToggleButton next = buttons.get(to);
            if (!next.isDisabled() && next.isVisible()) {
                next.requestFocus();
                next.fire();
                return;
            }
        }
    }
}
