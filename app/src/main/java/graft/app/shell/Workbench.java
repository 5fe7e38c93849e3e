package graft.app.shell;

import graft.app.catalog.CatalogViewModel;
import graft.app.controls.Choosers;
import graft.app.data.DataProblems;
import graft.app.data.DataViewModel;
import graft.app.data.FolderWatch;
import graft.app.data.SimilarViewModel;
import graft.app.data.SuspectsViewModel;
import graft.app.deploy.DeployProblems;
import graft.app.deploy.DeployViewModel;
import graft.app.evaluate.EvaluateProblems;
import graft.app.evaluate.EvaluateViewModel;
import graft.app.evaluate.Misfit;
import graft.app.evaluate.UseItViewModel;
import graft.app.jobs.Awaited;
import graft.app.jobs.ChildProcess;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.app.memory.MemoryKeeper;
import graft.app.network.NetworkProblems;
import graft.app.network.NetworkViewModel;
import graft.app.project.ProjectsViewModel;
import graft.app.runs.ChangedExamples;
import graft.app.runs.RunsViewModel;
import graft.app.shell.ProblemsViewModel.Source;
import graft.app.task.Edition;
import graft.app.task.ExampleSet;
import graft.app.task.TaskView;
import graft.app.task.TaskViews;
import graft.app.train.DomainsLook;
import graft.app.train.RateSearch;
import graft.app.train.RunProblems;
import graft.app.train.RunState;
import graft.app.train.RunSubject;
import graft.app.train.SinceRun;
import graft.app.train.TrainViewModel;
import graft.catalog.AcceptedLicences;
import graft.catalog.InstalledNetworks;
import graft.features.KeptFeatures;
import graft.project.Projects;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.beans.value.ObservableValue;

/** The view models of all screens, wired once: each knows those before it by what they offer. */
final class Workbench {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.workbench");

    /** What the history then says anew. */
    private static final Set<RunState> HISTORIC =
            EnumSet.of(RunState.TRAINING, RunState.FINISHED, RunState.STOPPED, RunState.INTERRUPTED, RunState.FAILED);

    private final JobRunner jobs;
    private final Choosers choosers;
    private final DataViewModel data;
    private final SuspectsViewModel suspects;
    private final SimilarViewModel similar;
    private final NetworkViewModel network;
    private final CatalogViewModel catalog;
    private final TrainViewModel train;
    private final RateSearch rates;
    private final DomainsLook domains;
    private final EvaluateViewModel evaluate;
    private final UseItViewModel useIt;
    private final DeployViewModel deploy;
    private final RunsViewModel runs;
    private final ChangedExamples changedExamples;
    private final Awaited fetched;
    private final BooleanProperty dark = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final StepsViewModel steps;
    private final ProblemsViewModel problems;
    private final ElsewhereViewModel elsewhere;
    private final LogViewModel log;
    private final BooleanBinding busy;
    private final MemoryKeeper memory;
    private final Reopening reopening;
    private final Projects all;
    private final ProjectsViewModel projects;
    /** Null where nothing is watched. */
    private FolderWatch watch;
    /** Whether another project, or none, is shown in its place. */
    private boolean left;

    /** @param project folder of runs, their history, and what the window remembers */
    Workbench(JobRunner jobs, Worker worker, ChildProcess process, Choosers choosers, Path project) {
        this(jobs, worker, process, choosers, project, new MemoryKeeper(project));
    }

    /** The project lies in the user's home. */
    Workbench(
            JobRunner jobs, Worker worker, ChildProcess process, Choosers choosers, Path project, MemoryKeeper memory) {
        this(
                jobs,
                worker,
                process,
                choosers,
                project,
                memory,
                new Projects(project.toAbsolutePath().getParent()));
    }

