package graft.app.evaluate;

import graft.app.controls.MarkedText;
import graft.app.controls.MarkedText.Kind;
import graft.app.controls.MarkedText.Mark;
import graft.data.Span;
import graft.tags.TagEvaluation.Marked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Sentences with what is there and what was said, marked; each as high as it needs. */
final class SentenceList {
    /** Of a row's width, what its edges and a scroll bar take. */
    private static final double EDGES = 36;

    private final ListView<Marked> list = new ListView<>();

    SentenceList() {
        list.getStyleClass().addAll("words-list", "marked-rows");
        list.setCellFactory(any -> new Row());
        list.setMinSize(0, 0);
    }

    Region node() {
        return list;
    }

    void show(List<Marked> some) {
        list.getItems().setAll(some);
        list.scrollTo(0);
    }

    /** What was found, what was missed, what is not there. */
    static List<Mark> marks(Marked sentence) {
        Set<Span> gold = new HashSet<>(sentence.gold());
        List<Mark> out = new ArrayList<>();
        sentence.said().forEach(span -> out.add(mark(span, gold.contains(span) ? Kind.FOUND : Kind.INVENTED)));
        TagJudgement.missed(sentence).forEach(span -> out.add(mark(span, Kind.MISSED)));
        return out;
    }

    private static Mark mark(Span span, Kind kind) {
        return new Mark(span.start(), span.end(), kind, span.type());
    }

    private final class Row extends ListCell<Marked> {
        private final Label name = new Label();
        private final MarkedText text = new MarkedText();
        private final VBox both = new VBox(2, name, text);

        private Row() {
            name.getStyleClass().addAll("text-small", "text-muted");
            text.roomProperty().bind(list.widthProperty().subtract(EDGES));
            getStyleClass().add("wrapped-cell");
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Marked sentence, boolean empty) {
            super.updateItem(sentence, empty);
            if (empty || sentence == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            name.setText(sentence.name());
            text.show(sentence.text(), marks(sentence));
            setAccessibleText(sentence.name() + ". " + text.getAccessibleText());
            setGraphic(both);
        }
    }
}
