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
     * A text that a network wrote on.
     *
     * @param epoch after which, from 1; 0 = before it learns
     * @param prompt what it was given
     * @param text what it wrote
     */
    record Sample(int epoch, String prompt, String text) implements Event {
        @Override
        public String kind() {
            return "sample";
        }

        @Override
        public String line() {
            String when = epoch == 0 ? "Before learning" : "After epoch " + epoch;
            return when + ": " + (prompt + "│" + text).replaceAll("\\s+", " ").strip();
        }
    }

    /**
     * What it shows.
     *
     * @param epoch from 1; 0 = before it learns
     */
    List<Event> shown(int epoch, Answering network);
}
