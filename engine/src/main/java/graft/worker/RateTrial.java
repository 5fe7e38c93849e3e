package graft.worker;

import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.train.RateFinder;
import java.nio.file.Path;
import java.util.List;

/** Tries learning rates for a run. */
public final class RateTrial {
    private RateTrial() {}

    /**
     * @param run what is to be run; its folder is not touched
     * @param steps of the test
     */
    public record Plan(FineTuningPlan run, int steps) implements Work.Plan {
        @Override
        public Path file() {
            return run.network();
        }

        @Override
        public List<Path> files() {
            return List.of(run.network(), run.data());
        }
    }

    static RateFinder.Found run(Plan plan, Progress progress) {
        return RateFinder.find(plan.run(), NetworkFile.at(plan.run().network()), plan.steps(), progress);
    }
}
