package graft.app.task;

import graft.app.controls.MarkedText;
import graft.app.controls.MarkedText.Kind;
import graft.app.controls.MarkedText.Mark;
import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/** A text of a gallery's row, its places marked. */
final class MarkedWords implements TextGallery.Words {
    private final MarkedText text = new MarkedText();

    MarkedWords() {
        // What has no room in a row is seen while the mouse rests on it.
        Rectangle seen = new Rectangle();
        seen.widthProperty().bind(text.widthProperty());
        seen.heightProperty().bind(text.heightProperty());
        text.setClip(seen);
        text.setMinHeight(0);
        text.setMaxHeight(Double.MAX_VALUE);
    }

    @Override
    public Region node() {
        return text;
    }

    @Override
    public String show(Shown example) {
        List<Mark> marks = example.marks().stream()
                .map(each -> new Mark(each.start(), each.end(), Kind.THERE, each.type()))
                .toList();
        text.show(example.words(), marks);
        return text.getAccessibleText();
    }
}
