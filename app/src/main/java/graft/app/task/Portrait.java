package graft.app.task;

import javafx.scene.Node;

/** One example, large. */
public interface Portrait {
    Node node();

    /** Null = none. */
    void show(Shown example);
}
