package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.app.task.Edition;
import graft.meaning.Reading;
import graft.trust.Calibration;
import graft.trust.ConformalSets;
import graft.worker.Trusting;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.beans.value.ObservableValue;

/** Whether a network is as sure as it is right, and what it can promise: a temperature, and sets of classes. */
public final class CalibrationViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");
    private static final double USUAL = 0.1;

    private final JobRunner jobs;
    private final Worker worker;
    private final ObservableValue<Path> network;
    private final ObservableValue<Reading> reading;
    private final ObservableValue<Path> data;
    private final ObservableValue<Edition> edition;
    private final ReadOnlyObjectWrapper<Calibration> calibration = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ConformalSets> sets = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper saved = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper setsProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper measuring = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper covering = new ReadOnlyBooleanWrapper();
    private final ObjectProperty<Double> alpha = new SimpleObjectProperty<>(USUAL);
    private final ObjectProperty<ConformalSets.Kind> score = new SimpleObjectProperty<>(ConformalSets.Kind.LAC);
    private final BooleanBinding impossible;
    private final NotingViewModel noting;
    private Job cooling;
    private Job gathering;
    private int mine;

    /** @param obstacle why the network cannot be asked about the data; "" where it can */
    CalibrationViewModel(
            JobRunner jobs,
            Worker worker,
            ObservableValue<Path> network,
            ObservableValue<Reading> reading,
            ObservableValue<Path> data,
            ObservableValue<Edition> edition,
            ObservableStringValue obstacle) {
        this.jobs = jobs;
        this.worker = worker;
        this.network = network;
        this.reading = reading;
        this.data = data;
        this.edition = edition;
        this.impossible = Bindings.isNotEmpty(obstacle);
        this.noting = new NotingViewModel(jobs, worker, this::asked);
        // Figures of another network or of other examples are not of these.
        network.addListener((property, old, now) -> forget());
        reading.addListener((property, old, now) -> forget());
        data.addListener((property, old, now) -> forget());
        edition.addListener((property, old, now) -> forget());
    }

    private void forget() {
        mine++;
        if (cooling != null) {
            cooling.cancel();
        }
        if (gathering != null) {
            gathering.cancel();
        }
        calibration.set(null);
        sets.set(null);
        saved.set("");
        problem.set("");
        setsProblem.set("");
        noting.forget();
    }

    /** Fits a temperature, and says what it does. */
    public void measure() {
        cool(Optional.empty());
    }

    /** The same, and writes the network with it. */
    public void save(Path out) {
        cool(Optional.of(out));
    }

    private void cool(Optional<Path> out) {
        if (impossible.get() || measuring.get()) {
            return;
        }
        Trusting.Cooling plan = new Trusting.Cooling(asked(), out);
        int now = mine;
        problem.set("");
        saved.set("");
        cooling = jobs.start(
                text("calibration.job", network.getValue().getFileName()),
                progress -> worker.ask(Works.CALIBRATE, plan, progress),
                found -> {
                    if (now == mine) {
                        calibration.set(found);
                        out.ifPresent(file -> saved.set(text("calibration.saved", file, found.temperature())));
                    }
                },
                words -> {
                    if (now == mine) {
                        problem.set(words);
                    }
                });
        measuring.bind(cooling.runningProperty());
    }

    /** Finds out how large sets must be that miss the true class in a share of {@link #alphaProperty}. */
    public void gather() {
        if (impossible.get() || covering.get()) {
            return;
        }
        Trusting.Covering plan = new Trusting.Covering(asked(), alpha.get(), score.get());
        int now = mine;
        setsProblem.set("");
        gathering = jobs.start(
                text("sets.job", network.getValue().getFileName()),
                progress -> worker.ask(Works.SETS, plan, progress),
                found -> {
                    if (now == mine) {
                        sets.set(found);
                    }
                },
                words -> {
                    if (now == mine) {
                        setsProblem.set(words);
                    }
                });
        covering.bind(gathering.runningProperty());
    }

    private Trusting.Asked asked() {
        return new Trusting.Asked(
                network.getValue(),
                data.getValue(),
                reading.getValue(),
                edition.getValue().how(),
                Optional.empty());
    }

    /** "network-calibrated.onnx". */
    String name() {
        return name("-calibrated.onnx");
    }

    String name(String end) {
        return network.getValue().getFileName().toString().replaceFirst("(?i)\\.onnx$", "") + end;
    }

    /** The note of what it learnt from. */
    public NotingViewModel noting() {
        return noting;
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** Null until it is known. */
    public ReadOnlyObjectProperty<Calibration> calibrationProperty() {
        return calibration.getReadOnlyProperty();
    }

    /** Null until they are known. */
    public ReadOnlyObjectProperty<ConformalSets> setsProperty() {
        return sets.getReadOnlyProperty();
    }

    /** Share of the sets that may miss the true class. */
    public ObjectProperty<Double> alphaProperty() {
        return alpha;
    }

    /** By what classes are put in order. */
    public ObjectProperty<ConformalSets.Kind> scoreProperty() {
        return score;
    }

    /** What was written, in words; "" where nothing was. */
    public ReadOnlyStringProperty savedProperty() {
        return saved.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty setsProblemProperty() {
        return setsProblem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty measuringProperty() {
        return measuring.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty coveringProperty() {
        return covering.getReadOnlyProperty();
    }

    /** Whether there is a temperature that is worth a file. */
    BooleanBinding savableProperty() {
        return Bindings.createBooleanBinding(
                () -> calibration.get() != null && calibration.get().changesAnything() && !measuring.get(),
                calibration,
                measuring);
    }

    /** Whether there is no network to ask, or nothing to ask it about. */
    BooleanBinding impossibleProperty() {
        return impossible;
    }
}
