package graft.app.network;

import java.util.EnumMap;
import java.util.Map;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

/** The graph's colours, from the theme: each is the background of an unseen region that network.css styles. */
final class GraphPalette extends Pane {
    enum Colour {
        GROUND,
        FRAME,
        BOX,
        FROZEN_EDGE,
        LEARNING_EDGE,
        LEARNING_TEXT,
        HEAD,
        HEAD_EDGE,
        MISSING_EDGE,
        EDGE,
        ARROW,
        TEXT,
        FAINT_TEXT,
        SELECTION,
        FRONTIER
    }

    private final Map<Colour, Region> swatches = new EnumMap<>(Colour.class);

    /** @param changed done after the theme changed */
    GraphPalette(Runnable changed) {
        setManaged(false);
        setMouseTransparent(true);
        for (Colour colour : Colour.values()) {
            Region swatch = new Region();
            swatch.getStyleClass().add("graph-" + colour.name().toLowerCase().replace('_', '-'));
            swatch.backgroundProperty().addListener((observable, before, now) -> changed.run());
            swatches.put(colour, swatch);
            getChildren().add(swatch);
        }
    }

    /** Grey as long as no style sheet was applied. */
    Paint of(Colour colour) {
        Region swatch = swatches.get(colour);
        return swatch.getBackground() == null
                        || swatch.getBackground().getFills().isEmpty()
                ? Color.GRAY
                : swatch.getBackground().getFills().get(0).getFill();
    }
}
