package graft.app.memory;

import java.util.Objects;

/**
 * How the panel at the bottom stood.
 *
 * @param tab which was shown last
 * @param height in pixels
 */
public record PanelPlace(boolean open, String tab, double height) {
    private static final double USUAL = 180;

    public static final PanelPlace CLOSED = new PanelPlace(false, "problems", USUAL);

    public PanelPlace {
        tab = Objects.requireNonNullElse(tab, "problems");
        height = height > 0 ? height : USUAL;
    }

    public PanelPlace open(String other) {
        return new PanelPlace(true, other, height);
    }

    public PanelPlace closed() {
        return new PanelPlace(false, tab, height);
    }

    public PanelPlace withHeight(double pixels) {
        return new PanelPlace(open, tab, pixels);
    }
}
