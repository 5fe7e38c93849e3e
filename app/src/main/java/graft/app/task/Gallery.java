package graft.app.task;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.layout.Region;

/** Many examples side by side. */
public interface Gallery {
    Region node();

    void show(List<Shown> examples);

    /** Called with an example when it is chosen. */
    void setOnOpen(Consumer<Shown> action);
}
