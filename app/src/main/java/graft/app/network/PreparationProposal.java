package graft.app.network;

import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.app.task.ExampleSet;
import graft.worker.Proposing;
import graft.worker.Works;
import java.nio.file.Path;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Which of the usual preparations fits a network whose file does not say it, tried on the opened pictures. What fits is taken, and can be undone. */
final class PreparationProposal {
    private final NetworkViewModel networks;
    private final JobRunner jobs;
    private final Worker worker;
    private final ReadOnlyBooleanWrapper possible = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    private Path told;

    PreparationProposal(NetworkViewModel networks, JobRunner jobs, Worker worker) {
        this.networks = networks;
        this.jobs = jobs;
        this.worker = worker;
        networks.networkProperty().addListener((property, before, now) -> look());
        networks.preprocessingAssumedProperty().addListener((property, before, now) -> look());
        networks.preprocessingProperty().addListener((property, before, now) -> look());
        networks.examples().addListener((property, before, now) -> look());
        look();
    }

    /** Whether there are pictures to try it on, and nobody said how they are prepared. */
    ReadOnlyBooleanProperty possibleProperty() {
        return possible.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** What was measured; "" before. */
    ReadOnlyStringProperty wordsProperty() {
        return words.getReadOnlyProperty();
    }

    private void look() {
        ExampleSet data = networks.examples().getValue();
        possible.set(networks.preprocessingAssumedProperty().get()
                && networks.preprocessingProperty().get() != null
                && data != null
                && data.files().isPresent());
        if (told != null && !told.equals(networks.fileProperty().get())) {
            words.set("");
            told = null;
        }
    }

    void run() {
        if (!possible.get() || running.get()) {
            return;
        }
        Path file = networks.fileProperty().get();
        Proposing.Plan plan = new Proposing.Plan(
                file,
                networks.opened().reading(),
                networks.examples().getValue().source(),
                networks.preprocessingProperty().get());
        running.set(true);
        words.set("");
        jobs.start(
                Texts.of("network.preprocessing.trying"),
                progress -> worker.ask(Works.PROPOSE_PREPARATION, plan, progress),
                found -> took(file, found),
                hindrance -> {
                    running.set(false);
                    words.set(hindrance);
                });
    }

    private void took(Path file, Proposing.Proposed found) {
        running.set(false);
        if (!file.equals(networks.fileProperty().get())) {
            return; // of a network that is not open any more
        }
        told = file;
        words.set(
                found.evidence().isEmpty()
                        ? Texts.of("network.preprocessing.nothing")
                        : Texts.of("network.preprocessing.tried", found.evidence()));
        found.how().ifPresent(networks.preprocessingProperty()::set);
    }
}
