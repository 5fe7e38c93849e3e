package graft.app.shell;

import graft.app.controls.Choosers;
import graft.app.data.DataViewModel;
import graft.app.deploy.DeployViewModel;
import graft.app.evaluate.EvaluateViewModel;
import graft.app.evaluate.UseItViewModel;
import graft.app.jobs.ChildProcess;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.app.network.NetworkViewModel;
import graft.app.runs.RunsViewModel;
import graft.app.task.Edition;
import graft.app.task.ExampleSet;
import graft.app.task.TaskView;
import graft.app.task.TaskViews;
import graft.app.train.PastRun;
import graft.app.train.Recipe;
import graft.app.train.TrainViewModel;
import graft.run.FineTuningPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;

/** The view models of all screens, wired once: each knows those before it by what they offer. */
final class Workbench {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.workbench");

    private final JobRunner jobs;
    private final Choosers choosers;
    private final DataViewModel data;
    private final NetworkViewModel network;
    private final TrainViewModel train;
    private final EvaluateViewModel evaluate;
    private final UseItViewModel useIt;
    private final DeployViewModel deploy;
    private final RunsViewModel runs;
    private final BooleanProperty dark = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    /** @param project folder of runs and their history */
    Workbench(JobRunner jobs, Worker worker, ChildProcess process, Choosers choosers, Path project) {
        this.jobs = jobs;
        this.choosers = choosers;
        this.data = new DataViewModel(jobs, project.resolve("data"));
        this.network = new NetworkViewModel(jobs, worker, data.classesProperty(), data.examplesProperty());
        network.edits().keepIn(project.resolve("networks"));
        this.train = new TrainViewModel(network, data.examplesProperty(), project, process, System::nanoTime);
        ObservableValue<Path> source = data.examplesProperty().map(ExampleSet::source);
        ObservableValue<Edition> edition =
                data.examplesProperty().map(ExampleSet::edition).orElse(Edition.FIRST);
        this.evaluate = new EvaluateViewModel(
                jobs,
                worker,
                train.resultFileProperty(),
                train.currentProperty(),
                source,
                edition,
                data.examplesProperty().map(ExampleSet::view).orElse(TaskViews.usual()));
        this.useIt = new UseItViewModel(jobs, worker, evaluate.networkProperty(), evaluate.readingProperty());
        this.deploy = new DeployViewModel(
                jobs, worker, train.resultFileProperty(), train.currentProperty(), source, edition.map(Edition::how));
        this.runs = new RunsViewModel(jobs, project);
    }

    /** Opens what Graft brings along, so that the first curve is one click away. */
    void openSample(TaskView view) {
        problem.set("");
        jobs.start(TEXTS.getString("sample"), progress -> view.sample().call(), data::open, problem::set);
        jobs.start(TEXTS.getString("builtin"), progress -> view.network().call(), network::open, problem::set);
    }

    /** A new head on what the data have become; what the frozen rest computed of them is kept, so that this takes seconds. */
    void retrainHead() {
        train.choose(Recipe.FEATURE_EXTRACTION);
        train.start();
        problem.set(train.obstacleProperty().get());
    }

    /** What would be lost, or go on, if the window closed now; empty where it may close without a word. */
    Optional<String> beforeClosing() {
        return train.run().stateProperty().get().isUnderWay()
                ? Optional.of(TEXTS.getString("close.run"))
                : Optional.empty();
    }

    JobRunner jobs() {
        return jobs;
    }

    Choosers choosers() {
        return choosers;
    }

    DataViewModel data() {
        return data;
    }

    NetworkViewModel network() {
        return network;
    }

    TrainViewModel train() {
        return train;
    }

    EvaluateViewModel evaluate() {
        return evaluate;
    }

    UseItViewModel useIt() {
        return useIt;
    }

    DeployViewModel deploy() {
        return deploy;
    }

    RunsViewModel runs() {
        return runs;
    }

    /** Whether the window is dark; what is painted by hand follows it. */
    BooleanProperty darkProperty() {
        return dark;
    }

    /** Shows a run of the past, unless another is under way: that one's page stays. */
    void show(PastRun past) {
        if (!train.run().show(past)) {
            problem.set(TEXTS.getString("run.busy"));
            return;
        }
        problem.set("");
        past.plan().ifPresent(this::restore);
    }

    /** Takes the run in a {@code .graft} file into the project, and shows it. */
    void openRun(Path file) {
        problem.set("");
        runs.openPack(file, run -> runs.open(run, this::show, problem::set), problem::set);
    }

    /** Opens what a run was made of; what is gone meanwhile is named. */
    private void restore(FineTuningPlan plan) {
        List<Path> gone = Stream.of(plan.data(), plan.network())
                .filter(file -> !Files.exists(file))
                .toList();
        if (!gone.isEmpty()) {
            problem.set(MessageFormat.format(TEXTS.getString("run.gone"), gone.get(0)));
        }
        train.restore(plan);
        if (Files.exists(plan.data())
                && !isOpen(plan.data(), data.examplesProperty().map(ExampleSet::source))) {
            data.open(plan.data());
        }
        if (Files.exists(plan.network()) && !isOpen(plan.network(), network.fileProperty())) {
            network.open(plan.network());
        }
    }

    private static boolean isOpen(Path file, ObservableValue<Path> open) {
        return open.getValue() != null
                && open.getValue()
                        .toAbsolutePath()
                        .normalize()
                        .equals(file.toAbsolutePath().normalize());
    }

    /** What went wrong outside any screen; "" where nothing did. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    void tell(String words) {
        problem.set(words);
    }
}
