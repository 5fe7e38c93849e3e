package graft.app.shell;

import graft.app.data.DataViewModel;
import graft.app.deploy.DeployViewModel;
import graft.app.evaluate.EvaluateViewModel;
import graft.app.network.NetworkViewModel;
import graft.app.train.RunState;
import graft.app.train.TrainViewModel;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.value.ObservableStringValue;

/** How far the job is: the truth about each step, from what the screens know. */
final class StepsViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.workbench");

    private final List<StepStatus> steps;

    StepsViewModel(
            DataViewModel data,
            NetworkViewModel network,
            TrainViewModel train,
            EvaluateViewModel evaluate,
            DeployViewModel deploy) {
        this.steps = List.of(
                data(data),
                network(network),
                train(train),
                status(
                        Step.EVALUATE,
                        Bindings.createObjectBinding(
                                () -> state(
                                        evaluate.judgingProperty().get(),
                                        evaluate.isJudged().get(),
                                        evaluate.staleProperty().get()),
                                evaluate.judgingProperty(),
                                evaluate.isJudged(),
                                evaluate.staleProperty()),
                        evaluate.headlineProperty(),
                        evaluate.obstacleProperty()),
                status(
                        Step.DEPLOY,
                        Bindings.createObjectBinding(
                                () -> state(
                                        deploy.measuringProperty().get(),
                                        deploy.deploymentProperty().get() != null,
                                        deploy.staleProperty().get()),
                                deploy.measuringProperty(),
                                deploy.deploymentProperty(),
                                deploy.staleProperty()),
                        deploy.headlineProperty(),
                        deploy.obstacleProperty()));
    }

    private static StepState state(boolean working, boolean there, boolean stale) {
        if (working) {
            return StepState.UNDER_WAY;
        }
        return !there ? StepState.NOT_YET : stale ? StepState.STALE : StepState.DONE;
    }

    private static StepStatus data(DataViewModel data) {
        return status(
                Step.DATA,
                Bindings.createObjectBinding(
                        () -> state(false, data.examplesProperty().get() != null, false), data.examplesProperty()),
                data.headlineProperty(),
                when(() -> data.examplesProperty().get() == null, "why.data", data.examplesProperty()));
    }

    private static StepStatus network(NetworkViewModel network) {
        return status(
                Step.NETWORK,
                Bindings.createObjectBinding(
                        () -> state(false, network.networkProperty().get() != null, false), network.networkProperty()),
                network.headlineProperty(),
                when(() -> network.networkProperty().get() == null, "why.network", network.networkProperty()));
    }

    private static StepStatus train(TrainViewModel train) {
        return status(
                Step.TRAIN,
                Bindings.createObjectBinding(
                        () -> state(
                                train.run().stateProperty().get(),
                                train.currentProperty().get()),
                        train.run().stateProperty(),
                        train.currentProperty()),
                train.headlineProperty(),
                train.obstacleProperty());
    }

    private static StepState state(RunState run, boolean current) {
        boolean unfinished = run == RunState.INTERRUPTED || run == RunState.FAILED || run == RunState.STOPPED;
        boolean underWay = run.isUnderWay() || run == RunState.ELSEWHERE;
        return state(underWay, run != RunState.NONE, !current || unfinished);
    }

    private static StringBinding when(Callable<Boolean> missing, String key, Observable changes) {
        return Bindings.createStringBinding(() -> missing.call() ? TEXTS.getString(key) : "", changes);
    }

    /** A step without a number says in its place what to do, or that it is ready. */
    private static StepStatus status(
            Step step, ObjectBinding<StepState> state, ObservableStringValue headline, ObservableStringValue reason) {
        StringBinding words = Bindings.createStringBinding(
                () -> headline.get().isEmpty()
                        ? TEXTS.getString((reason.get().isEmpty() ? "step.ready." : "step.empty.") + step.layout())
                        : headline.get(),
                headline,
                reason);
        return new StepStatus(step, state, words, reason);
    }

    List<StepStatus> steps() {
        return steps;
    }
}
