package graft.app.controls;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/** What cards are put together from. */
public final class Parts {
    private Parts() {}

    /** A small button, as wide as its words. */
    public static Button small(String id, String words, Runnable does) {
        Button out = new Button(words);
        out.setId(id);
        out.getStyleClass().add("small");
        out.setMinWidth(Region.USE_PREF_SIZE);
        out.setOnAction(event -> does.run());
        return out;
    }

    /** Words that take as many lines as they need. */
    public static Label wrapped(String words, String... styles) {
        Label out = new Label(words);
        out.getStyleClass().addAll(styles);
        out.setWrapText(true);
        out.setMaxWidth(Double.MAX_VALUE);
        out.setMinHeight(Region.USE_PREF_SIZE);
        return out;
    }

    /** What is not seen takes no room. */
    public static void shownIf(Node node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }
}
