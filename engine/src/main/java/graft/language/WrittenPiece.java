package graft.language;

import graft.progress.Event;

/** Letters that a network has just written, for whoever looks on. */
public record WrittenPiece(String letters) implements Event {
    /** The word for this kind of event. */
    public static final String KIND = "written";

    @Override
    public String kind() {
        return KIND;
    }
}
