package graft.app.network;

import graft.Refusal;
import graft.app.controls.Counts;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.app.train.ChosenNetwork;
import graft.image.PictureInput;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.Layer;
import graft.network.Network;
import graft.rewrite.NumberFormat;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The opened network, its padlocks and its preprocessing. Every change but opening a file can be undone. */
public final class NetworkViewModel implements ChosenNetwork {
    private final JobRunner jobs;
    private final NetworkOpening opening;
    private final HeadFitting fitting;
    private final ObservableValue<List<String>> classes;
    private final ReadOnlyObjectWrapper<Network> network = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Path> file = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Preprocessing> preprocessing = new SimpleObjectProperty<>();
    private final ReadOnlyBooleanWrapper preprocessingAssumed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper headProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper convertible = new ReadOnlyBooleanWrapper();
    private final ObservableList<String> report = FXCollections.observableArrayList();
    private final History<Choice> history = new History<>();

    private OpenedNetwork opened;
    /** With the head for the classes of the data, or for one class; the opened network where no head fits. */
    private Network fitted;

    private boolean restoring;

    /**
     * @param classes of the opened data; an empty list while there are none
     */
    public NetworkViewModel(JobRunner jobs, Worker worker, ObservableValue<List<String>> classes) {
        this.jobs = jobs;
        this.opening = new NetworkOpening(jobs, worker, this::show, problem::set);
        this.fitting = new HeadFitting(jobs);
        this.classes = classes;
        classes.addListener((observable, before, now) -> {
            if (opened != null && !now.equals(before)) {
                refit();
            }
        });
        preprocessing.addListener((observable, before, now) -> {
            if (opened != null && !restoring) {
                choose(choice -> choice.withPreprocessing(now));
            }
        });
    }

    // --- opening

    /** Opens a file in the background. A file that cannot be opened leaves the network that is open as it is. */
    public void open(Path path) {
        opening.open(path, Reading.USUAL);
    }

    /** Opens the network's file again as the user says that it is to be read; the padlocks are closed anew. */
    void read(Reading reading) {
        opening.open(file.get(), reading);
    }

    /** Opens a network that is here already. */
    public void open(NetworkCard card) {
        opening.open(card);
    }

    /**
     * Converts a network that is not fp32 and opens the file that comes of it; it lies beside the other installed networks.
     */
    public void convert() {
        opening.convert(file.get());
    }

    private void show(OpenedNetwork result) {
        opened = result;
        fitted = result.network();
        headProblem.set("");
        problem.set("");
        history.start(Choice.untouched(result));
        report.setAll(result.report());
        convertible.set(NumberFormat.hindrance(result.network().model().graph()).isPresent());
        refit();
    }

    // --- the head

    List<String> classNames() {
        return classes.getValue() == null ? List.of() : classes.getValue();
    }

    /** Makes the head for the present classes and features; the padlocks stay. */
    private void refit() {
        fit(history.now().features(), () -> {});
    }

    /** @param then done before the network is shown, where the head fits */
    private void fit(Optional<String> features, Runnable then) {
        fitting.fit(
                opened,
                features,
                classNames(),
                result -> {
                    fitted = result;
                    headProblem.set("");
                    then.run();
                    refresh();
                    opening.arrived(opened);
                },
                words -> {
                    if (fitted == opened.network()) {
                        headProblem.set(words);
                        refresh();
                    }
                    opening.arrived(opened);
                    if (!words.isEmpty()) {
                        problem.set(words);
                    }
                });
    }

    /** The user's choice of the tensor that the head stands on; empty = the input of the old classifier. */
    @Override
    public Optional<String> features() {
        return opened == null ? Optional.empty() : history.now().features();
    }

    /** The tensor that the head stands on, chosen or found. */
    public Optional<String> featureTensor() {
        return opened == null ? Optional.empty() : Optional.of(opened.features(features()));
    }

    /** Puts the head on another tensor; empty = the input of the old classifier. A tensor that does not do is refused. */
    public void chooseFeatures(Optional<String> tensor) {
        if (opened != null && !tensor.equals(features())) {
            fit(tensor, () -> history.push(history.now().withFeatures(tensor)));
        }
    }

    // --- padlocks

    /** Opens or closes the padlock of a layer. The new head always learns. */
    public void toggle(Layer layer) {
        toggle(List.of(layer));
    }

    /** Closes the padlocks of {@code layers} if all are open, else opens them. */
    public void toggle(Collection<Layer> layers) {
        List<Layer> body = body().among(layers);
        if (body.stream().allMatch(this::isLearning)) {
            freeze(body);
        } else {
            thaw(body);
        }
    }

    public void freeze(Collection<Layer> layers) {
        change(padlocks -> padlocks.close(fitted, body().among(layers)));
    }

    public void thaw(Collection<Layer> layers) {
        change(padlocks -> padlocks.open(body().among(layers)));
    }

    /** Freezes all layers up to and with this one, in graph order. */
    public void freezeUpTo(Layer layer) {
        freeze(body().upTo(layer));
    }

    /** Lets this layer and all above it learn, in graph order. */
    public void thawFrom(Layer layer) {
        thaw(body().from(layer));
    }

    /** Whether a layer has weights that learn. */
    public boolean isLearning(Layer layer) {
        return network.get() != null
                && layer.weights().stream().anyMatch(network.get().trainable()::contains);
    }

