package graft.app.task;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;

/** A text as it is, all of it. */
final class TextPortrait implements Portrait {
    private static final double WIDTH = 230;
    private static final double HEIGHT = 120;

    private final Label words = new Label();
    private final ScrollPane scroll = new ScrollPane(words);

    TextPortrait() {
        words.setWrapText(true);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setPrefSize(WIDTH, HEIGHT);
        scroll.setMinHeight(0);
        scroll.setVisible(false);
        scroll.managedProperty().bind(scroll.visibleProperty());
    }

    @Override
    public Node node() {
        return scroll;
    }

    @Override
    public void show(Shown example) {
        words.setText(example == null ? "" : example.words());
        scroll.setVisible(example != null);
        scroll.setVvalue(0);
    }
}
