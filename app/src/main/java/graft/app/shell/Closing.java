package graft.app.shell;

/** What closing the window would end. */
enum Closing {
    /** Nothing that would have to be done again. */
    AT_ONCE,
    /** A run, which can go on without the window. */
    DURING_A_RUN,
    /** Work that took its time and leaves nothing when it is broken off. */
    DURING_WORK
}
