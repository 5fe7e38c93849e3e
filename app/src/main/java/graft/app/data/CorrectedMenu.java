package graft.app.data;

import graft.app.task.ExampleSet;
import graft.data.Corrections;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What was corrected of the open data, also long ago, and how it is taken back. Not there where nothing was. */
final class CorrectedMenu {
    private final MenuButton button;
    private final DataViewModel model;

    CorrectedMenu(MenuButton button, DataViewModel model) {
        this.button = button;
        this.model = model;
    }

    void show(ExampleSet set) {
        Corrections said = set == null || !set.isCorrectable() ? Corrections.NONE : set.corrections();
        List<String> added =
                said.add().values().stream().flatMap(Collection::stream).toList();
        Set<String> all = new LinkedHashSet<>(said.leaveOut());
        all.addAll(said.relabel().keySet());
        all.addAll(said.merge().keySet());
        all.addAll(added);
        button.getItems().clear();
        add("corrected.left.out", said.leaveOut());
        add("corrected.relabelled", said.relabel().keySet());
        add("corrected.renamed", said.merge().keySet());
        add("corrected.added", added);
        if (button.getItems().size() > 1) {
            button.getItems().add(new SeparatorMenuItem());
            add("corrected.all", all);
        }
        button.setText(DataTexts.text("corrected", all.size()));
        button.setVisible(!all.isEmpty());
        button.setManaged(!all.isEmpty());
    }

    private void add(String key, Collection<String> names) {
        if (!names.isEmpty()) {
            MenuItem item = new MenuItem(DataTexts.text(key, names.size()));
            item.setId(key);
            item.setOnAction(event -> model.takeBack(Set.copyOf(names)));
            button.getItems().add(item);
        }
    }
}
