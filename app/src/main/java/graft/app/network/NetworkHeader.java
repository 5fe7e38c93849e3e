package graft.app.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Pane;

/** The network's name, what was understood of it in a few words, and what was done to it. */
final class NetworkHeader {
    /** From this width on there is room for what was understood of the network. */
    private static final double ROOM_FOR_CHIPS = 1080;
    /** Pixels of the title's font while texts are as usual. */
    private static final double TITLE = 20;

    private final NetworkViewModel networks;
    private final Pane header;
    private final Label title;
    private final Pane chips;
    private final MenuButton historyMenu;
    private final Button undo;
    private final Button redo;

    NetworkHeader(
            NetworkViewModel networks,
            Pane header,
            Label title,
            Pane chips,
            MenuButton historyMenu,
            Button undo,
            Button redo) {
        this.networks = networks;
        this.header = header;
        this.title = title;
        this.chips = chips;
        this.historyMenu = historyMenu;
        this.undo = undo;
        this.redo = redo;
    }

    void show() {
        title.textProperty().bind(networks.nameProperty());
        undo.disableProperty().bind(networks.undoableProperty().not());
        redo.disableProperty().bind(networks.redoableProperty().not());
        chips.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> header.getWidth()
                                        > ROOM_FOR_CHIPS * title.getFont().getSize() / TITLE
                                && networks.networkProperty().get() != null,
                        header.widthProperty(),
                        title.fontProperty(),
                        networks.networkProperty()));
        chips.managedProperty().bind(chips.visibleProperty());
        networks.chips().addListener((InvalidationListener) changed -> showChips());
        showChips();
        networks.deeds().addListener((InvalidationListener) changed -> showHistory());
        networks.presentProperty().addListener((observable, before, now) -> showHistory());
        showHistory();
    }

    private void showChips() {
        chips.getChildren()
                .setAll(networks.chips().stream().map(NetworkHeader::label).toList());
    }

    private static Label label(Chip chip) {
        Label label = new Label(chip.words());
        label.getStyleClass().add("chip");
        if (chip.tone() != Chip.Tone.PLAIN) {
            label.getStyleClass().add("chip-" + chip.tone().name().toLowerCase(Locale.ROOT));
        }
        return label;
    }

    /** The newest deed on top; a click goes back to what it led to. */
    private void showHistory() {
        List<MenuItem> items = new ArrayList<>();
        for (int i = 0; i < networks.deeds().size(); i++) {
            int number = i;
            CheckMenuItem item = new CheckMenuItem(networks.deeds().get(i));
            item.setMnemonicParsing(false);
            item.setSelected(i == networks.presentProperty().get());
            item.setOnAction(event -> {
                item.setSelected(number == networks.presentProperty().get());
                networks.goTo(number);
            });
            items.add(0, item);
        }
        historyMenu.getItems().setAll(items);
    }
}
