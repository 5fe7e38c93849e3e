package graft.app.deploy;

import graft.Refusal;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.PictureInput;
import graft.data.Preprocessing;
import graft.deploy.ClientCode;
import graft.deploy.Deployer;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Variant;
import graft.files.AtomicFile;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/** The forms a network can be shipped in: measured once, judged by what may be lost, saved where the user says. */
public final class DeployViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.deploy");

    /** A form that was saved, and how to use it. */
    public record Shipped(Path file, long bytes, ClientCode code) {}

    private final JobRunner jobs;
    private final ObservableValue<Path> network;
    private final ObservableValue<Path> data;
    private final ReadOnlyObjectWrapper<Deployment> deployment = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Variant> chosen = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Shipped> shipped = new ReadOnlyObjectWrapper<>();
    private final DoubleProperty maxLoss = new SimpleDoubleProperty(1);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper measuring = new ReadOnlyBooleanWrapper();
    private final StringBinding obstacle;
    private final StringBinding headline;
    private Job job;

    /**
     * @param network the file that the last run exported; null while there is none
     * @param data where the examples are; null while none are open
     */
    public DeployViewModel(JobRunner jobs, ObservableValue<Path> network, ObservableValue<Path> data) {
        this.jobs = jobs;
        this.network = network;
        this.data = data;
        this.obstacle = Bindings.createStringBinding(this::findObstacle, network, data);
        this.headline = Bindings.createStringBinding(this::sayRecommended, deployment);
        network.addListener((value, old, file) -> forget());
        data.addListener((value, old, source) -> forget());
        maxLoss.addListener((value, old, points) -> {
            if (deployment.get() != null) {
                become(deployment.get().withMaxLoss(points.doubleValue()));
            }
        });
    }

    /** Figures of another file or other examples would be taken for these. */
    private void forget() {
        deployment.set(null);
        chosen.set(null);
        shipped.set(null);
    }

    private String findObstacle() {
        if (network.getValue() == null) {
            return TEXTS.getString("needs.network");
        }
        return data.getValue() == null ? TEXTS.getString("needs.data") : "";
    }

    private String sayRecommended() {
        return deployment.get() == null
                ? ""
                : deployment.get().variants().stream()
                        .filter(v -> v.name().equals(deployment.get().recommended()))
                        .findFirst()
                        .map(v -> String.format(Locale.ROOT, "%.1f MB · %.1f ms", v.bytes() / 1e6, v.p50Ms()))
                        .orElse("");
    }

    /** Writes every form beside the network's file and measures each. */
    public void compare() {
        if (!findObstacle().isEmpty() || measuring.get()) {
            return;
        }
        Path file = network.getValue();
        Path source = data.getValue();
        double points = maxLoss.get();
        problem.set("");
        job = jobs.start(
                MessageFormat.format(TEXTS.getString("comparing"), file.getFileName()),
                progress -> measure(file, source, points, progress),
                result -> {
                    if (file.equals(network.getValue()) && source.equals(data.getValue())) {
                        become(result.withMaxLoss(maxLoss.get()));
                    }
                },
                problem::set);
        // A job that the user cancels ends without result and without failure.
        measuring.bind(job.runningProperty());
    }

    private static Deployment measure(Path file, Path source, double points, Progress progress) {
        Model model = OnnxFile.read(file);
        Optional<Preprocessing> how = source.toString().endsWith(".npz")
                ? Optional.empty()
                : PictureInput.of(model.graph().inputs().get(0)).preprocessing(model.metadata());
        DataSet examples = DataSet.open(source, how, DataOptions.forJudging(model.metadata(), true), progress);
        return Deployer.deploy(file, Reading.USUAL, how, examples, file.resolveSibling("shipped"), points, progress);
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
                MessageFormat.format(TEXTS.getString("saving"), target.getFileName()),
                progress -> copy(Path.of(form.file()), target),
                shipped::set,
                problem::set);
    }

    private static Shipped copy(Path from, Path to) {
        try {
            byte[] content = Files.readAllBytes(from);
            AtomicFile.write(to, out -> out.write(content));
            return new Shipped(to, content.length, code(to));
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot copy " + from + " to " + to + ": " + AtomicFile.reason(e) + ". Choose another place.", e);
        }
    }

    private static ClientCode code(Path file) {
        try {
            return ClientCode.of(file);
        } catch (Refusal e) {
            // The file is saved and whole; there is just no program for it.
            return new ClientCode(Map.of("Java", "// " + e.getMessage()));
        }
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

    /** What was saved last; null before. */
    public ReadOnlyObjectProperty<Shipped> shippedProperty() {
        return shipped.getReadOnlyProperty();
    }

    /** Percentage points of accuracy that may be lost. */
    public DoubleProperty maxLossProperty() {
        return maxLoss;
    }

    public StringBinding headlineProperty() {
        return headline;
    }

    public StringBinding obstacleProperty() {
        return obstacle;
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty measuringProperty() {
        return measuring.getReadOnlyProperty();
    }
}
