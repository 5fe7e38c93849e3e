package graft.app.data;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.WindowWords;
import graft.app.jobs.Worker;
import graft.app.task.Correcting;
import graft.app.task.ExampleSet;
import graft.app.task.Shown;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.trust.Suspects.Suspect;
import graft.worker.HowRead;
import graft.worker.Trusting;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Labels that look wrong to heads which have not seen them. Nothing is changed before somebody has looked. */
public final class SuspectsViewModel {
    /**
     * One of them.
     *
     * @param label as the data say it
     * @param suggested what the others would say
     * @param quality how likely the label is to a head that has not seen it, 0…1
     */
    public record Row(Shown shown, String label, String suggested, double quality) {
        /** What it is called among all: a picture with its folders, whose names repeat from class to class. */
        public String example() {
            return shown.words().isEmpty() ? shown.key() : shown.name();
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
    private final ReadOnlyStringWrapper says = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper searching = new ReadOnlyBooleanWrapper();
    private final BooleanProperty shown = new SimpleBooleanProperty();
    /** Of the examples that somebody looked at and found right. */
    private final Set<String> right = new HashSet<>();

    private Trusting.Doubted found;
    private Path foundIn;
    private Job job;

    /**
     * @param network whose body makes the features; null where none is open
     * @param preparation how it takes pictures; null where that is not known
     * @param reading what the user says of it
     */
    public SuspectsViewModel(
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
        data.examplesProperty().addListener((property, old, set) -> follow(set));
    }

    private String findObstacle() {
        ExampleSet set = data.examplesProperty().getValue();
        if (set == null || !set.isRelabellable()) {
            return DataTexts.text(
                    set == null
                            ? "suspects.needs.data"
                            : set.isOfPlaces() ? "suspects.needs.classes" : "suspects.needs.names");
        }
        if (network.getValue() == null) {
            return DataTexts.text("suspects.needs.network");
        }
        return set.files().isPresent() && preparation.getValue() == null
                ? DataTexts.text("suspects.needs.preparation")
                : "";
    }

    /** Starts the search; nothing happens while it cannot be done. */
    public void find() {
        if (!obstacle.get().isEmpty() || searching.get()) {
            return;
        }
        ExampleSet set = data.examplesProperty().getValue();
        Trusting.Asked asked = new Trusting.Asked(
                network.getValue(),
                set.source(),
                reading.get(),
                HowRead.of(set.how()),
                set.files().isPresent() ? Optional.of(preparation.getValue()) : Optional.empty());
        forget();
        shown.set(true);
        says.set(DataTexts.text("suspects.waiting", asked.network().getFileName()));
        job = jobs.start(
                DataTexts.text("suspects.job", set.title()),
                progress -> worker.ask(Works.SUSPECTS, new Trusting.Doubting(asked), progress),
                result -> become(result, set.source()),
                words -> {
                    says.set("");
                    problem.set(words);
                });
        searching.bind(job.runningProperty());
        job.whenCancelled(() -> says.set(DataTexts.text("suspects.cancelled")));
    }

    private void become(Trusting.Doubted result, Path source) {
        ExampleSet set = data.examplesProperty().getValue();
        if (set == null || !set.source().equals(source)) {
            return; // others were opened meanwhile
        }
        found = result;
        foundIn = source;
        follow(set);
    }

    /** What was changed since is no longer doubted; what is taken back is again. */
    private void follow(ExampleSet set) {
        if (found == null) {
            return;
        }
        if (set == null || !set.source().equals(foundIn)) {
            forget();
            shown.set(false);
            return;
        }
        Map<String, String> now = set.classOf();
        Map<String, Shown> all = set.byClass().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(Shown::key, Function.identity(), (one, other) -> one));
        rows.setAll(found.suspects().stream()
                .filter(each -> each.label().equals(now.get(each.name())) && !right.contains(each.name()))
                .map(each -> row(each, all.get(each.name())))
                .toList());
        String words = found.wrong() == 0
                ? DataTexts.text("suspects.none", found.n())
                : DataTexts.text("suspects.found", found.wrong(), found.n(), 100 * found.accuracy(), rows.size());
        String remarks = WindowWords.of(String.join(" ", found.remarks()));
        says.set(remarks.isEmpty() ? words : words + " " + remarks);
    }

    private static Row row(Suspect suspect, Shown shown) {
        return new Row(shown, suspect.label(), suspect.suggested(), suspect.score());
    }

    private void forget() {
        found = null;
        right.clear();
        rows.clear();
        says.set("");
        problem.set("");
    }

    /** Gives each the class that is suggested for it: one step, one undo. */
    public void takeSuggested(List<Row> those) {
        Map<Shown, String> classes = new LinkedHashMap<>();
        those.forEach(row -> classes.put(row.shown(), row.suggested()));
        data.relabel(classes);
    }

    /** Leaves them out of the data. */
    public void leaveOut(List<Row> those) {
        data.leaveOut(those.stream().map(Row::shown).toList());
    }

    /** Their labels are right: they are doubted no more, until the next search. */
    public void trust(List<Row> those) {
        those.forEach(row -> right.add(row.shown().key()));
        follow(data.examplesProperty().getValue());
    }

    public void cancel() {
        if (job != null) {
            job.cancel();
        }
    }

    /** Takes back what was done to the data last. */
    public void undo() {
        data.undo();
    }

    /** Why nothing can be looked for; "" where it can. */
    public StringBinding obstacleProperty() {
        return obstacle;
    }

    /** Those that are still doubted, the most suspicious first. */
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

    /** Whether they are looked at. */
    public BooleanProperty shownProperty() {
        return shown;
    }

    /** The data that are open; null where none are. */
    ObservableValue<ExampleSet> examplesProperty() {
        return data.examplesProperty();
    }
}
