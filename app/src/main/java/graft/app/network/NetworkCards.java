package graft.app.network;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/** The networks that are here already, as a menu and as cards of the empty screen. */
final class NetworkCards {
    private static final double TEXT_WIDTH = 220;

    private NetworkCards() {}

    static void show(
            List<NetworkCard> cards,
            MenuButton menu,
            Pane pane,
            Consumer<NetworkCard> open,
            Runnable choose,
            Runnable browse) {
        for (NetworkCard card : cards) {
            MenuItem item = new MenuItem(card.name());
            item.setOnAction(event -> open.accept(card));
            menu.getItems().add(item);
            pane.getChildren().add(button(card, open));
        }
        MenuItem file = new MenuItem(Texts.of("network.open"));
        file.setId("openNetwork");
        file.setAccelerator(new KeyCodeCombination(KeyCode.O, KeyCombination.SHORTCUT_DOWN));
        file.setOnAction(event -> choose.run());
        MenuItem all = new MenuItem(Texts.of("network.browse"));
        all.setId("browseNetworks");
        all.setOnAction(event -> browse.run());
        menu.getItems().addAll(new SeparatorMenuItem(), all, file);
        Button other = new Button(Texts.of("network.open"));
        other.setId("openFile");
        other.setTooltip(new Tooltip(Texts.of("network.open.tip")));
        other.setOnAction(event -> choose.run());
        Button known = new Button(Texts.of("network.browse"));
        known.setId("browse");
        known.setTooltip(new Tooltip(Texts.of("network.browse.tip")));
        known.setOnAction(event -> browse.run());
        pane.getChildren().addAll(known, other);
    }

    private static Button button(NetworkCard card, Consumer<NetworkCard> open) {
        Label name = new Label(card.name());
        name.getStyleClass().add("card-name");
        // A wrapped label in a button asks for the height of one word a line.
        Text description = new Text(card.description());
        description.setWrappingWidth(TEXT_WIDTH);
        description.getStyleClass().add("card-description");
        Button button = new Button();
        button.setGraphic(new VBox(4, name, description));
        button.setAccessibleText(card.name() + ". " + card.description());
        button.getStyleClass().addAll("choice-card", "network-card");
        button.setId("card-" + card.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
        button.setOnAction(event -> open.accept(card));
        return button;
    }
}
