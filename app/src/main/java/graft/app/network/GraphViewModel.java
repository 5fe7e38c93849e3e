package graft.app.network;

import graft.network.Network;
import graft.onnx.Model;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** What the graph shows: how much detail, where things lie, what the padlocks say. Layouts are made in the background. */
final class GraphViewModel {
    /** A graph ready to be drawn. */
    record Drawing(Path file, GraphLevel level, GraphLayout layout, Marks marks) {}

    /** From this many layers on, a network is first shown as blocks. */
    private static final int MANY_LAYERS = 60;

    private final NetworkViewModel networks;
    private final ObjectProperty<GraphLevel> level = new SimpleObjectProperty<>(GraphLevel.LAYERS);
    private final ReadOnlyObjectWrapper<Drawing> drawing = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Marks> marks = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper drawn = new ReadOnlyBooleanWrapper(true);
    private final Set<String> openedBlocks = new HashSet<>();
    private Model laidOut;
    private Path file;
    private int layouts;
    private LayerBlocks blocks;

    GraphViewModel(NetworkViewModel networks) {
        this.networks = networks;
        networks.networkProperty().addListener((observable, before, now) -> networkChanged(now));
        level.addListener((observable, before, now) -> layOut());
        if (networks.networkProperty().get() != null) {
            networkChanged(networks.networkProperty().get());
        }
    }

    private void networkChanged(Network network) {
        Path now = networks.fileProperty().get();
        if (!now.equals(file)) {
            file = now;
            openedBlocks.clear();
            laidOut = null;
            level.set(isLong(network) ? GraphLevel.ARCHITECTURE : GraphLevel.LAYERS);
        }
        if (network.model() != laidOut) {
            layOut();
        } else if (drawing.get() != null) {
            marks.set(Marks.of(drawing.get().layout.outline(), network, shapes()));
        }
    }

    private Function<String, long[]> shapes() {
        return tensor -> networks.shape(tensor).orElse(null);
    }

    private boolean isLong(Network network) {
        return network.layers().size() > MANY_LAYERS && networks.opened().blocks();
    }

    /** Opens a block; closes the block of a layer that an open block shows. */
    void toggleBlock(Outline.Box box) {
        if (level.get() != GraphLevel.ARCHITECTURE || box.layers().isEmpty()) {
            return;
        }
        String block = blocks.of(box.layers().get(0));
        if (block != null) {
            if (!openedBlocks.remove(block)) {
                openedBlocks.add(block);
            }
            layOut();
        }
    }

    /** What a layout is made of, away from the FX thread. */
    private record Found(LayerBlocks blocks, GraphLayout layout) {}

    private void layOut() {
        Network network = networks.networkProperty().get();
        if (network == null) {
            return;
        }
        int mine = ++layouts;
        Model model = network.model();
        laidOut = model;
        Path of = file;
        GraphLevel detail = level.get();
        Set<String> open = Set.copyOf(openedBlocks);
        OpenedNetwork opened = networks.opened();
        drawn.set(false);
        networks.jobs()
                .start(
                        Texts.of("network.laying"),
                        progress -> {
                            if (detail == GraphLevel.OPERATORS) {
                                opened.probeAll();
                            }
                            LayerBlocks found = LayerBlocks.of(network);
                            return new Found(found, GraphLayout.of(Outline.of(network, shapes(), detail, open, found)));
                        },
                        found -> {
                            if (mine == layouts) {
                                drawn.set(true);
                                blocks = found.blocks;
                                show(of, detail, found.layout);
                            }
                        },
                        words -> {
                            drawn.set(true);
                            networks.refuse(words);
                        });
    }

    private void show(Path of, GraphLevel detail, GraphLayout layout) {
        Network now = networks.networkProperty().get();
        Marks present = Marks.of(layout.outline(), now, shapes());
        drawing.set(new Drawing(of, detail, layout, present));
        marks.set(present);
    }

    ObjectProperty<GraphLevel> levelProperty() {
        return level;
    }

    /** The graph as it is laid out; null = none yet. */
    ReadOnlyObjectProperty<Drawing> drawingProperty() {
        return drawing.getReadOnlyProperty();
    }

    /** What the padlocks say of {@link #drawingProperty}'s boxes. */
    ReadOnlyObjectProperty<Marks> marksProperty() {
        return marks.getReadOnlyProperty();
    }

    /** False while a layout is being made. */
    ReadOnlyBooleanProperty drawnProperty() {
        return drawn.getReadOnlyProperty();
    }
}
