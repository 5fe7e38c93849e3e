package graft.channels;

import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A network without some units: smaller weights, and nodes that say the sizes that are left. */
final class Thinning {
    private final Model source;
    private final Labels labels;
    private final Set<Integer> gone;
    private final long opset;
    private final GraphEditor editor;

    /** @param gone roots of units */
    Thinning(Model source, Labels labels, Set<Integer> gone) {
        this.source = source;
        this.labels = labels;
        this.gone = gone;
        this.opset = source.opset("");
        this.editor = source.graph().edit().forgetInnerShapes().fixInitializers();
    }

    Model model() {
        for (Tensor weight : List.copyOf(editor.initializers().values())) {
            editor.put(thinner(weight));
        }
        editor.replaceNodes(this::resized);
        return source.withGraph(editor.prune().build());
    }

    private boolean stays(int unit) {
        return !gone.contains(labels.units().root(unit));
    }

    /** Places of a tensor's axis that stay; null where all do. */
    private int[] left(String tensor, int axis) {
        int[] ids = labels.of(tensor, axis);
        if (ids == null || Arrays.stream(ids).allMatch(this::stays)) {
            return null;
        }
        return IntStream.range(0, ids.length).filter(at -> stays(ids[at])).toArray();
    }

    private Tensor thinner(Tensor weight) {
        Tensor out = weight;
        for (int axis = 0; axis < weight.shape().length; axis++) {
            int[] left = left(weight.name(), axis);
            out = left == null ? out : taken(out, axis, left);
        }
        return out;
    }

    private static Tensor taken(Tensor tensor, int axis, int[] left) {
        long[] shape = tensor.shape();
        int before = (int) Arrays.stream(shape, 0, axis).reduce(1, (a, b) -> a * b);
        int bytes = tensor.type().bytes()
                * (int) Arrays.stream(shape, axis + 1, shape.length).reduce(1, (a, b) -> a * b);
        ByteBuffer from = tensor.bytes();
        int start = from.position();
        ByteBuffer to = ByteBuffer.allocate(before * left.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int outer = 0; outer < before; outer++) {
            for (int at : left) {
                to.put(from.duplicate()
                        .position(start + ((int) (outer * shape[axis]) + at) * bytes)
                        .slice()
                        .limit(bytes));
            }
        }
        shape[axis] = left.length;
        return Tensor.ofBytes(tensor.name(), tensor.type(), shape, to.flip());
    }

    private Node resized(Node node) {
        return switch (node.opType()) {
            case "Conv" -> convolution(node);
            case "Reshape" -> reshape(node);
            case "Expand" -> expand(node);
            case "Split" -> split(node);
            case "Slice" -> slice(node);
            case "Pad" -> pad(node);
            default -> node;
        };
    }

    /** Of as many groups as channels come in, where it is depthwise. */
    private Node convolution(Node node) {
        int[] left = node.attribute("group", 1L) > 1 ? left(node.input(0), 1) : null;
        return left == null ? node : node.with("group", (long) left.length);
    }

    private Node reshape(Node node) {
        Tensor sizes = labels.weight(node.input(1));
        if (sizes == null) {
            return node;
        }
        long[] asked = sizes.toLongs();
        boolean other = false;
        for (int axis = 0; axis < asked.length; axis++) {
            int[] left = left(node.output(0), axis);
            if (left != null && asked[axis] > 0) {
                asked[axis] = left.length;
                other = true;
            }
        }
        return other ? with(node, 1, asked) : node;
    }

    /** A size of 1 takes what is there. */
    private Node expand(Node node) {
        Tensor sizes = labels.weight(node.input(1));
        if (sizes == null) {
            return node;
        }
        long[] asked = sizes.toLongs();
        boolean other = false;
        for (int axis = 0; axis < asked.length; axis++) {
            if (left(node.output(0), labels.of(node.output(0)).length - asked.length + axis) != null) {
                asked[axis] = 1;
                other = true;
            }
        }
        return other ? with(node, 1, asked) : node;
    }

    private Node with(Node node, int input, long[] numbers) {
        String name = editor.freshName(node.output(0) + ".sizes");
        editor.put(Tensor.ofLongs(name, new long[] {numbers.length}, numbers));
        List<String> inputs = new java.util.ArrayList<>(node.inputs());
        while (inputs.size() <= input) {
            inputs.add("");
        }
        inputs.set(input, name);
        return node.withInputs(inputs);
    }

    private Node split(Node node) {
        int axis = Math.floorMod(node.attribute("axis", 0), labels.of(node.input(0)).length);
        if (left(node.input(0), axis) == null) {
            return node;
        }
        long[] sizes = node.outputs().stream()
                .mapToLong(out -> left(out, axis) == null ? labels.shape(out)[axis] : left(out, axis).length)
                .toArray();
        return opset < 13 ? node.with("split", sizes) : with(node.without("num_outputs"), 1, sizes);
    }

    private Node slice(Node node) {
        Optional<ShapeFlow.Cut> found = ShapeFlow.Cut.of(node, opset, labels);
        if (found.isEmpty()) {
            return node;
        }
        ShapeFlow.Cut cut = found.get();
        long[] starts = ShapeFlow.numbers(node, opset < 10, "starts", 1, labels).orElseThrow();
        long[] ends = ShapeFlow.numbers(node, opset < 10, "ends", 2, labels).orElseThrow();
        boolean other = false;
        for (int i = 0; i < cut.axes().length; i++) {
            int[] ids = labels.of(node.input(0), cut.axes()[i]);
            if (left(node.input(0), cut.axes()[i]) != null) {
                starts[i] = staying(ids, 0, (int) cut.starts()[i]);
                ends[i] = staying(ids, 0, (int) Math.max(cut.starts()[i], cut.ends()[i]));
                other = true;
            }
        }
        if (!other) {
            return node;
        }
        return opset < 10 ? node.with("starts", starts).with("ends", ends) : with(with(node, 1, starts), 2, ends);
    }

    private long staying(int[] ids, int from, int to) {
        return Arrays.stream(ids, from, to).filter(this::stays).count();
    }

    /** What is put around channels loses as many as the ones that it is coupled with. */
    private Node pad(Node node) {
        long[] pads = ShapeFlow.numbers(node, opset < 11, "pads", 1, labels).orElse(new long[0]);
        int rank = labels.of(node.output(0)).length;
        boolean other = false;
        for (int axis = 0; axis < rank && pads.length == 2 * rank; axis++) {
            if (left(node.output(0), axis) != null) {
                int[] ids = labels.of(node.output(0), axis);
                int end = ids.length - (int) pads[rank + axis];
                pads[axis] = staying(ids, 0, (int) pads[axis]);
                pads[rank + axis] = staying(ids, end, ids.length);
                other = true;
            }
        }
        if (!other) {
            return node;
        }
        return opset < 11 ? node.with("pads", pads) : with(node, 1, pads);
    }
}
