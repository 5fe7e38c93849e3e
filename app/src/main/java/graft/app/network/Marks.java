package graft.app.network;

import graft.app.controls.Counts;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * What the padlocks of a network say of each box of an outline.
 *
 * @param locks per box
 * @param above per box, whether a gradient may pass it: whether it lies above the frontier
 * @param crossing values per example that are handed over the frontier; empty where that is not known
 * @param learning parameters that learn
 */
record Marks(List<Lock> locks, List<Boolean> above, OptionalLong crossing, long learning) {

    enum Lock {
        /** Nothing to lock: no weights. */
        NONE,
        FROZEN,
        /** Some layers of a block, or some weights of a layer, learn. */
        PARTLY,
        LEARNING
    }

    static Marks of(Outline outline, Network network, Function<String, long[]> shapes) {
        List<Node> part = network.trainablePart();
        Set<String> madeAbove = new HashSet<>();
        part.forEach(node -> madeAbove.addAll(node.outputs()));
        List<Lock> locks = new ArrayList<>();
        List<Boolean> above = new ArrayList<>();
        for (Outline.Box box : outline.boxes()) {
            locks.add(lock(box.layers(), network.trainable()));
            boolean isOutput = box.role() == Outline.Role.OUTPUT && !part.isEmpty();
            above.add(isOutput || box.tensors().stream().anyMatch(madeAbove::contains));
        }
        return new Marks(locks, above, crossing(network, part, madeAbove, shapes), network.trainableParameters());
    }

    private static Lock lock(List<Layer> layers, Set<String> trainable) {
        long weights = 0;
        long learn = 0;
        for (Layer layer : layers) {
            weights += layer.weights().size();
            learn += layer.weights().stream().filter(trainable::contains).count();
        }
        return weights == 0 ? Lock.NONE : learn == 0 ? Lock.FROZEN : learn == weights ? Lock.LEARNING : Lock.PARTLY;
    }

    private static OptionalLong crossing(
            Network network, List<Node> part, Set<String> madeAbove, Function<String, long[]> shapes) {
        Set<String> made = new HashSet<>();
        network.model().graph().nodes().forEach(node -> made.addAll(node.outputs()));
        Set<String> handed = new LinkedHashSet<>();
        for (Node node : part) {
            node.needs().stream()
                    .filter(name -> made.contains(name) && !madeAbove.contains(name))
                    .forEach(handed::add);
        }
        long values = 0;
        for (String tensor : handed) {
            long[] shape = shapes.apply(tensor);
            if (shape == null) {
                return OptionalLong.empty();
            }
            long size = 1;
            for (int axis = 1; axis < shape.length; axis++) {
                if (shape[axis] <= 0) {
                    return OptionalLong.empty();
                }
                size *= shape[axis];
            }
            values += size;
        }
        return OptionalLong.of(values);
    }

    /** What the frontier means for all below it. */
    String below() {
        return crossing.isPresent()
                ? Texts.of("network.frontier.below", Counts.exact(crossing.getAsLong()))
                : Texts.of("network.frontier.unknown");
    }

    /** What it means for all above it. */
    String learns() {
        return Texts.of("network.frontier.above", Counts.exact(learning));
    }

    /** Whether there is both something below the frontier and something above. */
    boolean hasFrontier() {
        return above.contains(true) && locks.contains(Lock.FROZEN);
    }
}
