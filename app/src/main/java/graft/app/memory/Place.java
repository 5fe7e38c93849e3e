package graft.app.memory;

/** Where the window stood, in pixels of the desktop. */
public record Place(double x, double y, double width, double height, boolean maximised) {
    /** Of a first start. */
    public static final Place UNKNOWN = new Place(0, 0, 0, 0, false);

    public boolean isKnown() {
        return width > 0 && height > 0;
    }
}
