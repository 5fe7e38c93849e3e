package graft.app;

import graft.app.jobs.Worker;
import graft.progress.Progress;
import graft.worker.Work;

/** Does the work at once in the process of the test: for view models, which do not know where it is done. */
public final class InProcessWorker implements Worker {
    @Override
    public <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
        try {
            return work.doing().run(plan, progress);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