    Workbench(
            JobRunner jobs,
            Worker worker,
            ChildProcess process,
            Choosers choosers,
            Path project,
            MemoryKeeper memory,
            Projects all) {
        this.jobs = jobs;
        this.all = all;
        this.memory = memory;
        this.projects = new ProjectsViewModel(jobs, all, project);
        this.choosers = choosers;
        this.data = new DataViewModel(jobs, project.resolve("data"));
        this.catalog = new CatalogViewModel(jobs, worker, InstalledNetworks.ofHome(), AcceptedLicences.ofHome());
        this.network = new NetworkViewModel(jobs, worker, data.classesProperty(), data.examplesProperty());
        this.suspects = new SuspectsViewModel(
                jobs, worker, data, network.fileProperty(), network.preprocessingProperty(), network::reading);
        this.similar = new SimilarViewModel(
                jobs, worker, data, network.fileProperty(), network.preprocessingProperty(), network::reading);
        network.edits().keepIn(project.resolve("networks"));
        this.train = new TrainViewModel(network, data.examplesProperty(), project, process, System::nanoTime);
        network.headShapeProperty().bindBidirectional(train.settings().property(PlanOptions.HEAD_SHAPE));
        this.rates = new RateSearch(jobs, worker, train);
        this.domains = new DomainsLook(jobs, worker, train.run());
        this.fetched = new Awaited(jobs);
        train.awaitedProperty().bind(first(fetched.nameProperty(), data.openingProperty(), network.openingProperty()));
        train.changedSinceProperty().bind(new SinceRun(jobs, train.run(), data.examplesProperty()).wordsProperty());
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
        evaluate.misfitProperty()
                .bind(Misfit.of(
                        train.run()
                                .resultProperty()
                                .map(FineTuningResult::classes)
                                .orElse(List.of()),
                        train.run()
                                .subjectProperty()
                                .map(RunSubject::givesFeatures)
                                .orElse(false),
                        data.examplesProperty()));
        deploy.misfitProperty().bind(evaluate.misfitProperty());
        evaluate.trainedBeforeProperty().bind(train.ofDataBeforeProperty());
        deploy.trainedBeforeProperty().bind(train.ofDataBeforeProperty());
        this.runs = new RunsViewModel(jobs, project);
        this.changedExamples = new ChangedExamples(jobs, worker);
        this.steps = new StepsViewModel(data, network, train, evaluate, deploy);
        this.problems = new ProblemsViewModel(List.of(
                new Source(Step.DATA, DataProblems.of(data, suspects)),
                new Source(Step.NETWORK, NetworkProblems.of(network)),
                new Source(Step.TRAIN, RunProblems.of(train)),
                new Source(Step.EVALUATE, EvaluateProblems.of(evaluate)),
                new Source(Step.DEPLOY, DeployProblems.of(deploy))));
        this.elsewhere = new ElsewhereViewModel(
                Map.of(Step.DATA, data.problemProperty(), Step.NETWORK, network.problemProperty()));
        this.log = new LogViewModel(jobs.jobs(), train.run(), problems, problem, LocalTime::now);
        this.busy = Bindings.createBooleanBinding(
                () -> !jobs.jobs().isEmpty()
                        || train.run().stateProperty().get().isUnderWay(),
                jobs.jobs(),
                train.run().stateProperty());
        this.reopening =
                new Reopening(data, network, train, runs, new Remembering(memory, data, network, train), problem);
        problem.set(train.queue().problem());
        runs.refresh(problem::set);
        train.run().stateProperty().addListener((property, old, state) -> {
            if (HISTORIC.contains(state) && (state != RunState.TRAINING || old == RunState.PREPARING)) {
                runs.refresh(problem::set);
            }
        });
    }

    /** Notes that this project is the one that the next start begins with; a list that cannot be written is told. */
    void noteProject() {
        jobs.start(
                TEXTS.getString("noting"),
                progress -> {
                    all.opened(projects.folder());
                    return projects;
                },
                ProjectsViewModel::refresh,
                problem::set);
    }

