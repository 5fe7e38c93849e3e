package graft.app.jobs;

import graft.progress.Progress;
import java.util.function.Consumer;
import javafx.collections.ObservableList;

/** Does long work in the background; what comes of it arrives on the FX thread. */
public interface JobRunner {

    /** What a job does, away from the FX thread. It reports stages, and ends early when it is cancelled. */
    interface Work<T> {
        T run(Progress progress) throws Exception;
    }

    /**
     * Starts work. Exactly one of {@code done} and {@code failed} is called, on the FX thread, unless the job is cancelled:
     * then neither is.
     *
     * @param title in the user's words: "Opening net.onnx"
     * @param failed gets what went wrong, in words for the user
     */
    <T> Job start(String title, Work<T> work, Consumer<? super T> done, Consumer<String> failed);

    /** The same for what is looked at again and again: it is no job of the user's, and stands in no list. */
    default <T> void look(Work<T> work, Consumer<? super T> done, Consumer<String> failed) {
        start("", work, done, failed);
    }

    /** Hands on what a job has so far: may be called from the job's thread; {@code to} is called on the FX thread, in order. */
    default <T> Consumer<T> bringing(Consumer<? super T> to) {
        return to::accept;
    }

    /** Jobs that are under way, the oldest first; changes on the FX thread. */
    ObservableList<Job> jobs();
}
