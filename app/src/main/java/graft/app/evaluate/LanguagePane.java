package graft.app.evaluate;

import java.util.ResourceBundle;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;

/** How well texts are foreseen: figures, what they mean, and a text to try. */
final class LanguagePane extends ResultsGrid {
    LanguagePane(EvaluateViewModel model, ResourceBundle texts) {
        super("language-results", texts, 260);
        Label means = new Label(texts.getString("language.means"));
        means.setWrapText(true);
        means.setMinHeight(USE_PREF_SIZE);
        Label title = new Label(texts.getString("language.means.title"));
        ScrollPane explained = new ScrollPane(means);
        explained.setFitToWidth(true);
        explained.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        explained.getStyleClass().addAll("edge-to-edge", "room");
        // What they show scrolls: they may be as low as the window and large texts make them.
        add(card("live", title(title), explained), 0, 1);
        LiveWriting writing = new LiveWriting(model, texts);
        LiveGaps gaps = new LiveGaps(model, texts);
        writing.getStyleClass().add("live");
        gaps.getStyleClass().add("live");
        add(new StackPane(writing, gaps), 1, 1);
        model.textsProperty().addListener((property, old, now) -> figures(now));
        figures(model.textsProperty().get());
    }
}
