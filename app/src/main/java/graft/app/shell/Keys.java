package graft.app.shell;

import graft.app.controls.MenuKey;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** The shortcuts of the window as a whole; those of a screen are its own. */
final class Keys {
    private Keys() {}

    static void addTo(
            Scene scene, Consumer<Step> show, Runnable home, Runnable settings, Runnable panel, Runnable sheet) {
        for (Step step : Step.values()) {
            KeyCode digit = KeyCode.getKeyCode(Integer.toString(step.number()));
            put(scene, digit, () -> show.accept(step));
        }
        put(scene, KeyCode.DIGIT0, home);
        put(scene, KeyCode.COMMA, settings);
        put(scene, KeyCode.J, panel);
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F1), sheet);
        MenuKey.addTo(scene);
    }

    private static void put(Scene scene, KeyCode key, Runnable action) {
        scene.getAccelerators().put(new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN), action);
    }
}
