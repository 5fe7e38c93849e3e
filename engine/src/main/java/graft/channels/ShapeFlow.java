package graft.channels;

import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Follows channels through operators that put the same numbers in other places. */
final class ShapeFlow {
    private final Labels labels;
    private final Units units;
    private final long opset;
    private final boolean trusting;

    ShapeFlow(Labels labels, long opset, boolean trusting) {
        this.labels = labels;
        this.units = labels.units();
        this.opset = opset;
        this.trusting = trusting;
    }

    /** False where it is no such operator, or is given sizes that only a run can tell. */
    boolean follow(Node node) {
        labels.bear(node.input(0));
        return switch (node.opType()) {
            case "Flatten", "Squeeze", "Unsqueeze" -> arranged(node);
            case "Reshape" -> !node.has("shape") && (trusting || labels.isWeight(node.input(1))) && arranged(node);
            case "Expand" -> expanded(node);
            case "Transpose" -> transposed(node);
            case "Concat" -> concatenated(node);
            case "Split" -> split(node);
            case "Slice" -> sliced(node);
            case "Pad" -> padded(node);
            case "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2" ->
                reduced(node);
            default -> false;
        };
    }

    /** Neighbouring axes become one, or one becomes several of which one alone is longer than 1. */
    private boolean arranged(Node node) {
        long[] in = labels.shape(node.input(0));
        long[] out = labels.shape(node.output(0));
        if (in == null) {
            return false;
        }
        int i = 0;
        int o = 0;
        while (i < in.length || o < out.length) {
            int firstIn = i;
            int firstOut = o;
            long given = i < in.length ? in[i++] : 1;
            long taken = o < out.length ? out[o++] : 1;
            while (given != taken) {
                if (given < taken) {
                    given *= in[i++];
                } else {
                    taken *= out[o++];
                }
            }
            block(node, in, firstIn, i, out, firstOut, o);
        }
        return true;
    }

    private void block(Node node, long[] in, int firstIn, int endIn, long[] out, int firstOut, int endOut) {
        List<Integer> labelled = IntStream.range(firstIn, endIn)
                .filter(axis -> labels.of(node.input(0), axis) != null && in[axis] > 1)
                .boxed()
                .toList();
        List<Integer> long1 = IntStream.range(firstOut, endOut)
                .filter(axis -> out[axis] > 1)
                .boxed()
                .toList();
        if (labelled.isEmpty()) {
            return;
        }
        if (labelled.size() > 1 || long1.size() != 1) {
            labelled.forEach(axis -> units.hold(labels.of(node.input(0), axis), Labels.reads(node)));
            return;
        }
        int axis = labelled.get(0);
        int behind = (int) Arrays.stream(in, axis + 1, endIn).reduce(1, (a, b) -> a * b);
        int[] ids = labels.of(node.input(0), axis);
        labels.set(
                node.output(0),
                long1.get(0),
                IntStream.range(0, (int) out[long1.get(0)])
                        .map(place -> ids[place / behind % ids.length])
                        .toArray());
    }

    private boolean expanded(Node node) {
        long[] in = labels.shape(node.input(0));
        long[] out = labels.shape(node.output(0));
        if (in == null || !trusting && !labels.isWeight(node.input(1))) {
            return false;
        }
        for (int axis = 0; axis < in.length; axis++) {
            int to = out.length - in.length + axis;
            if (in[axis] == out[to]) {
                labels.set(node.output(0), to, labels.of(node.input(0), axis));
            } else {
                labels.fix(node.input(0), axis, node);
            }
        }
        return true;
    }

    private boolean transposed(Node node) {
        int[][] in = labels.of(node.input(0));
        long[] reversed =
                IntStream.range(0, in.length).mapToLong(i -> in.length - 1 - i).toArray();
        long[] order = node.attribute("perm", reversed);
        for (int axis = 0; axis < in.length; axis++) {
            labels.set(node.output(0), axis, in[(int) order[axis]]);
        }
        return true;
    }

    private boolean concatenated(Node node) {
        String out = node.output(0);
        int rank = labels.shape(out).length;
        int along = Math.floorMod(node.attribute("axis", 1), rank);
        if (node.inputs().stream().anyMatch(name -> labels.shape(name) == null)) {
            return false;
        }
        node.inputs().forEach(labels::bear);
        for (int axis = 0; axis < rank; axis++) {
            int at = axis;
            if (node.inputs().stream().allMatch(name -> labels.of(name, at) == null)) {
                continue;
            }
            if (axis == along) {
                labels.set(
                        out,
                        axis,
                        node.inputs().stream()
                                .flatMapToInt(name -> part(name, at, node))
                                .toArray());
                continue;
            }
            int[] ids = node.inputs().stream()
                    .map(name -> labels.of(name, at))
                    .filter(mine -> mine != null)
                    .findFirst()
                    .orElseThrow();
            node.inputs().forEach(name -> labels.meet(name, at, ids, node));
            labels.set(out, axis, ids);
        }
        return true;
    }

    /** Places without units, as of the network's input, stay beside those that have some. */
    private IntStream part(String name, int axis, Node node) {
        if (labels.of(name, axis) == null) {
            labels.set(name, axis, units.fresh((int) labels.shape(name)[axis]));
            units.hold(labels.of(name, axis), Labels.OF_NO_CHANNELS);
        } else if (labels.isWeight(name)) {
            units.hold(labels.of(name, axis), Labels.reads(node));
        }
        return Arrays.stream(labels.of(name, axis));
    }

