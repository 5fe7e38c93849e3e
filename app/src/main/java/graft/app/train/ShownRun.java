package graft.app.train;

import graft.run.FineTuningResult;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What the screens know of the run that is under way, or of the one that is looked at. */
public abstract class ShownRun {
    final Curves curves = new Curves();
    final ObservableList<String> log = FXCollections.observableArrayList();
    final ObservableList<String> logSeen = FXCollections.unmodifiableObservableList(log);

    final ReadOnlyObjectWrapper<RunState> state = new ReadOnlyObjectWrapper<>(RunState.NONE);
    final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
    final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(0);
    final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    final ReadOnlyObjectWrapper<FineTuningResult> result = new ReadOnlyObjectWrapper<>();
    final ReadOnlyObjectWrapper<List<String>> classes = new ReadOnlyObjectWrapper<>(List.of());

    final ReadOnlyObjectWrapper<RunSubject> subject = new ReadOnlyObjectWrapper<>();
    final ReadOnlyIntegerWrapper shippedEpoch = new ReadOnlyIntegerWrapper();
    final ReadOnlyBooleanWrapper pausing = new ReadOnlyBooleanWrapper();
    final ReadOnlyBooleanWrapper pausedElsewhere = new ReadOnlyBooleanWrapper();
    final ReadOnlyIntegerWrapper epochsPlanned = new ReadOnlyIntegerWrapper();
    final ReadOnlyStringWrapper metric = new ReadOnlyStringWrapper("accuracy");
    final ReadOnlyStringWrapper proof = new ReadOnlyStringWrapper("");

    ShownRun() {
        metric.addListener((property, old, now) -> curves.judgeBy(now));
    }

    public Curves curves() {
        return curves;
    }

    public ReadOnlyObjectProperty<RunState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether nothing more is learnt, and the file is still to come. */
    public ObservableBooleanValue endingProperty() {
        return state.isEqualTo(RunState.STOPPING).or(state.isEqualTo(RunState.EXPORTING));
    }

    /** What is being done: "caching features 120 of 244", "epoch 3 of 8 · 41 steps/s · 0:12 left". */
    public ReadOnlyStringProperty statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** The state in a few words, with the best validation accuracy so far. */
    public ReadOnlyStringProperty headlineProperty() {
        return headline.getReadOnlyProperty();
    }

    /** 0…1; -1 where that is not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** What went wrong, for the user; "" where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Null until the run has finished. */
    public ReadOnlyObjectProperty<FineTuningResult> resultProperty() {
        return result.getReadOnlyProperty();
    }

    /** How many epochs the run shown is to have. */
    public ReadOnlyIntegerProperty epochsPlannedProperty() {
        return epochsPlanned.getReadOnlyProperty();
    }

    /** What the scores are: "accuracy" where answers are classes. */
    public ReadOnlyStringProperty metricProperty() {
        return metric.getReadOnlyProperty();
    }

    /** "51 frozen tensors unchanged, byte for byte" once that is proved; else "". */
    public ReadOnlyStringProperty proofProperty() {
        return proof.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<RunSubject> subjectProperty() {
        return subject.getReadOnlyProperty();
    }

    /** The epoch whose weights are in the file; 0 while there is none. */
    public ReadOnlyIntegerProperty shippedEpochProperty() {
        return shippedEpoch.getReadOnlyProperty();
    }

    /** True from the wish to pause until the run has come to rest. */
    public ReadOnlyBooleanProperty pausingProperty() {
        return pausing.getReadOnlyProperty();
    }

    /** Whether the run that goes on in another process is asked to wait. */
    public ReadOnlyBooleanProperty pausedElsewhereProperty() {
        return pausedElsewhere.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<String>> classesProperty() {
        return classes.getReadOnlyProperty();
    }

    /** Notes and everything else the process said. */
    public ObservableList<String> log() {
        return logSeen;
    }
}
