package graft.channels;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * For each tensor, which unit each place along an axis belongs to. An axis without units is of no channels: it stays as it is; of a
 * weight, nobody has asked for it yet.
 */
final class Labels {
    /** Reasons that say nothing of what could not be done. */
    static final String OUTPUT = "an output of the network";

    static final String OF_NO_CHANNELS = "what is read is of no channels";

    private final Graph graph;
    private final Map<String, long[]> shapes;
    private final Units units = new Units();
    private final Map<String, int[][]> ofTensor = new HashMap<>();

    /** @param shapes of tensors that nodes give, for one example */
    Labels(Graph graph, Map<String, long[]> shapes) {
        this.graph = graph;
        this.shapes = new HashMap<>(shapes);
        graph.initializers().forEach((name, tensor) -> this.shapes.put(name, tensor.shape()));
    }

    Units units() {
        return units;
    }

    boolean isWeight(String tensor) {
        return graph.initializers().containsKey(tensor);
    }

    Tensor weight(String tensor) {
        return graph.initializers().get(tensor);
    }

    /** Null where it is not known. */
    long[] shape(String tensor) {
        return shapes.get(tensor);
    }

    /** One entry per axis, null for an axis without units. */
    int[][] of(String tensor) {
        return ofTensor.computeIfAbsent(tensor, name -> new int[shape(name) == null ? 0 : shape(name).length][]);
    }

    int[] of(String tensor, int axis) {
        int[][] all = of(tensor);
        return axis < all.length ? all[axis] : null;
    }

    void set(String tensor, int axis, int[] ids) {
        of(tensor)[axis] = ids;
    }

    /** These places of the axis are the same as {@code ids}; null where those are of no channels. */
    void meet(String tensor, int axis, int[] ids, Node where) {
        int[] mine = of(tensor, axis);
        if (ids == null) {
            fix(tensor, axis, OF_NO_CHANNELS);
        } else if (mine != null) {
            units.tie(mine, ids);
        } else if (isWeight(tensor)) {
            set(tensor, axis, ids);
        } else {
            units.hold(ids, reads(where));
        }
    }

    /** Units of a weight's axis that channels come out of: new ones, or those that it has where it is used twice. */
    int[] born(String weight, int axis) {
        if (of(weight, axis) == null) {
            set(weight, axis, units.fresh(Math.toIntExact(shape(weight)[axis])));
        }
        return of(weight, axis);
    }

    /** A weight that other numbers are made from: each of its axes may be of channels. */
    void bear(String tensor) {
        if (isWeight(tensor) && weight(tensor).type().isFloat()) {
            for (int axis = 0; axis < of(tensor).length; axis++) {
                born(tensor, axis);
            }
        }
    }

    void fix(String tensor, int axis, String why) {
        if (isWeight(tensor) && of(tensor, axis) == null) {
            set(tensor, axis, units.fresh(Math.toIntExact(shape(tensor)[axis])));
        }
        if (of(tensor, axis) != null) {
            units.hold(of(tensor, axis), why);
        }
    }

    /** The axis stays as it is. */
    void fix(String tensor, int axis, Node where) {
        fix(tensor, axis, reads(where));
    }

    /** The whole tensor stays as it is. */
    void fix(String tensor, Node where) {
        for (int axis = 0; axis < of(tensor).length; axis++) {
            fix(tensor, axis, where);
        }
    }

    static String reads(Node where) {
        return where.opType() + (where.name().isEmpty() ? " of " + where.output(0) : " \"" + where.name() + "\"");
    }
}
