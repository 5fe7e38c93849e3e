package graft.app.shell;

import graft.app.controls.TextScale;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.css.PseudoClass;
import javafx.scene.control.Labeled;
import javafx.scene.layout.Region;

/**
 * Says to the styles of the frame how much room there is beside each other for texts of the size that is chosen: the project narrows
 * ({@code :tight}, {@code :cramped}) before a screen has to scroll.
 */
final class Tightness {
    /** Widths of the window, in pixels where texts are as large as usual. */
    private static final double TIGHT = 900;

    private static final double CRAMPED = 720;

    private Tightness() {}

    /** @param body with the font of the window */
    static void of(Region root, Labeled body) {
        DoubleBinding scale = TextScale.of(body);
        DoubleBinding room =
                Bindings.createDoubleBinding(() -> root.getWidth() / scale.get(), root.widthProperty(), scale);
        room.addListener((property, old, now) -> mark(root, now.doubleValue()));
        mark(root, room.get());
        root.getProperties().put(Tightness.class, room); // bindings are held weakly by what they depend on
    }

    private static void mark(Region root, double room) {
        boolean known = room > 0;
        root.pseudoClassStateChanged(PseudoClass.getPseudoClass("tight"), known && room < TIGHT);
        root.pseudoClassStateChanged(PseudoClass.getPseudoClass("cramped"), known && room < CRAMPED);
    }
}
