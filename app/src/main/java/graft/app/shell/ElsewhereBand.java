package graft.app.shell;

import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Says above the screen what went wrong on another one, with the way there; takes no room while nothing did. */
final class ElsewhereBand extends HBox {
    ElsewhereBand(ElsewhereViewModel model, ResourceBundle texts, Consumer<Step> show) {
        super(8);
        setId("elsewhere");
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("problem-band");
        Label words = new Label();
        words.getStyleClass().add("problem");
        words.setWrapText(true);
        words.setMaxWidth(Double.MAX_VALUE);
        words.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button there = button("elsewhere.show");
        there.setOnAction(event -> show.accept(model.saidProperty().get().step()));
        Button close = button("elsewhere.close");
        close.setText(texts.getString("elsewhere.close"));
        close.setOnAction(event -> model.dismiss());
        getChildren().addAll(words, there, close);
        model.saidProperty().addListener((property, old, now) -> {
            setVisible(now != null);
            setManaged(now != null);
            words.setText(now == null ? "" : now.words());
            there.setText(
                    now == null
                            ? ""
                            : texts.getString("elsewhere.show." + now.step().layout()));
        });
        setVisible(false);
        setManaged(false);
    }

    private static Button button(String id) {
        Button out = new Button();
        out.setId(id.replace('.', '-'));
        out.getStyleClass().add("small");
        out.setMinWidth(Region.USE_PREF_SIZE);
        return out;
    }
}
