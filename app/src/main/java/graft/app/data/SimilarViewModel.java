package graft.app.data;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.WindowWords;
import graft.app.jobs.Worker;
import graft.app.task.Correcting;
import graft.app.task.ExampleSet;
import graft.app.task.Shown;
import graft.embed.NearestExamples.Near;
import graft.embed.Neighbours;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.worker.HowRead;
import graft.worker.Resembling;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The examples that the open network sees as most like one of them. */
public final class SimilarViewModel {
    private static final int MOST = 24;

    /**
     * One of them.
     *
     * @param className null where it has none
     * @param similarity cosine of what the network makes of both, −1…1
     */
    public record Row(Shown shown, String className, double similarity) {
        String words() {
            return className == null
                    ? DataTexts.text("similar.row", similarity)
                    : DataTexts.text("similar.row.class", similarity, className);
        }
    }

    private final JobRunner jobs;
    private final Worker worker;
    private final Correcting data;
    private final ObservableValue<Path> network;
    private final ObservableValue<Preprocessing> preparation;
    private final Supplier<Reading> reading;
    private final StringBinding obstacle;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Shown> asked = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper says = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper searching = new ReadOnlyBooleanWrapper();
    private Job job;

    /**
     * @param network that compares them; null where none is open
     * @param preparation how it takes pictures; null where that is not known
     * @param reading what the user says of it
     */
    public SimilarViewModel(
            JobRunner jobs,
            Worker worker,
            Correcting data,
            ObservableValue<Path> network,
            ObservableValue<Preprocessing> preparation,
            Supplier<Reading> reading) {
        this.jobs = jobs;
        this.worker = worker;
        this.data = data;
        this.network = network;
        this.preparation = preparation;
        this.reading = reading;
        this.obstacle = Bindings.createStringBinding(this::findObstacle, data.examplesProperty(), network, preparation);
    }

    private String findObstacle() {
        ExampleSet set = data.examplesProperty().getValue();
        if (set == null || !set.isRelabellable()) {
            return DataTexts.text(set == null ? "suspects.needs.data" : "similar.needs.classes");
        }
        if (network.getValue() == null) {
            return DataTexts.text("similar.needs.network");
        }
        return set.files().isPresent() && preparation.getValue() == null
                ? DataTexts.text("suspects.needs.preparation")
                : "";
    }

    /** Looks for what is like an example; where that cannot be done, it is said why. */
    public void find(Shown example) {
        cancel();
        asked.set(example);
        rows.clear();
        says.set("");
        problem.set(obstacle.get());
        if (!obstacle.get().isEmpty()) {
            return;
        }
        ExampleSet set = data.examplesProperty().getValue();
        Resembling.Plan plan = new Resembling.Plan(
                network.getValue(),
                set.source(),
                reading.get(),
                HowRead.of(set.how()),
                set.files().isPresent() ? Optional.of(preparation.getValue()) : Optional.empty(),
                example.key(),
                MOST);
        says.set(DataTexts.text("similar.waiting", plan.network().getFileName()));
        job = jobs.start(
                DataTexts.text("similar.job", example.name()),
                progress -> worker.ask(Works.NEIGHBOURS, plan, progress),
                found -> become(found, set, example),
                words -> {
                    if (asked.get() == example) {
                        says.set("");
                        problem.set(words);
                    }
                });
        searching.bind(job.runningProperty());
        job.whenCancelled(() -> {
            if (asked.get() == example) {
                says.set(DataTexts.text("suspects.cancelled"));
            }
        });
    }

    private void become(Neighbours found, ExampleSet set, Shown example) {
        if (asked.get() != example) {
            return; // another one was asked about meanwhile
        }
        Map<String, Shown> all = set.byClass().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(Shown::key, Function.identity(), (one, other) -> one));
        List<Near> nearest = found.queries().get(0).nearest();
        rows.setAll(nearest.stream()
                .filter(near -> all.containsKey(near.name()))
                .map(near -> new Row(all.get(near.name()), near.className(), near.similarity()))
                .toList());
        String words = DataTexts.text(
                "similar.found", rows.size(), found.n(), found.network().getFileName());
        String remarks = WindowWords.of(String.join(" ", found.remarks()));
        says.set(remarks.isEmpty() ? words : words + " " + remarks);
    }

    public void cancel() {
        if (job != null) {
            job.cancel();
        }
    }

    /** Why nothing can be looked for; "" where it can. */
    public StringBinding obstacleProperty() {
        return obstacle;
    }

    /** The one that others are to be like; null before. */
    public ReadOnlyObjectProperty<Shown> askedProperty() {
        return asked.getReadOnlyProperty();
    }

    /** The most alike first. */
    public ObservableList<Row> rows() {
        return rows;
    }

    /** What was found, in words; "" before. */
    public ReadOnlyStringProperty saysProperty() {
        return says.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty searchingProperty() {
        return searching.getReadOnlyProperty();
    }

    /** How such an example is shown. */
    ObservableValue<ExampleSet> examplesProperty() {
        return data.examplesProperty();
    }
}