    /** Whether a layer has a padlock: those above the features go, and the new head always learns. */
    public boolean isLockable(Layer layer) {
        return body().has(layer);
    }

    private Body body() {
        return Body.of(fitted);
    }

    /**
     * What the padlocks say, as {@code --trainable} takes it. It speaks of the network with its new head, also while there
     * are no data to give it classes.
     *
     * @throws Refusal where names of layers cannot be written in a list, or nothing is open
     */
    @Override
    public String trainableSpec() {
        if (opened == null) {
            throw new Refusal(Texts.of("network.none"));
        }
        return history.now().padlocks().spec(fitted);
    }

    /** Sets the padlocks as {@code spec} says; a spec that names no layer of the network becomes the problem shown. */
    @Override
    public void apply(String spec) {
        if (opened == null) {
            problem.set(Texts.of("network.none"));
            return;
        }
        try {
            Padlocks wanted = Padlocks.of(fitted, spec);
            change(padlocks -> wanted);
        } catch (Refusal e) {
            problem.set(e.getMessage());
        }
    }

    private void change(UnaryOperator<Padlocks> change) {
        choose(choice -> choice.with(change.apply(choice.padlocks())));
    }

    // --- history

    private void choose(UnaryOperator<Choice> change) {
        if (opened != null) {
            problem.set("");
            history.push(change.apply(history.now()));
            refresh();
        }
    }

    public void undo() {
        restore(history::undo);
    }

    public void redo() {
        restore(history::redo);
    }

    private void restore(Runnable move) {
        if (opened == null) {
            return;
        }
        Optional<String> features = history.now().features();
        move.run();
        if (features.equals(history.now().features())) {
            refresh();
        } else {
            refit();
        }
    }

    public ReadOnlyBooleanProperty undoableProperty() {
        return history.undoableProperty();
    }

    public ReadOnlyBooleanProperty redoableProperty() {
        return history.redoableProperty();
    }

    /** Brings all properties to the present choice. */
    private void refresh() {
        Choice choice = history.now();
        restoring = true;
        preprocessing.set(choice.preprocessing());
        restoring = false;
        preprocessingAssumed.set(choice.assumed() && choice.preprocessing() != null);
        Network learning = choice.padlocks().on(fitted);
        if (classNames().isEmpty() && learning.head().isPresent()) {
            // Of the body alone: the old classifier may have the names of the new head.
            Set<String> names = learning.body().stream()
                    .flatMap(layer -> layer.weights().stream())
                    .filter(learning.trainable()::contains)
                    .collect(Collectors.toSet());
            learning = opened.network().withTrainable(names);
        }
        file.set(opened.file());
        network.set(learning);
        headline.set(Texts.of(
                "network.headline",
                opened.name(),
                Counts.exact(learning.trainableParameters()),
                Counts.rounded(learning.parameters())));
    }

    // --- what is known

    /** The network as it would be trained, with the head for the data's classes once there are any; null = none. */
    @Override
    public ReadOnlyObjectProperty<Network> networkProperty() {
        return network.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<Path> fileProperty() {
        return file.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyStringProperty headProblemProperty() {
        return headProblem.getReadOnlyProperty();
    }

    /** Found in the file, assumed, or set by the user; null = unknown. */
    @Override
    public ObjectProperty<Preprocessing> preprocessingProperty() {
        return preprocessing;
    }

    /** Whether the preprocessing is neither from the file nor from the user. */
    public ReadOnlyBooleanProperty preprocessingAssumedProperty() {
        return preprocessingAssumed.getReadOnlyProperty();
    }

    /** The network's input as pictures see it; empty where nothing is open. */
    @Override
    public Optional<PictureInput> input() {
        return opened == null ? Optional.empty() : opened.input();
    }

    @Override
    public Reading reading() {
        return opened == null ? Reading.USUAL : opened.reading();
    }

    /** "mobilenetv2-0.35 · 2 562 of 0.4 M learn"; empty where nothing is open. */
    public ReadOnlyStringProperty headlineProperty() {
        return headline.getReadOnlyProperty();
    }

    /** What last went wrong, for the user; empty where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public void dismissProblem() {
        problem.set("");
    }

    /** Says what is wrong with what was dropped. */
    void refuse(String words) {
        problem.set(Objects.requireNonNull(words));
    }

    /** Whether the network must be converted to fp32 before it can learn. */
    public ReadOnlyBooleanProperty convertibleProperty() {
        return convertible.getReadOnlyProperty();
    }

    /** Name of the file that is being opened; empty where none is. */
    public ReadOnlyStringProperty openingProperty() {
        return opening.titleProperty();
    }

    /** What was understood of the file, one fact a line. */
    public ObservableList<String> report() {
        return report;
    }

    /** Tensors that the head can stand on, the topmost first. */
    public List<String> featureChoices() {
        return opened == null ? List.of() : opened.featureChoices();
    }

    /** Shape of a tensor for one example, batch axis first, where it is known. */
    public Optional<long[]> shape(String tensor) {
        return opened == null || network.get() == null ? Optional.empty() : opened.shape(tensor, network.get());
    }

    OpenedNetwork opened() {
        return opened;
    }

    JobRunner jobs() {
        return jobs;
    }
}
