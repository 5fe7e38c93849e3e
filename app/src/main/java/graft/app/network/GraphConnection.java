package graft.app.network;

import graft.app.controls.Counts;
import graft.network.Layer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Keeps the pane that draws a graph with the view model that says what there is to be drawn. */
final class GraphConnection {
    private final NetworkViewModel networks;
    private final GraphViewModel drawings;
    private final GraphPane graph;
    private final ReadOnlyStringWrapper frontier = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");

    GraphConnection(NetworkViewModel networks, GraphViewModel drawings, GraphPane graph) {
        this.networks = networks;
        this.drawings = drawings;
        this.graph = graph;
    }

    /**
     * @param opened done once another network's graph is there
     * @param redrawn done once a graph is there
     */
    void on(Runnable opened, Runnable redrawn) {
        drawings.drawingProperty().addListener((observable, before, now) -> {
            if (show(before, now)) {
                opened.run();
            }
            if (now != null) {
                redrawn.run();
            }
        });
        drawings.marksProperty().addListener((observable, before, now) -> mark(now));
        graph.selectionProperty().addListener((observable, before, now) -> describe());
        networks.headlineProperty().addListener((observable, before, now) -> describe());
        graph.onPadlock(box -> networks.padlocks().toggle(boxes().get(box).layers()));
        graph.onOpen(box -> drawings.openBlock(boxes().get(box)));
        graph.onClose(drawings::closeBlock);
        if (drawings.drawingProperty().get() != null) {
            show(null, drawings.drawingProperty().get());
        }
    }

    /** Whether it is another network's. */
    private boolean show(GraphViewModel.Drawing before, GraphViewModel.Drawing now) {
        if (now == null) {
            graph.clear();
            frontier.set("");
            note.set("");
            return false;
        }
        boolean other = before == null || before.origin() != now.origin();
        if (other) {
            graph.open(now.layout(), now.marks());
        } else if (before.level() != now.level()) {
            graph.regroup(now.layout(), now.marks());
        } else {
            graph.refine(now.layout(), now.marks());
        }
        note.set(
                now.layout().simple()
                        ? Texts.of(
                                "network.simple",
                                Counts.exact(now.layout().boxes().size()))
                        : "");
        return other;
    }

    private void mark(Marks marks) {
        graph.mark(marks);
        frontier.set(marks.hasFrontier() ? marks.below() : "");
        describe();
    }

    private void describe() {
        if (graph.graph() != null && drawings.marksProperty().get() != null) {
            graph.setAccessibleText(GraphWords.of(
                    graph.graph().outline(),
                    drawings.marksProperty().get(),
                    graph.selectionProperty().get(),
                    networks.headlineProperty().get()));
        }
    }

    private List<Outline.Box> boxes() {
        return graph.graph() == null ? List.of() : graph.graph().outline().boxes();
    }

    List<Outline.Box> selected() {
        return graph.selectionProperty().get().stream().map(boxes()::get).toList();
    }

    List<Layer> selectedLayers() {
        Set<Layer> out = new LinkedHashSet<>();
        selected().forEach(box -> out.addAll(box.layers()));
        return List.copyOf(out);
    }

    /** What the frontier means, in one line; empty where there is none. */
    ReadOnlyStringProperty frontierProperty() {
        return frontier.getReadOnlyProperty();
    }

    /** How the graph was placed, where that was not done with all care. */
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }
}
