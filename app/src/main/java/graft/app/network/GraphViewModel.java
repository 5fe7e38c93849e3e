package graft.app.network;

import graft.app.jobs.Job;
import graft.network.Network;
import graft.onnx.Model;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** What the graph shows: how much detail, where things lie, what the padlocks say. Layouts are made in the background. */
final class GraphViewModel {
    /**
     * A graph ready to be drawn.
     *
     * @param origin of the network; the same one while its graph is edited
     */
    record Drawing(OpenedNetwork origin, Path file, GraphLevel level, GraphLayout layout, Marks marks) {}

    /** How the drawing stands to what is to be seen. */
    enum State {
        /** It is another network's, or another grade's of detail, or there is none. */
        DRAWING,
        /** Parts of it change. */
        REFINING,
        DRAWN,
        /** The user ended the drawing, or it failed. */
        CANCELLED
    }

    /** From this many layers on, a network is first shown as blocks. */
    private static final int MANY_LAYERS = 20;

    private final NetworkViewModel networks;
    private final ObjectProperty<GraphLevel> level = new SimpleObjectProperty<>(GraphLevel.LAYERS);
    private final ReadOnlyObjectWrapper<Drawing> drawing = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Marks> marks = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.DRAWN);
    private final Set<String> openedBlocks = new HashSet<>();
    private Model laidOut;
    private OpenedNetwork present;
    private OpenedNetwork origin;
    private final StringBinding awaited;
    private int layouts;
    private Job job;
    private boolean changingNetwork;

    GraphViewModel(NetworkViewModel networks) {
        this.networks = networks;
        this.awaited = Bindings.createStringBinding(
                this::whatIsAwaited,
                networks.openingProperty(),
                networks.networkProperty(),
                networks.fileProperty(),
                state);
        networks.networkProperty().addListener((observable, before, now) -> networkChanged(now));
        level.addListener((observable, before, now) -> {
            if (!changingNetwork) {
                layOut();
            }
        });
        if (networks.networkProperty().get() != null) {
            networkChanged(networks.networkProperty().get());
        }
    }

    private void networkChanged(Network network) {
        boolean other = networks.origin() != origin;
        origin = networks.origin();
        present = networks.opened();
        if (other) {
            openedBlocks.clear();
            laidOut = null;
            drawing.set(null); // it is of another network
            changingNetwork = true;
            level.set(isLong(network) ? GraphLevel.ARCHITECTURE : GraphLevel.LAYERS);
            changingNetwork = false;
        }
        if (network.model() != laidOut) {
            layOut();
        } else if (drawing.get() != null) {
            marks.set(Marks.of(drawing.get().layout.outline(), network, shapes(), networks.exampleCount()));
        }
    }

    /** Draws another grade of detail; the present one too, where its drawing was cancelled. */
    void choose(GraphLevel wanted) {
        if (level.get() != wanted) {
            level.set(wanted);
        } else if (state.get() == State.CANCELLED) {
            layOut();
        }
    }

    private String whatIsAwaited() {
        if (!networks.openingProperty().get().isEmpty()) {
            return Texts.of("network.opening", networks.openingProperty().get());
        }
        if (networks.networkProperty().get() == null) {
            return "";
        }
        String name = networks.fileProperty().get().getFileName().toString();
        return switch (state.get()) {
            case DRAWING -> Texts.of("network.drawing", name);
            case CANCELLED -> Texts.of("network.undrawn", name);
            case DRAWN, REFINING -> "";
        };
    }

    private Function<String, long[]> shapes() {
        return tensor -> networks.shape(tensor).orElse(null);
    }

    private boolean isLong(Network network) {
        return network.layers().size() > MANY_LAYERS && networks.opened().blocks();
    }

    /** Shows what is in a block; nothing happens for any other box. */
    void openBlock(Outline.Box box) {
        if (level.get() == GraphLevel.ARCHITECTURE
                && box.role() == Outline.Role.BLOCK
                && openedBlocks.add(box.block())) {
            layOut();
        }
    }

    /** Shows an open block as one box again. */
    void closeBlock(String block) {
        if (openedBlocks.remove(block)) {
            layOut();
        }
    }

    /** What a layout is made of, away from the FX thread. */
    private record Found(LayerBlocks blocks, GraphLayout layout) {}

    /** Starts a layout; the one before is not wanted any more. */
    private void layOut() {
        Network network = networks.networkProperty().get();
        if (network == null) {
            return;
        }
        int mine = ++layouts;
        laidOut = network.model();
        GraphLevel detail = level.get();
        Set<String> open = Set.copyOf(openedBlocks);
        OpenedNetwork opened = present;
        Drawing before = drawing.get();
        if (job != null) {
            job.cancel();
        }
        state.set(before != null && before.level == detail ? State.REFINING : State.DRAWING);
        job = networks.jobs()
                .start(
                        Texts.of("network.laying"),
                        progress -> {
                            LayerBlocks found = LayerBlocks.of(network);
                            Outline outline = Outline.of(network, shapes(), detail, open, found);
                            return new Found(found, GraphLayout.of(outline, progress::isCancelled));
                        },
                        found -> {
                            if (mine == layouts) {
                                show(opened.file(), detail, found.layout);
                                state.set(State.DRAWN);
                                if (detail == GraphLevel.OPERATORS) {
                                    findShapes(mine, network, found);
                                }
                            }
                        },
                        words -> {
                            if (mine == layouts) {
                                state.set(State.CANCELLED);
                                networks.refuse(words);
                            }
                        });
        job.whenCancelled(() -> {
            if (mine == layouts) {
                state.set(State.CANCELLED);
            }
        });
    }

    /** Of every tensor: it takes longer than the drawing, which does not wait for it. */
    private void findShapes(int mine, Network network, Found found) {
        OpenedNetwork opened = present;
        job = networks.jobs()
                .start(
                        Texts.of("network.shapes"),
                        progress -> {
                            opened.probeAll(progress);
                            return Outline.of(network, shapes(), GraphLevel.OPERATORS, Set.of(), found.blocks);
                        },
                        outline -> {
                            if (mine == layouts) {
                                show(opened.file(), GraphLevel.OPERATORS, found.layout.with(outline));
                            }
                        },
                        words -> {
                            if (mine == layouts) {
                                networks.refuse(words);
                            }
                        });
    }

    private void show(Path of, GraphLevel detail, GraphLayout layout) {
        Network now = networks.networkProperty().get();
        Marks present = Marks.of(layout.outline(), now, shapes(), networks.exampleCount());
        drawing.set(new Drawing(origin, of, detail, layout, present));
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

    /** What is seen in place of a graph that is not there yet; empty where it is, or nothing is open. */
    StringBinding awaitedProperty() {
        return awaited;
    }

    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }
}
