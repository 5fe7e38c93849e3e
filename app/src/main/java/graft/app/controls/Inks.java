package graft.app.controls;

import java.util.List;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/** The colours of a theme for what is painted by hand: style sheets say them, and painters are told when they change. */
final class Inks extends Region {
    private static final StyleablePropertyFactory<Inks> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());

    private final StyleableProperty<Color> ground =
            FACTORY.createStyleableColorProperty(this, "ground", "-inks-ground", inks -> inks.ground, Color.WHITE);
    private final StyleableProperty<Color> line =
            FACTORY.createStyleableColorProperty(this, "line", "-inks-line", inks -> inks.line, Color.LIGHTGRAY);
    private final StyleableProperty<Color> text =
            FACTORY.createStyleableColorProperty(this, "text", "-inks-text", inks -> inks.text, Color.BLACK);
    private final StyleableProperty<Color> muted =
            FACTORY.createStyleableColorProperty(this, "muted", "-inks-muted", inks -> inks.muted, Color.GRAY);
    private final StyleableProperty<Color> training =
            FACTORY.createStyleableColorProperty(this, "training", "-inks-training", inks -> inks.training, Color.BLUE);
    private final StyleableProperty<Color> validation = FACTORY.createStyleableColorProperty(
            this, "validation", "-inks-validation", inks -> inks.validation, Color.ORANGE);
    private final StyleableProperty<Color> target =
            FACTORY.createStyleableColorProperty(this, "target", "-inks-target", inks -> inks.target, Color.GREEN);

    /** @param changed called when a colour has */
    Inks(Runnable changed) {
        getStyleClass().add("inks");
        setManaged(false);
        setMouseTransparent(true);
        setFocusTraversable(false);
        for (StyleableProperty<Color> each : List.of(ground, line, text, muted, training, validation, target)) {
            ((javafx.beans.value.ObservableValue<Color>) each).addListener((property, old, now) -> changed.run());
        }
    }

    Color ground() {
        return ground.getValue();
    }

    Color line() {
        return line.getValue();
    }

    Color text() {
        return text.getValue();
    }

    Color muted() {
        return muted.getValue();
    }

    Color training() {
        return training.getValue();
    }

    Color validation() {
        return validation.getValue();
    }

    Color target() {
        return target.getValue();
    }

    /** For painters of AWT. */
    static java.awt.Color awt(Color color) {
        return new java.awt.Color(
                (float) color.getRed(), (float) color.getGreen(), (float) color.getBlue(), (float) color.getOpacity());
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }

    @Override
    public String getUserAgentStylesheet() {
        return Inks.class.getResource("/graft/app/controls.css").toExternalForm();
    }
}
