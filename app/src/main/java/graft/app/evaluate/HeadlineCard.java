package graft.app.evaluate;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The figures of a judgement, the largest first. */
final class HeadlineCard {
    private HeadlineCard() {}

    static void show(HBox headlineCard, Judged now) {
        headlineCard.getChildren().clear();
        if (now == null) {
            return;
        }
        now.headlines().forEach(each -> {
            Label figure = new Label(each.figure());
            figure.getStyleClass().add(headlineCard.getChildren().isEmpty() ? "headline-figure" : "page-title");
            Label says = new Label(each.says());
            says.getStyleClass().addAll("muted", "small");
            says.setWrapText(true); // where texts are large
            says.setMinHeight(Region.USE_PREF_SIZE);
            VBox both = new VBox(figure, says);
            both.setMinWidth(0);
            both.setAlignment(Pos.CENTER_LEFT);
            headlineCard.getChildren().add(both);
        });
    }
}
