package graft.app.task;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;

/** Many examples side by side. */
public interface Gallery {
    Region node();

    void show(List<Shown> examples);

    /** Called with an example when it is chosen. */
    void setOnOpen(Consumer<Shown> action);

    /** What can be done with an example, as its context menu; none where the list is empty. */
    void setActions(Function<Shown, List<MenuItem>> actions);
}
