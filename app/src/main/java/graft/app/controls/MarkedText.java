package graft.app.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.TreeSet;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** A text in which places are marked, each with a colour, a sign and a word. */
public final class MarkedText extends TextFlow {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");

    /** What a mark means. */
    public enum Kind {
        /** Somebody says that it is there. */
        THERE("mark-there", ""),
        /** There, and found. */
        FOUND("mark-found", "✓ "),
        /** There, and not found. */
        MISSED("mark-missed", "− "),
        /** Found, and not there. */
        INVENTED("mark-invented", "+ ");

        private final String style;
        private final String sign;

        Kind(String style, String sign) {
            this.style = style;
            this.sign = sign;
        }

        /** For people: "missed". */
        public String words() {
            return TEXTS.getString("mark." + name().toLowerCase(java.util.Locale.ROOT));
        }

        private Label tag(String words) {
            Label out = new Label(sign + words);
            out.getStyleClass().addAll("mark-tag", style + "-tag");
            return out;
        }

        /** The kind beside what it means, for a legend. */
        private Node legend() {
            Label out = tag(words());
            out.setMinWidth(Label.USE_PREF_SIZE);
            return out;
        }
    }

    /**
     * A place that is marked.
     *
     * @param end exclusive
     * @param words what it is
     */
    public record Mark(int start, int end, Kind kind, String words) {}

    /** The width that the height is asked for, where nobody says it; 0 = in one line. */
    private final DoubleProperty room = new SimpleDoubleProperty();

    public MarkedText() {
        getStyleClass().add("marked-text");
        setAccessibleRole(AccessibleRole.TEXT);
        room.addListener((property, old, now) -> requestLayout());
    }

    /** What the marks mean where a network is judged. */
    public static FlowPane legend() {
        FlowPane out = new FlowPane(8, 4);
        out.getStyleClass().add("small");
        for (Kind kind : List.of(Kind.FOUND, Kind.MISSED, Kind.INVENTED)) {
            out.getChildren().add(kind.legend());
        }
        return out;
    }

    /** It, in as much room as there is: moved up and down, never sideways. */
    public ScrollPane scrolling() {
        ScrollPane out = new ScrollPane(this);
        out.getStyleClass().addAll("edge-to-edge", "quiet");
        out.setFitToWidth(true);
        out.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        out.setMinHeight(0);
        VBox.setVgrow(out, Priority.ALWAYS);
        return out;
    }

    /** In a list, where rows are asked for a height before they have a width. */
    public DoubleProperty roomProperty() {
        return room;
    }

    @Override
    protected double computePrefHeight(double width) {
        return super.computePrefHeight(width < 0 && room.get() > 0 ? room.get() : width);
    }

    /** Marks may lie over each other. */
    public void show(String text, List<Mark> marks) {
        TreeSet<Integer> borders = new TreeSet<>(List.of(0, text.length()));
        marks.forEach(mark -> borders.addAll(List.of(mark.start(), mark.end())));
        List<Node> out = new ArrayList<>();
        int from = 0;
        for (int to : borders) {
            int begin = from;
            List<Mark> over = marks.stream()
                    .filter(mark -> mark.start() <= begin && begin < mark.end())
                    .toList();
            out.addAll(pieces(text.substring(from, to), over));
            marks.stream()
                    .filter(mark -> mark.end() == to && mark.start() < to)
                    .forEach(mark -> out.add(mark.kind().tag(mark.words())));
            from = to;
        }
        getChildren().setAll(out);
        setAccessibleText(spoken(text, marks));
    }

    /** Word by word, so that a line can end within a place. */
    private static List<Node> pieces(String text, List<Mark> over) {
        if (text.isEmpty()) {
            return List.of();
        }
        if (over.isEmpty()) {
            Text plain = new Text(text);
            plain.getStyleClass().add("marked-plain");
            return List.of(plain);
        }
        List<Node> out = new ArrayList<>();
        for (String word : text.split("(?<=\\s)(?=\\S)")) {
            Label piece = new Label(word);
            piece.getStyleClass().add("marked-piece");
            over.forEach(mark -> piece.getStyleClass().add(mark.kind().style));
            out.add(piece);
        }
        return out;
    }

    private static String spoken(String text, List<Mark> marks) {
        StringBuilder out = new StringBuilder(text);
        for (Mark mark : marks) {
            out.append(marks.get(0) == mark ? ". " : "; ")
                    .append(text, mark.start(), mark.end())
                    .append(": ")
                    .append(mark.words());
            if (mark.kind() != Kind.THERE) {
                out.append(", ").append(mark.kind().words());
            }
        }
        return out.toString();
    }
}
