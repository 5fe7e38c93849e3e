package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.fewshot.AddedClass;
import graft.worker.AddingClass;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** A class more for a network whose classes are means of examples: a handful of them, a name, and a new file. */
public final class AddClassViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");

    private final JobRunner jobs;
    private final Worker worker;
    private final ObservableValue<Path> network;
    private final ObservableList<Path> examples = FXCollections.observableArrayList();
    private final StringProperty name = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<AddedClass> added = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper says = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper adding = new ReadOnlyBooleanWrapper();
    private final BooleanBinding ready;

    /** @param network that gets the class; null while there is none */
    public AddClassViewModel(JobRunner jobs, Worker worker, ObservableValue<Path> network) {
        this.jobs = jobs;
        this.worker = worker;
        this.network = network;
        this.ready = Bindings.createBooleanBinding(
                () -> network.getValue() != null
                        && !examples.isEmpty()
                        && !name.get().isBlank()
                        && !adding.get(),
                network,
                examples,
                name,
                adding);
    }

    /** Takes files and folders as examples of the class. */
    public void take(List<Path> files) {
        files.stream().filter(file -> !examples.contains(file)).forEach(examples::add);
        says.set("");
        problem.set("");
    }

    /** Forgets the examples that were taken. */
    public void clear() {
        examples.clear();
    }

    /** Writes a file that knows the class too; nothing happens before there is all that is needed. */
    public void write(Path out) {
        if (!ready.get()) {
            return;
        }
        AddingClass.Plan plan =
                new AddingClass.Plan(network.getValue(), name.get().strip(), List.copyOf(examples), out);
        says.set("");
        problem.set("");
        added.set(null);
        Job job = jobs.start(
                text("add.job", plan.name()),
                progress -> worker.ask(Works.ADD_CLASS, plan, progress),
                this::become,
                problem::set);
        adding.bind(job.runningProperty());
    }

    private void become(AddedClass done) {
        added.set(done);
        says.set(text(
                done.isNew() ? "add.done.new" : "add.done.more",
                done.name(),
                done.classes().indexOf(done.name()) + 1,
                done.of(),
                done.recognized(),
                done.examples(),
                done.network(),
                done.skipped().size()));
        examples.clear();
        name.set("");
    }

    /** "network-wasps.onnx". */
    String fileName() {
        return network.getValue().getFileName().toString().replaceFirst("(?i)\\.onnx$", "") + "-"
                + name.get().strip().replaceAll("[^\\p{L}\\p{N}._-]", "_") + ".onnx";
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    public ObservableList<Path> examples() {
        return examples;
    }

    public StringProperty nameProperty() {
        return name;
    }

    /** Whether there is all that is needed. */
    BooleanBinding readyProperty() {
        return ready;
    }

    /** What was written last; null before. */
    public ReadOnlyObjectProperty<AddedClass> addedProperty() {
        return added.getReadOnlyProperty();
    }

    /** What was done, in words; "" before. */
    public ReadOnlyStringProperty saysProperty() {
        return says.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty addingProperty() {
        return adding.getReadOnlyProperty();
    }
}
