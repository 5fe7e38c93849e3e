package graft.network;

import java.util.List;

/**
 * Layers that belong together: a stage of blocks, a block, the stem or the head. At most two deep: stage, block.
 *
 * @param name the module's path in its framework where the file keeps it, else what it is with a number: {@code stage 2}
 * @param kind in the field's words: {@code stem}, {@code stage}, {@code bottleneck}, {@code encoder layer}, …
 * @param layers all layers in it, those of its children too, in graph order
 * @param children the blocks that a stage is made of; empty for a block. Layers of a stage may belong to none of them
 */
public record Block(String name, String kind, List<Layer> layers, List<Block> children) {

    /** Elements of the weights; a weight that several layers read counts once. */
    public long parameters() {
        java.util.Map<java.util.Set<String>, Long> once = new java.util.HashMap<>();
        layers.forEach(layer -> once.put(layer.weights(), layer.parameters()));
        return once.values().stream().mapToLong(Long::longValue).sum();
    }
}
