package graft.app.task;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;

/** Many examples side by side. */
public interface Gallery {
    Region node();

    void show(List<Shown> examples);

    /** What is to be read in place of the names of some examples; "" = the name. A gallery of texts shows texts, and no names. */
    default void setNotes(Function<Shown, String> notes) {}

    /** Called with an example when it is chosen. */
    void setOnOpen(Consumer<Shown> action);

    /**
     * Lets several examples be chosen at once.
     *
     * @param actions what can be done with those that are chosen, as their context menu; none where the list is empty
     * @param onDelete called with them when the key for it is pressed
     */
    void setActions(Function<List<Shown>, List<MenuItem>> actions, Consumer<List<Shown>> onDelete);

    /** Those that are chosen, in the order in which they are shown. */
    ObservableValue<List<Shown>> chosen();
}
