package graft.app.deploy;

import graft.app.controls.Counts;
import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.deploy.ClientCode;
import graft.deploy.ClientFolder;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Variant;
import graft.worker.Comparison;
import graft.worker.HowRead;
import graft.worker.Saving;
import graft.worker.Saving.Saved;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;

/** The forms a network can be shipped in: measured once, judged by what may be lost, saved where the user says. */
public final class DeployViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.deploy");

    private final JobRunner jobs;
    private final Worker worker;
    private final ObservableValue<Path> network;
    private final ObservableValue<Boolean> networkIsOfOpen;
    private final ObservableValue<Path> data;
    private final ObservableValue<HowRead> how;
    private final ReadOnlyObjectWrapper<Deployment> deployment = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Variant> chosen = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<ClientCode> programs = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Saved> shipped = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ClientFolder> folder = new ReadOnlyObjectWrapper<>();
    private final DoubleProperty maxLoss = new SimpleDoubleProperty(1);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper measuring = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper stage = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(Job.INDETERMINATE);
    private final StringProperty misfit = new SimpleStringProperty("");
    private final StringBinding obstacle;
    private final StringBinding status;
    private final StringBinding headline;
    private final BooleanBinding stale;
    private final BooleanProperty trainedBefore = new SimpleBooleanProperty();
    private Job job;
    private Path compared;
    private boolean comparedAsOpen;

    /**
     * @param network the file that the last run exported; null while there is none
     * @param networkIsOfOpen whether that run is of the network and the data that are open
     * @param data where the examples are; null while none are open
     */
    public DeployViewModel(
            JobRunner jobs,
            Worker worker,
            ObservableValue<Path> network,
            ObservableValue<Boolean> networkIsOfOpen,
            ObservableValue<Path> data) {
        this(jobs, worker, network, networkIsOfOpen, data, new SimpleObjectProperty<>(HowRead.USUAL));
    }

    /** @param how what the user said of the data */
    public DeployViewModel(
            JobRunner jobs,
            Worker worker,
            ObservableValue<Path> network,
            ObservableValue<Boolean> networkIsOfOpen,
            ObservableValue<Path> data,
            ObservableValue<HowRead> how) {
        this.how = how;
        this.jobs = jobs;
        this.worker = worker;
        this.network = network;
        this.networkIsOfOpen = networkIsOfOpen;
        this.data = data;
        this.stale = Bindings.createBooleanBinding(
                () -> deployment.get() != null && comparedAsOpen && !networkIsOfOpen.getValue(),
                deployment,
                networkIsOfOpen);
        this.obstacle = Bindings.createStringBinding(this::findObstacle, network, data, misfit);
        this.status = Bindings.createStringBinding(
                this::say, network, networkIsOfOpen, data, misfit, deployment, stale, trainedBefore);
        this.headline = Bindings.createStringBinding(this::sayRecommended, deployment, stale, trainedBefore);
        network.addListener((value, old, file) -> forget());
        data.addListener((value, old, source) -> forget());
        chosen.addListener((value, old, form) -> writePrograms(form));
        maxLoss.addListener((value, old, points) -> {
            if (deployment.get() != null) {
                become(deployment.get().withMaxLoss(points.doubleValue()));
            }
        });
    }

    /** Figures of another file or other examples would be taken for these. */
    private void forget() {
        problem.set("");
        if (measuring.get()) {
            job.cancel();
            problem.set(Numbers.message(TEXTS.getString("given.up"), compared.getFileName()));
        }
        deployment.set(null);
        chosen.set(null);
        shipped.set(null);
        folder.set(null);
    }

    private String say() {
        String obstacle = findObstacle();
        boolean older = network.getValue() != null && !networkIsOfOpen.getValue();
        if (!obstacle.isEmpty() || older) {
            return obstacle.isEmpty() ? sayOlder() : obstacle;
        }
        int threads = Runtime.getRuntime().availableProcessors();
        return deployment.get() == null
                ? ""
                : Numbers.message(
                        TEXTS.getString(threads == 1 ? "subtitle.one" : "subtitle"),
                        Counts.exact(deployment.get().examples()),
                        threads);
    }

    /** Why what is measured is not of what is open. */
    String sayOlder() {
        if (!trainedBefore.get()) {
            return TEXTS.getString("older");
        }
        return TEXTS.getString(stale.get() ? "before" : "before.run");
    }

    private void writePrograms(Variant form) {
        programs.set(null);
        if (form == null || form.file() == null) {
            return;
        }
        jobs.start(
                Numbers.message(TEXTS.getString("programs"), FormWords.name(form)),
                progress -> worker.ask(Works.PROGRAMS, new Saving.Programs(Path.of(form.file())), progress),
                code -> {
                    if (form.equals(chosen.get())) {
                        programs.set(code);
                    }
                },
                problem::set);
    }

    private String findObstacle() {
        if (network.getValue() == null) {
            return TEXTS.getString("needs.network");
        }
        return data.getValue() == null ? TEXTS.getString("needs.data") : misfit.get();
    }

    private String sayRecommended() {
        if (deployment.get() == null) {
            return "";
        }
        String words = deployment.get().variants().stream()
                .filter(v -> v.name().equals(deployment.get().recommended()))
                .findFirst()
                .map(v -> Numbers.format("%.1f MB · %.1f ms", v.bytes() / 1e6, v.p50Ms()))
                .orElse("");
        return stale.get() && !words.isEmpty()
                ? Numbers.message(TEXTS.getString(trainedBefore.get() ? "headline.before" : "headline.older"), words)
                : words;
    }

    /** Writes every form beside the network's file and measures each. */
    public void compare() {
        if (!findObstacle().isEmpty() || measuring.get()) {
            return;
        }
        Path file = network.getValue();
        Path source = data.getValue();
        double points = maxLoss.get();
        HowRead said = how.getValue();
        compared = file;
        comparedAsOpen = networkIsOfOpen.getValue();
        problem.set("");
        job = jobs.start(
                Numbers.message(TEXTS.getString("comparing"), file.getFileName()),
                progress -> worker.ask(
                        Works.COMPARE,
                        new Comparison(file, source, file.resolveSibling("shipped"), points, said),
                        progress),
                result -> {
                    if (file.equals(network.getValue()) && source.equals(data.getValue())) {
                        become(result.withMaxLoss(maxLoss.get()));
                    }
                },
                problem::set);
        stage.bind(job.stageProperty());
        progress.bind(job.progressProperty());
        // A job that the user cancels ends without result and without failure.
        measuring.bind(job.runningProperty());
    }

    /** Ends the comparison that is under way. */
    public void cancel() {
        if (measuring.get()) {
            job.cancel();
        }
    }

    private void become(Deployment verdict) {
        String before =
                chosen.get() == null ? verdict.recommended() : chosen.get().name();
        boolean followed =
                deployment.get() == null || before.equals(deployment.get().recommended());
        deployment.set(verdict);
        String wanted = followed ? verdict.recommended() : before;
        chosen.set(verdict.variants().stream()
                .filter(v -> v.name().equals(wanted))
                .findFirst()
                .orElse(null));
    }

    /** Writes the chosen form to {@code target}. */
    public void save(Path target) {
        Variant form = chosen.get();
        if (form == null || form.file() == null) {
            return;
        }
        problem.set("");
        jobs.start(
                Numbers.message(TEXTS.getString("saving"), target.getFileName()),
                progress -> worker.ask(Works.SAVE, new Saving.Plan(Path.of(form.file()), target), progress),
                saved -> {
                    shipped.set(saved);
                    programs.set(saved.code());
                },
                problem::set);
    }

    /** Writes the chosen form to a folder, with all it takes to use it. */
    public void saveFolder(Path target) {
        Variant form = chosen.get();
        if (form == null || form.file() == null) {
            return;
        }
        problem.set("");
        jobs.start(
                Numbers.message(TEXTS.getString("saving"), target.getFileName()),
                progress -> worker.ask(Works.SAVE_FOLDER, new Saving.Folder(Path.of(form.file()), target), progress),
                folder::set,
                problem::set);
    }

    /** The name a form is offered under when it is saved. */
    public String suggestedName() {
        Variant form = chosen.get();
        return form == null || form.file() == null
                ? "network.onnx"
                : Path.of(form.file()).getFileName().toString();
    }

    /** Null until the forms were compared. */
    public ReadOnlyObjectProperty<Deployment> deploymentProperty() {
        return deployment.getReadOnlyProperty();
    }

    /** The form to be saved; the recommended one unless the user chose another. */
    public ObjectProperty<Variant> chosenProperty() {
        return chosen;
    }

    /** Programs that run the form that is chosen, or what was saved of it; null while there are none. */
    public ReadOnlyObjectProperty<ClientCode> programsProperty() {
        return programs.getReadOnlyProperty();
    }

    /** What was saved last; null before. */
    public ReadOnlyObjectProperty<Saved> shippedProperty() {
        return shipped.getReadOnlyProperty();
    }

    /** The folder that was written last; null before. */
    public ReadOnlyObjectProperty<ClientFolder> folderProperty() {
        return folder.getReadOnlyProperty();
    }

    /** Percentage points of accuracy that may be lost. */
    public DoubleProperty maxLossProperty() {
        return maxLoss;
    }

    /** Why the open data say nothing of the forms of this network; "" where they do. */
    public StringProperty misfitProperty() {
        return misfit;
    }

    /** Whether the examples were changed since the run shown, whose network and data set are open. */
    public BooleanProperty trainedBeforeProperty() {
        return trainedBefore;
    }

    public StringBinding headlineProperty() {
        return headline;
    }

    /** Whether the forms are of a run that is not of what is open. */
    public ObservableBooleanValue staleProperty() {
        return stale;
    }

    /** What the user should know before comparing: what is missing, or that the network is an older run's. */
    public StringBinding statusProperty() {
        return status;
    }

    public StringBinding obstacleProperty() {
        return obstacle;
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What the comparison under way is at. */
    public ReadOnlyStringProperty stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /** How far the comparison under way is: 0…1; -1 where that is not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty measuringProperty() {
        return measuring.getReadOnlyProperty();
    }
}
