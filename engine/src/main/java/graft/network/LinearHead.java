package graft.network;

import java.util.List;

/**
 * The usual head: pooling where the features have height and width, then one linear layer to {@code logits [N, outputs]}.
 */
public final class LinearHead {
    private LinearHead() {}

    /**
     * A head for {@code network}, on its tensor {@code features}.
     *
     * @param shape of the features of one example, batch axis included
     * @param outputs numbers that it gives per example: one per class
     * @param seed of the first numbers
     */
    public static Head on(Network network, String features, long[] shape, int outputs, Head.Init init, long seed) {
        return on(network, features, shape, outputs, Head.LOGITS, init, seed);
    }

    /**
     * The same, where the output {@code [N, outputs]} has another name, since its numbers are no logits.
     *
     * @param output the name
     */
    public static Head on(
            Network network, String features, long[] shape, int outputs, String output, Head.Init init, long seed) {
        return on(
                network, features, shape, (head, rows, width) -> head.linear(rows, width, outputs, output, init, seed));
    }

    /**
     * The same pooling, with another end.
     *
     * @param shape of the features of one example, batch axis included
     */
    public static Head on(Network network, String features, long[] shape, HeadEnd end) {
        HeadBuilder head = new HeadBuilder(network, List.of(features));
        String flat = features;
        if (shape.length == 4) {
            flat = head.node("GlobalAveragePool", "head.pool", List.of(flat), "head.pooled");
        }
        if (shape.length != 2) {
            flat = head.node("Flatten", "head.flatten", List.of(flat), "head.features", node -> node.with("axis", 1L));
        }
        return end.on(head, flat, width(shape));
    }

    /** Inputs of the linear layer: channels after pooling, else everything but the batch axis. */
    private static int width(long[] shape) {
        if (shape.length == 4) {
            return Math.toIntExact(shape[1]);
        }
        long width = 1;
        for (int i = 1; i < shape.length; i++) {
            width *= shape[i];
        }
        return Math.toIntExact(width);
    }
}