    /** Lets it be said when the data that are open are changed by somebody else. */
    void watchData() {
        watch = new FolderWatch(jobs.bringing(data::noteChanged));
        data.examplesProperty()
                .map(ExampleSet::source)
                .addListener((property, before, source) -> watch.watch(left ? null : source));
    }

    /** Another project is opened in its place: what is remembered is written, and nothing goes on here. */
    void leave() {
        left = true;
        reopening.leave();
        if (watch != null) {
            watch.close();
        }
        train.run().leave();
        List.copyOf(jobs.jobs()).forEach(Job::cancel);
        memory.write();
    }

    /** @param bytes gets what kept features take of the disk */
    void measureCache(LongConsumer bytes) {
        jobs.start(TEXTS.getString("cache.measuring"), progress -> KeptFeatures.bytes(), bytes::accept, problem::set);
    }

    /** Deletes kept features that no run is using. */
    void cleanCache(Runnable then) {
        jobs.start(TEXTS.getString("cache.cleaning"), progress -> KeptFeatures.clean(), left -> then.run(), words -> {
            problem.set(words);
            then.run();
        });
    }

    /** Opens what Graft brings along, so that the first curve is one click away. */
    void openSample(TaskView view) {
        problem.set("");
        fetched.start(
                view.text("sample"),
                TEXTS.getString("sample"),
                progress -> view.sample().call(),
                data::open,
                problem::set);
        fetched.start(
                view.text("network"),
                TEXTS.getString("builtin"),
                progress -> view.network().call(),
                network::open,
                problem::set);
    }

    /** What the first of several that says something says; "" where none does. */
    private static StringBinding first(ObservableStringValue... all) {
        return Bindings.createStringBinding(
                () -> Stream.of(all)
                        .map(ObservableStringValue::get)
                        .filter(words -> !words.isEmpty())
                        .findFirst()
                        .orElse(""),
                all);
    }

    /** A new head for the network of the run shown, on what the data have become. */
    void retrainHead() {
        train.retrainHead();
        problem.set(train.obstacleProperty().get());
    }

    /** What would be lost, or go on, if the window closed now. */
    Closing beforeClosing() {
        if (train.run().stateProperty().get().isUnderWay()) {
            return Closing.DURING_A_RUN;
        }
        boolean costly = suspects.searchingProperty().get()
                || evaluate.judgingProperty().get()
                || deploy.measuringProperty().get()
                || useIt.askingProperty().get();
        return costly ? Closing.DURING_WORK : Closing.AT_ONCE;
    }

    /** What was open before, and runs of the past. */
    Reopening reopening() {
        return reopening;
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

    SimilarViewModel similar() {
        return similar;
    }

    SuspectsViewModel suspects() {
        return suspects;
    }

    NetworkViewModel network() {
        return network;
    }

    CatalogViewModel catalog() {
        return catalog;
    }

    RateSearch rates() {
        return rates;
    }

    DomainsLook domains() {
        return domains;
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

    ChangedExamples changedExamples() {
        return changedExamples;
    }

    /** This project, and the way to others. */
    ProjectsViewModel projects() {
        return projects;
    }

    StepsViewModel steps() {
        return steps;
    }

    /** What is not as it should be, of all steps. */
    ProblemsViewModel problems() {
        return problems;
    }

    LogViewModel log() {
        return log;
    }

    /** Whether anything is under way. */
    ObservableBooleanValue busyProperty() {
        return busy;
    }

    MemoryKeeper memory() {
        return memory;
    }

    /** Whether the window is dark; what is painted by hand follows it. */
    BooleanProperty darkProperty() {
        return dark;
    }

    /** What goes wrong on a screen that is not looked at. */
    ElsewhereViewModel elsewhere() {
        return elsewhere;
    }

    /** What went wrong outside any screen; "" where nothing did. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    void tell(String words) {
        problem.set(words);
    }
}
