package graft.app.data;

import graft.app.controls.Choosers;
import graft.app.task.TaskView;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.stage.Window;

/** Asks for examples of the user's own. */
public final class DataChoosing {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.data");
    private static final String[] FILES = {
        ".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".conll", ".bio", ".iob", ".txt", ".npz", ".zip"
    };

    private DataChoosing() {}

    static Optional<Path> folder(Choosers choosers, Window owner) {
        return choosers.folder(owner, TEXTS.getString("open.folder"));
    }

    static Optional<Path> file(Choosers choosers, Window owner) {
        return choosers.file(owner, TEXTS.getString("open.file"), FILES);
    }

    /** What examples of a task usually are: a folder of pictures, a file of texts. */
    public static Optional<Path> of(TaskView view, Choosers choosers, Window owner) {
        return view.typed() ? file(choosers, owner) : folder(choosers, owner);
    }
}
