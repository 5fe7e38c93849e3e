package graft.app.runs;

import graft.project.RunEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.MultipleSelectionModel;

/** What was said of a run makes another line of it in a list: the same runs stay chosen there. */
public final class KeptChoice {
    private final MultipleSelectionModel<RunEntry> chosen;
    private List<RunEntry> before = List.of();

    /** Made before the list gets its rows: it has to hear of a change before the list does, which then forgets what was chosen. */
    public KeptChoice(ObservableList<RunEntry> source, MultipleSelectionModel<RunEntry> chosen) {
        this.chosen = chosen;
        source.addListener((ListChangeListener<RunEntry>) change -> before = List.copyOf(chosen.getSelectedItems()));
    }

    /** @param rows of the list, once it has them */
    public void in(ObservableList<RunEntry> rows) {
        rows.addListener((ListChangeListener<RunEntry>) change -> again(rows));
    }

    private void again(List<RunEntry> rows) {
        if (before.isEmpty()) {
            return;
        }
        Set<Long> wanted = before.stream().map(RunEntry::id).collect(Collectors.toSet());
        before = List.of();
        chosen.clearSelection();
        for (int i = 0; i < rows.size(); i++) {
            if (wanted.contains(rows.get(i).id())) {
                chosen.select(i);
            }
        }
    }
}
