package graft.app.train;

/** Where a run is; what the window says of it is this, and nothing else. */
public enum RunState {
    /** Nothing was started yet. */
    NONE,
    /** Reading the network and the pictures, caching features. */
    PREPARING,
    TRAINING,
    PAUSED,
    /** All that is learnt is learnt: the file is written and tried. */
    EXPORTING,
    /** Asked to end with the best so far. */
    STOPPING,
    /** As planned. */
    FINISHED,
    /** Ended at the user's wish with the best so far: there is a file, and what is left of the plan can be resumed. */
    STOPPED,
    /** Ended before anything was learnt, or asked to stop; can be resumed if there is a checkpoint. */
    INTERRUPTED,
    /** Another process is at it: that of another window, or one that outlived its own. */
    ELSEWHERE,
    FAILED;

    public boolean isUnderWay() {
        return this == PREPARING || this == TRAINING || this == PAUSED || this == EXPORTING || this == STOPPING;
    }
}
