package graft.app.jobs;

import graft.progress.Progress;
import graft.worker.Work;

/** Does what touches the user's networks away from the window, so that no file can take the window along. */
public interface Worker {

    /**
     * Does a piece of work and waits for its result: not for the FX thread.
     *
     * @param progress hears how far it is; where it is cancelled, the work ends at once
     * @throws graft.Refusal with words for the user, also where the process that did the work died or had to be ended
     * @throws java.util.concurrent.CancellationException where {@code progress} was cancelled
     */
    <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress);
}
