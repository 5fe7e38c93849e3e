package graft.train;

import graft.judge.Judge;
import graft.problem.Problem;
import graft.run.FineTuningPlan;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Steps as a run takes them from its first epoch on, counted through, at rates of one's own. */
final class TrialSteps {
    private final Problem problem;
    private final Learner learner;
    private final Judge judge;
    private final int perEpoch;

    /** @param stage what the learner's plan is */
    TrialSteps(FineTuningPlan stage, Problem problem, Learner learner) {
        this.problem = problem;
        this.learner = learner;
        this.judge = problem.judge().apply(problem.train().targets());
        this.perEpoch = perEpoch(stage, problem);
    }

    static int perEpoch(FineTuningPlan stage, Problem problem) {
        return (problem.sampling().length(problem.train().size()) + stage.stepSize() - 1) / stage.stepSize();
    }

    /**
     * Does a step, or several at once within its epoch where that is the same.
     *
     * @param step from 0
     * @param end no step from there on
     * @param rates of a step by its number
     */
    List<Learner.Done> next(int step, int end, IntToDoubleFunction rates) {
        int epoch = step / perEpoch;
        int first = step % perEpoch;
        return learner.advance(
                problem.sampling().order(epoch),
                first,
                Math.min(perEpoch - first, end - step),
                epoch,
                s -> rates.applyAsDouble(step + s),
                judge);
    }
}
