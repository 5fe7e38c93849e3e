package graft.app.network;

import graft.network.Layer;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** The keys of the Network screen, but for those that move in the graph. */
final class NetworkKeys {
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REDO =
            new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination OPEN = new KeyCodeCombination(KeyCode.O, KeyCombination.SHORTCUT_DOWN);

    private final NetworkViewModel networks;
    private final Supplier<List<Layer>> selected;
    private final Runnable open;
    private final TextField search;
    private final Node graph;

    /**
     * @param selected layers of the selected boxes
     * @param open asks for a file
     */
    NetworkKeys(
            NetworkViewModel networks, Supplier<List<Layer>> selected, Runnable open, TextField search, Node graph) {
        this.networks = networks;
        this.selected = selected;
        this.open = open;
        this.search = search;
        this.graph = graph;
    }

    void on(Node screen) {
        screen.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void pressed(KeyEvent event) {
        boolean typing = event.getTarget() instanceof TextInputControl;
        List<Layer> layers = selected.get();
        if (OPEN.match(event)) {
            open.run();
        } else if (FIND.match(event)) {
            search.requestFocus();
            search.selectAll();
        } else if (typing && event.getCode() == KeyCode.ESCAPE) {
            graph.requestFocus();
        } else if (typing) {
            return;
        } else if (REDO.match(event)) {
            networks.redo();
        } else if (UNDO.match(event)) {
            networks.undo();
        } else if (event.getCode() == KeyCode.L && !layers.isEmpty() && !event.isShortcutDown()) {
            if (event.isShiftDown()) {
                networks.padlocks().freezeUpTo(layers.get(layers.size() - 1));
            } else {
                networks.padlocks().toggle(layers);
            }
        } else {
            return;
        }
        event.consume();
    }
}
