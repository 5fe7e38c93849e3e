package graft.app.train;

import graft.image.PictureInput;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.Network;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.value.ObservableValue;

/** The network that is to learn, with the user's choices on it. */
public interface ChosenNetwork {
    /** Null where none is open. Carries the new head once the classes are known. */
    ObservableValue<Network> networkProperty();

    ObservableValue<Path> fileProperty();

    /** What the user opened; an edit of its graph is another file, but no other network. Null where none is open. */
    default Path openedFile() {
        return fileProperty().getValue();
    }

    /** Why no head can be put on it; "" where one can, or nothing is open. */
    ObservableValue<String> headProblemProperty();

    /** Null where it is not known how pictures are to be prepared. */
    ObservableValue<Preprocessing> preprocessingProperty();

    /** What is fed, as pictures see it; empty where nothing is open. */
    Optional<PictureInput> input();

    /** The tensor the head stands on, where the user chose one. */
    Optional<String> features();

    /** What the user says of its inputs and outputs. */
    Reading reading();

    /** What learns, as {@code --trainable} takes it. */
    String trainableSpec();

    /** At how many times the run's rate some layers learn, as {@code --lr-factors} takes it; "" where all learn alike. */
    default String rateFactors() {
        return "";
    }

    /** Sets what learns. */
    void apply(String spec);
}
