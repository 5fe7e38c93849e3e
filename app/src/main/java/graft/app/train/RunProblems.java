package graft.app.train;

import graft.app.jobs.WindowWords;
import graft.app.problem.Problem;
import graft.app.problem.Problem.Fix;
import graft.app.task.ExampleSet;
import graft.data.Remark;
import graft.run.PlanOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableValue;

/** What is wrong with the run that is shown, or would be with the next one. */
public final class RunProblems {
    private static final List<String> OF_OTHER_STEPS =
            List.of("needs.data", "needs.network", "needs.fp32", "needs.head", "needs.preprocessing");

    private RunProblems() {}

    public static ObservableValue<List<Problem>> of(TrainViewModel model) {
        return Bindings.createObjectBinding(
                () -> find(model),
                model.run().stateProperty(),
                model.run().problemProperty(),
                model.run().resultProperty(),
                model.obstacleProperty(),
                model.examples(),
                model.settings().property(PlanOptions.CLASS_WEIGHTS));
    }

    private static List<Problem> find(TrainViewModel model) {
        List<Problem> out = new ArrayList<>();
        ofRun(model).ifPresent(out::add);
        misfit(model).ifPresent(out::add);
        imbalance(model).ifPresent(out::add);
        return List.copyOf(out);
    }

    /** Data and network that do not go together; what is wrong with either alone is told by its own step. */
    private static Optional<Problem> misfit(TrainViewModel model) {
        String obstacle = model.obstacleProperty().get();
        boolean told = !model.awaitedProperty().get().isEmpty()
                || OF_OTHER_STEPS.stream().anyMatch(key -> obstacle.startsWith(TrainViewModel.text(key, "")));
        return obstacle.isEmpty() || told ? Optional.empty() : Optional.of(Problem.wrong(obstacle));
    }

    private static Optional<Problem> ofRun(TrainViewModel model) {
        RunFollower run = model.run();
        RunState state = run.stateProperty().get();
        String words = WindowWords.of(run.problemProperty().get());
        if (run.isDiverged()) {
            Problem problem = state == RunState.FINISHED ? Problem.warning(words) : Problem.wrong(words);
            return Optional.of(
                    model.obstacleProperty().get().isEmpty() && !state.isUnderWay()
                            ? problem.with(new Fix(TrainViewModel.text("fix.slower"), model::startSlower))
                            : problem);
        }
        return switch (state) {
            case FAILED ->
                Optional.of(resumable(
                        run,
                        Problem.wrong(words.isEmpty() ? run.statusProperty().get() : words)));
            case INTERRUPTED ->
                Optional.of(resumable(run, Problem.warning(TrainViewModel.text("problem.interrupted"))));
            case STOPPED -> Optional.of(resumable(run, Problem.note(TrainViewModel.text("problem.stopped"))));
            default -> words.isEmpty() ? Optional.empty() : Optional.of(Problem.warning(words));
        };
    }

    private static Problem resumable(RunFollower run, Problem problem) {
        return run.canResume() ? problem.with(new Fix(TrainViewModel.text("resume"), run::resume)) : problem;
    }

    /** The larger classes would be learnt at the cost of the smaller ones. */
    private static Optional<Problem> imbalance(TrainViewModel model) {
        ExampleSet set = model.examples().getValue();
        Property<Boolean> weights = model.settings().property(PlanOptions.CLASS_WEIGHTS);
        if (set == null || weights.getValue() || !set.view().task().options().contains(PlanOptions.CLASS_WEIGHTS)) {
            return Optional.empty();
        }
        return set.remarks().stream()
                .filter(remark -> remark.kind() == Remark.Kind.IMBALANCE)
                .findFirst()
                .map(remark -> Problem.warning(WindowWords.of(remark.text()))
                        .with(new Fix(TrainViewModel.text("fix.weights"), () -> weights.setValue(true))
                                .withHint(TrainViewModel.text("fix.weights.hint"))
                                .withUndo(() -> weights.setValue(false))));
    }
}