    private boolean split(Node node) {
        int[][] in = labels.of(node.input(0));
        int along = Math.floorMod(node.attribute("axis", 0), in.length);
        int from = 0;
        if (!node.input(1).isEmpty() && !labels.isWeight(node.input(1)) && in[along] != null) {
            return false;
        }
        for (String out : node.outputs()) {
            for (int axis = 0; axis < in.length; axis++) {
                if (axis != along) {
                    labels.set(out, axis, in[axis]);
                } else if (in[axis] != null) {
                    int size = (int) labels.shape(out)[axis];
                    labels.set(out, axis, Arrays.copyOfRange(in[axis], from, from + size));
                    from += size;
                }
            }
        }
        return true;
    }

    /**
     * Where a Slice begins and ends along its axes, in the places of its input.
     *
     * @param axes from 0
     */
    record Cut(int[] axes, long[] starts, long[] ends, long[] steps) {
        static Optional<Cut> of(Node node, long opset, Labels labels) {
            long[] shape = labels.shape(node.input(0));
            Optional<long[]> starts = numbers(node, opset < 10, "starts", 1, labels);
            Optional<long[]> ends = numbers(node, opset < 10, "ends", 2, labels);
            if (shape == null || starts.isEmpty() || ends.isEmpty()) {
                return Optional.empty();
            }
            int count = starts.get().length;
            boolean all = opset < 10 ? !node.has("axes") : node.input(3).isEmpty();
            boolean single = opset < 10 || node.input(4).isEmpty();
            Optional<long[]> axes = all
                    ? Optional.of(IntStream.range(0, count).asLongStream().toArray())
                    : numbers(node, opset < 10, "axes", 3, labels);
            Optional<long[]> steps = single
                    ? Optional.of(Arrays.stream(new long[count]).map(zero -> 1).toArray())
                    : numbers(node, false, "steps", 4, labels);
            if (axes.isEmpty() || steps.isEmpty()) {
                return Optional.empty();
            }
            int[] places = Arrays.stream(axes.get())
                    .mapToInt(axis -> Math.floorMod(axis, shape.length))
                    .toArray();
            long[] from = new long[count];
            long[] to = new long[count];
            for (int i = 0; i < count; i++) {
                from[i] = inside(starts.get()[i], shape[places[i]]);
                to[i] = inside(ends.get()[i], shape[places[i]]);
            }
            return Optional.of(new Cut(places, from, to, steps.get()));
        }

        private static long inside(long at, long size) {
            return Math.max(0, Math.min(size, at < 0 ? at + size : at));
        }
    }

    /** Numbers that a node is given as an attribute or as a constant; empty where only a run tells them. */
    static Optional<long[]> numbers(Node node, boolean asAttribute, String name, int input, Labels labels) {
        if (asAttribute) {
            return node.has(name) ? Optional.of(node.attribute(name, new long[0])) : Optional.empty();
        }
        Tensor constant = labels.weight(node.input(input));
        return constant == null ? Optional.empty() : Optional.of(constant.toLongs());
    }

    private boolean sliced(Node node) {
        Optional<Cut> cut = Cut.of(node, opset, labels);
        int[][] in = labels.of(node.input(0));
        if (cut.isEmpty()) {
            return false;
        }
        int[][] out = in.clone();
        for (int i = 0; i < cut.get().axes().length; i++) {
            int axis = cut.get().axes()[i];
            if (in[axis] == null) {
                continue;
            }
            if (cut.get().steps()[i] != 1) {
                return false;
            }
            int from = (int) cut.get().starts()[i];
            out[axis] = Arrays.copyOfRange(
                    in[axis], from, Math.max(from, (int) cut.get().ends()[i]));
        }
        for (int axis = 0; axis < out.length; axis++) {
            labels.set(node.output(0), axis, out[axis]);
        }
        return true;
    }

    private boolean padded(Node node) {
        Optional<long[]> pads = numbers(node, opset < 11, "pads", 1, labels);
        int[][] in = labels.of(node.input(0));
        if (pads.isEmpty() || in.length == 0 || pads.get().length != 2 * in.length) {
            return false;
        }
        boolean constant = node.attribute("mode", "constant").equals("constant");
        List<int[]> out = new ArrayList<>();
        for (int axis = 0; axis < in.length; axis++) {
            long before = pads.get()[axis];
            long after = pads.get()[in.length + axis];
            if (in[axis] == null || before == 0 && after == 0) {
                out.add(in[axis]);
            } else if (constant && before >= 0 && after >= 0) {
                out.add(Stream.of(units.fresh((int) before), in[axis], units.fresh((int) after))
                        .flatMapToInt(Arrays::stream)
                        .toArray());
            } else {
                return false;
            }
        }
        for (int axis = 0; axis < in.length; axis++) {
            labels.set(node.output(0), axis, out.get(axis));
        }
        return true;
    }

    private boolean reduced(Node node) {
        int[][] in = labels.of(node.input(0));
        boolean asAttribute = opset < (node.opType().equals("ReduceSum") ? 13 : 18);
        boolean all = asAttribute ? !node.has("axes") : node.input(1).isEmpty();
        Optional<long[]> axes = all ? Optional.of(new long[0]) : numbers(node, asAttribute, "axes", 1, labels);
        if (axes.isEmpty() || in.length == 0) {
            return false;
        }
        if (all) {
            return true;
        }
        boolean kept = node.attribute("keepdims", 1L) == 1;
        int to = 0;
        for (int axis = 0; axis < in.length; axis++) {
            int at = axis;
            boolean gone = Arrays.stream(axes.get()).anyMatch(given -> Math.floorMod(given, in.length) == at);
            if (!gone) {
                labels.set(node.output(0), to++, in[axis]);
            } else if (kept) {
                to++;
            }
        }
        return true;
    }
}
