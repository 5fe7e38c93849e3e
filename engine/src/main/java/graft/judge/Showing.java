package graft.judge;

import graft.onnx.Values;
import graft.progress.Event;
import java.util.List;
import java.util.Map;

/** Lets a network show what it can beside its scores: before it learns, and after each epoch. */
public interface Showing {
    /** A network as it is just now. */
    interface Answering {
        /** Outputs by name. */
        Map<String, Values> answers(Map<String, Values> inputs);
    }

    /**
     * What it shows.
     *
     * @param epoch from 1; 0 = before it learns
     */
    List<Event> shown(int epoch, Answering network);
}
