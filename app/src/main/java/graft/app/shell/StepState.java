package graft.app.shell;

import java.util.Locale;

/** How far a step has come, whichever is being looked at. */
enum StepState {
    NOT_YET,
    UNDER_WAY,
    DONE,
    /** What it shows is of something that is no longer open, or did not end well. */
    STALE;

    /** The name of its pseudo-class and of its word in the texts. */
    String style() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
