package graft.network;

import java.util.List;

/** Layers that belong together, before it is said what they are; {@code parts} are the blocks of a stage. */
record Group(String name, List<Layer> layers, List<Group> parts) {
    /** A single layer is no block. */
    boolean isLoose() {
        return layers.size() == 1;
    }

    /** Whether the shape of the graph, not the framework, gave the name. */
    boolean isNumbered() {
        return name.startsWith("block ") || name.startsWith("level ");
    }
}
