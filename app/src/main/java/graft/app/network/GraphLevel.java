package graft.app.network;

/** How much of a network the graph shows. */
enum GraphLevel {
    /** Repeated groups of layers as one box each. */
    ARCHITECTURE,
    /** Layers, and the operators between them. */
    LAYERS,
    /** Every node of the file. */
    OPERATORS
}
