package graft.app.evaluate;

import graft.app.controls.Parts;
import java.util.ResourceBundle;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;

/** Figures over two columns of cards: what was found in texts, and one of them as it stands. */
class ResultsGrid extends GridPane {
    private static final double LEFT = 48;

    private final ResourceBundle texts;
    private final HBox headline = new HBox(28);

    /** @param heights of the rows of cards, as far as there is room */
    ResultsGrid(String id, ResourceBundle texts, double... heights) {
        this.texts = texts;
        setId(id);
        getStyleClass().add("evaluate-results");
        setHgap(12);
        setVgap(12);
        column(LEFT);
        column(100 - LEFT);
        row(Region.USE_PREF_SIZE, USE_COMPUTED_SIZE, Priority.NEVER);
        for (double height : heights) {
            row(USE_COMPUTED_SIZE, height, Priority.ALWAYS);
        }
        headline.getStyleClass().addAll("card", "headline-card");
        headline.setAlignment(Pos.CENTER_LEFT);
        add(headline, 0, 0, 2, 1);
    }

    private void column(double percent) {
        ColumnConstraints out = new ColumnConstraints();
        out.setPercentWidth(percent);
        out.setMinWidth(0);
        getColumnConstraints().add(out);
    }

    private void row(double min, double pref, Priority grow) {
        RowConstraints out = new RowConstraints();
        out.setMinHeight(min);
        out.setPrefHeight(pref);
        out.setVgrow(grow);
        getRowConstraints().add(out);
    }

    /** Null = nothing was judged. */
    final void figures(Judged judged) {
        HeadlineCard.show(headline, judged);
    }

    /** A card with what grows at its end. */
    static VBox card(String height, Region... content) {
        Region last = content[content.length - 1];
        last.setMinHeight(0);
        VBox.setVgrow(last, Priority.ALWAYS);
        VBox out = new VBox(8, content);
        out.getStyleClass().addAll("card", height);
        return out;
    }

    /** Makes a label a title that has as many lines as it needs. */
    static Label title(Label label) {
        label.getStyleClass().add("card-title");
        label.setWrapText(true);
        label.setMinSize(0, USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        return label;
    }

    /** A title that says which are shown, with a choice between those that are wrong and all. */
    final HBox choice(Label title, String keys, Runnable wrong, Runnable every) {
        HBox out = new HBox(
                8,
                title(title),
                Parts.small(keys + "-wrong", texts.getString(keys + ".show.wrong"), wrong),
                Parts.small(keys + "-all", texts.getString(keys + ".show.all"), every));
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }
}
