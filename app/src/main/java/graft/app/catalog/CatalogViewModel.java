package graft.app.catalog;

import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.catalog.AcceptedLicences;
import graft.catalog.CatalogEntry;
import graft.catalog.InstalledNetworks;
import graft.catalog.KnownNetwork;
import graft.catalog.KnownNetworks;
import graft.worker.Fetching;
import graft.worker.Works;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/** Which networks there are, and one that is being fetched. What was begun goes on while nobody looks. */
public final class CatalogViewModel {
    static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.catalog");

    private final JobRunner jobs;
    private final Worker worker;
    private final InstalledNetworks installed;
    private final AcceptedLicences licences;
    private final ObservableList<KnownNetwork> all = FXCollections.observableArrayList();
    private final FilteredList<KnownNetwork> shown = new FilteredList<>(all);
    private final StringProperty search = new SimpleStringProperty("");
    private final StringProperty task = new SimpleStringProperty("");
    private final BooleanProperty here = new SimpleBooleanProperty();
    private final ObjectProperty<KnownNetwork> chosen = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Job> fetching = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");

    /** @param installed where fetched networks go */
    public CatalogViewModel(JobRunner jobs, Worker worker, InstalledNetworks installed, AcceptedLicences licences) {
        this.jobs = jobs;
        this.worker = worker;
        this.installed = installed;
        this.licences = licences;
        search.addListener((property, old, now) -> filter());
        task.addListener((property, old, now) -> filter());
        here.addListener((property, old, now) -> filter());
    }

    /** Reads anew which there are. */
    public void refresh() {
        refresh(Optional.ofNullable(chosen.get()).map(KnownNetwork::name));
    }

    /** @param choose the name of the network that is chosen then */
    private void refresh(Optional<String> choose) {
        jobs.start(
                TEXTS.getString("listing"),
                progress -> KnownNetworks.in(installed),
                found -> {
                    all.setAll(found);
                    chosen.set(choose.flatMap(name -> found.stream()
                                    .filter(each -> each.name().equals(name))
                                    .findFirst())
                            .orElse(null));
                },
                problem::set);
    }

    private void filter() {
        List<String> words = Stream.of(search.get().toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        Predicate<KnownNetwork> isMeant = network -> (task.get().isEmpty()
                        || network.task().filter(task.get()::equals).isPresent())
                && (!here.get() || network.network().isPresent())
                && words.stream().allMatch(searched(network)::contains);
        shown.setPredicate(isMeant);
    }

    private static String searched(KnownNetwork network) {
        return String.join(
                        " ",
                        network.name(),
                        network.from().orElse(""),
                        network.entry().map(CatalogEntry::name).orElse(""),
                        network.entry().map(CatalogEntry::family).orElse(""),
                        network.entry().map(CatalogEntry::trainedOn).orElse(""))
                .toLowerCase(Locale.ROOT);
    }

    /** Whether its licence was accepted before, or it has none to accept. */
    boolean isAccepted(KnownNetwork network) {
        return network.network().isPresent()
                || network.licence().filter(licence -> !licences.has(licence)).isEmpty();
    }

    /** Fetches the chosen one; whoever does accepts its licence. */
    public void fetch() {
        KnownNetwork network = chosen.get();
        if (network != null) {
            network.licence().ifPresent(licences::add);
            fetch(network.name());
        }
    }

    /** @param what a name of the catalog, {@code hf:ORG/NAME}, or an address */
    public void fetch(String what) {
        if (what.isBlank() || isFetching()) {
            return;
        }
        problem.set("");
        said.set("");
        Job job = jobs.start(
                Numbers.message(TEXTS.getString("fetching"), what.strip()),
                progress -> worker.ask(Works.FETCH, new Fetching.Plan(what.strip(), installed.root()), progress),
                fetched -> {
                    fetching.set(null);
                    said.set(Numbers.message(
                            TEXTS.getString("fetched"), fetched.name(), Numbers.bytes(fetched.bytes())));
                    refresh(Optional.of(fetched.name()));
                },
                words -> {
                    fetching.set(null);
                    problem.set(words);
                });
        if (job.runningProperty().get()) {
            fetching.set(job);
            job.whenCancelled(() -> {
                fetching.set(null);
                said.set(TEXTS.getString("cancelled"));
            });
        }
    }

    private boolean isFetching() {
        return fetching.get() != null;
    }

    /** Ends what is being fetched; what has come is kept. */
    public void cancel() {
        if (isFetching()) {
            fetching.get().cancel();
        }
    }

    /** Deletes the chosen one from this machine; it can be fetched again. */
    public void remove() {
        KnownNetwork network = chosen.get();
        if (network == null || network.state() != KnownNetwork.State.INSTALLED) {
            return;
        }
        jobs.start(
                Numbers.message(TEXTS.getString("removing"), network.name()),
                progress -> installed.remove(network.name()),
                removed -> {
                    said.set(Numbers.message(
                            TEXTS.getString("removed"), removed.name(), Numbers.bytes(removed.bytes())));
                    refresh();
                },
                problem::set);
    }

    /** The tasks that there are networks for, each once. */
    List<String> tasks() {
        return all.stream()
                .flatMap(each -> each.task().stream())
                .distinct()
                .sorted()
                .toList();
    }

    ObservableList<KnownNetwork> all() {
        return all;
    }

    /** Those that fit what is looked for. */
    public ObservableList<KnownNetwork> shown() {
        return shown;
    }

    public StringProperty searchProperty() {
        return search;
    }

    /** "" for all. */
    public StringProperty taskProperty() {
        return task;
    }

    /** Only those on this machine. */
    public BooleanProperty hereProperty() {
        return here;
    }

    /** Null where none is. */
    public ObjectProperty<KnownNetwork> chosenProperty() {
        return chosen;
    }

    /** Null where nothing is being fetched. */
    public ReadOnlyObjectProperty<Job> fetchingProperty() {
        return fetching.getReadOnlyProperty();
    }

    public BooleanBinding busyProperty() {
        return fetching.isNotNull();
    }

    /** What went wrong last; "" where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What was done last. */
    public ReadOnlyStringProperty saidProperty() {
        return said.getReadOnlyProperty();
    }
}
