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
 * @param handed "16×28×28" of the one tensor that is handed over; "" where they are several, or it is not known
 * @param examples that are open; 0 where none are
 * @param learning parameters that learn
 */
record Marks(
        List<Lock> locks, List<Boolean> above, OptionalLong crossing, String handed, long examples, long learning) {
    private static final int BYTES = 4;

    enum Lock {
        /** Nothing to lock: no weights. */
        NONE,
        FROZEN,
        /** Some layers of a block, or some weights of a layer, learn. */
        PARTLY,
        LEARNING
    }

    static Marks of(Outline outline, Network network, Function<String, long[]> shapes, long examples) {
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
        Set<String> handed = handed(network, part, madeAbove);
        String shape =
                handed.size() == 1 ? Texts.shape(shapes.apply(handed.iterator().next())) : "";
        return new Marks(locks, above, crossing(handed, shapes), shape, examples, network.trainableParameters());
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

    /** What is computed below the frontier and read above it. */
    private static Set<String> handed(Network network, List<Node> part, Set<String> madeAbove) {
        Set<String> made = new HashSet<>();
        network.model().graph().nodes().forEach(node -> made.addAll(node.outputs()));
        Set<String> handed = new LinkedHashSet<>();
        for (Node node : part) {
            node.needs().stream()
                    .filter(name -> made.contains(name) && !madeAbove.contains(name))
                    .forEach(handed::add);
        }
        return handed;
    }

    private static OptionalLong crossing(Set<String> handed, Function<String, long[]> shapes) {
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

    /** What the frontier means for all below it, in one line. */
    String below() {
        return crossing.isPresent() ? Texts.of("network.frontier.below", kept()) : Texts.of("network.frontier.unknown");
    }

    /** "16×28×28 · 50 KB each · 20 MB": what is kept of each example, and of all; "" where that is not known. */
    String kept() {
        if (crossing.isEmpty()) {
            return "";
        }
        long each = BYTES * crossing.getAsLong();
        String shape = handed.isEmpty() ? Texts.of("network.values", Counts.exact(crossing.getAsLong())) : handed;
        return examples == 0
                ? Texts.of("network.frontier.each", shape, Texts.bytes(each))
                : Texts.of("network.frontier.kept", shape, Texts.bytes(each), Texts.bytes(each * examples));
    }

    /** What it means for all above it. */
    String learns() {
        return Texts.of("network.frontier.above", Counts.rounded(learning));
    }

    /** Whether there is both something below the frontier and something above. */
    boolean hasFrontier() {
        return above.contains(true) && locks.contains(Lock.FROZEN);
    }
}
