package graft.app.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableValue;

/** Changes what is known of examples, never their files; whatever is done can be undone. */
public interface Correcting {
    /** The data that are open; null where none are. */
    ObservableValue<ExampleSet> examplesProperty();

    /** Says that examples are of a class, which may be a new one. */
    void relabel(List<Shown> examples, String className);

    /** Says of which class each is: one step. */
    void relabel(Map<Shown, String> classes);

    /** Leaves examples out of the data. */
    void leaveOut(List<Shown> examples);

    /** Makes files examples of a class, where they lie; says what was done. */
    void add(List<Path> files, String className);

    /** Takes back what was done last. */
    void undo();

    /** Does again what was taken back last. */
    void redo();
}
