package graft.app.evaluate;

import graft.app.task.Edition;
import java.nio.file.Path;
import java.util.ResourceBundle;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;

/** Whether what was judged is still what is open, and what it is of where it is not. */
final class Staleness {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");

    private final ObservableValue<? extends Judged> judgement;
    private final ObservableValue<Path> network;
    private final ObservableValue<Path> data;
    private final ObservableValue<Edition> edition;
    private final ObservableValue<Path> result;
    private final ObservableValue<Boolean> resultIsOfData;
    private final BooleanProperty trainedBefore = new SimpleBooleanProperty();
    /** The file that a run exported, as opposed to one that the user opened. */
    private Path ofRun;

    private boolean judgedAsOpen;

    /**
     * @param network that would be judged now
     * @param data by which
     * @param edition in which state
     * @param result of the run shown
     * @param resultIsOfData whether that run is of the network and the data that are open
     */
    Staleness(
            ObservableValue<? extends Judged> judgement,
            ObservableValue<Path> network,
            ObservableValue<Path> data,
            ObservableValue<Edition> edition,
            ObservableValue<Path> result,
            ObservableValue<Boolean> resultIsOfData) {
        this.judgement = judgement;
        this.network = network;
        this.data = data;
        this.edition = edition;
        this.result = result;
        this.resultIsOfData = resultIsOfData;
    }

    /** A run has exported this file. */
    void follow(Path file) {
        ofRun = file;
    }

    /** Whether a file is what a run exported. */
    boolean isOfRun(Path file) {
        return file != null && file.equals(ofRun);
    }

    /** It is being judged now. */
    void begin() {
        judgedAsOpen = resultIsOfData.getValue();
    }

    /** Whether the examples were changed since the run shown, whose network and data set are open. */
    BooleanProperty trainedBeforeProperty() {
        return trainedBefore;
    }

    /** Whether it is not of what is open, or of an older run. */
    boolean is() {
        return isOfOther() || isOfOlderRun();
    }

    /** Whether network, data or their state are others. */
    boolean isOfOther() {
        Judged now = judgement.getValue();
        return now != null
                && (!now.network().equals(network.getValue())
                        || !now.data().equals(data.getValue())
                        || !now.edition().equals(edition.getValue()));
    }

    /** Where nothing else than the examples is another. */
    boolean isOfDataBefore() {
        Judged now = judgement.getValue();
        return now != null
                && now.network().equals(network.getValue())
                && now.data().equals(data.getValue())
                && !now.edition().equals(edition.getValue());
    }

    /** Another run is under way, or another network was opened to be trained. */
    private boolean isOfOlderRun() {
        Judged now = judgement.getValue();
        return now != null
                && now.network().equals(ofRun)
                && (result.getValue() == null || judgedAsOpen && !resultIsOfData.getValue() && !trainedBefore.get());
    }

    /** Why the figures may not be taken for those of what is open; "" where they are. */
    String words() {
        if (isOfOther()) {
            return TEXTS.getString(isOfDataBefore() ? "changed.note" : "stale.note");
        }
        if (isOfOlderRun()) {
            return TEXTS.getString("older.note");
        }
        Judged now = judgement.getValue();
        return now != null && now.network().equals(ofRun) && trainedBefore.get() ? TEXTS.getString("before.note") : "";
    }
}
