package graft.app.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

/** Reveals the boxes whose name or kind contains what is typed, one after the other. */
final class LayerSearch {
    private final TextField field;
    private final Label hits;
    private final GraphPane graph;

    LayerSearch(TextField field, Label hits, GraphPane graph) {
        this.field = field;
        this.hits = hits;
        this.graph = graph;
        field.textProperty().addListener((observable, before, now) -> find(0));
    }

    void next() {
        find(1);
    }

    /** Counts anew in another drawing; nothing moves. */
    void again() {
        if (!field.getText().isBlank()) {
            hits.setText(Texts.of("network.search.found", found().size()));
        }
    }

    private List<Integer> found() {
        String wanted = field.getText().strip().toLowerCase(Locale.ROOT);
        List<Outline.Box> boxes =
                graph.graph() == null ? List.of() : graph.graph().outline().boxes();
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < boxes.size() && !wanted.isEmpty(); i++) {
            String words = boxes.get(i).title() + " " + boxes.get(i).kind();
            if (words.toLowerCase(Locale.ROOT).contains(wanted)) {
                out.add(i);
            }
        }
        return out;
    }

    private void find(int skip) {
        List<Integer> found = found();
        if (found.isEmpty()) {
            hits.setText(field.getText().isBlank() ? "" : Texts.of("network.search.none"));
            return;
        }
        int present = graph.selectionProperty().get().size() == 1
                ? found.indexOf(graph.selectionProperty().get().iterator().next())
                : -1;
        int next = skip == 0 ? Math.max(0, present) : Math.floorMod(present + skip, found.size());
        graph.reveal(found.get(next));
        hits.setText(Texts.of("network.search.hits", next + 1, found.size()));
    }
}
