package graft.channels;

import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Follows channels through a graph, operator by operator. What no rule knows holds all channels that it reads: nothing is taken out
 * of what is not understood.
 */
final class ChannelFlow {
    /** Follows channels through one node. */
    private interface Rule {
        void follow(Node node);
    }

    private static final Set<String> POOLS = Set.of(
            "MaxPool",
            "AveragePool",
            "GlobalAveragePool",
            "GlobalMaxPool",
            "LpPool",
            "GlobalLpPool",
            "Resize",
            "Upsample");

    private final Graph graph;
    private final long opset;
    private final Labels labels;
    private final Units units;
    private final ShapeFlow shapeFlow;
    private final Map<String, Rule> rules = new HashMap<>();

    private ChannelFlow(Model model, Labels labels, boolean trusting) {
        this.graph = model.graph();
        this.opset = model.opset("");
        this.labels = labels;
        this.units = labels.units();
        this.shapeFlow = new ShapeFlow(labels, opset, trusting);
        for (String name : List.of(
                "Relu",
                "LeakyRelu",
                "Sigmoid",
                "HardSigmoid",
                "HardSwish",
                "Clip",
                "Elu",
                "Selu",
                "Celu",
                "Tanh",
                "Erf",
                "Sqrt",
                "Exp",
                "Log",
                "Gelu",
                "Softplus",
                "Softsign",
                "Mish",
                "Identity",
                "Dropout",
                "Cast",
                "Neg",
                "Abs",
                "Reciprocal",
                "ThresholdedRelu",
                "Sin",
                "Cos")) {
            rules.put(name, this::through);
        }
        for (String name : List.of("Add", "Mul", "Sub", "Div", "Pow", "Max", "Min", "Sum", "Mean", "Where", "PRelu")) {
            rules.put(name, this::together);
        }
        POOLS.forEach(name -> rules.put(name, this::pool));
        for (String name : List.of("BatchNormalization", "InstanceNormalization")) {
            rules.put(name, this::perChannel);
        }
        rules.put("Conv", this::convolution);
        rules.put("ConvTranspose", this::transposedConvolution);
        rules.put("Gemm", this::gemm);
        rules.put("MatMul", this::matMul);
        rules.put("LayerNormalization", this::layerNorm);
        rules.put("Softmax", this::softmax);
        rules.put("LogSoftmax", this::softmax);
        rules.put("Gather", this::gather);
        // What they give are numbers about tensors, or none of ours.
        rules.put("Shape", node -> {});
        rules.put("Constant", node -> {});
    }

    /** @param trusting whether sizes that a graph computes are taken to follow the tensors that they are computed from */
    static Labels of(Model model, Map<String, long[]> shapes, boolean trusting) {
        Labels labels = new Labels(model.graph(), shapes);
        ChannelFlow flow = new ChannelFlow(model, labels, trusting);
        flow.graph.nodes().forEach(flow::follow);
        for (String output : flow.graph.outputNames()) {
            for (int[] ids : labels.of(output)) {
                if (ids != null) {
                    flow.units.holdRather(ids, Labels.OUTPUT);
                }
            }
        }
        return labels;
    }

    private void follow(Node node) {
        boolean known = node.domain().isEmpty()
                && node.outputs().stream().allMatch(name -> name.isEmpty() || labels.shape(name) != null);
        if (known && rules.containsKey(node.opType())) {
            rules.get(node.opType()).follow(node);
        } else if (!known || !shapeFlow.follow(node)) {
            unknown(node);
        }
    }

    private void unknown(Node node) {
        node.needs().forEach(name -> labels.fix(name, node));
    }

    private void through(Node node) {
        labels.bear(node.input(0));
        int[][] in = labels.of(node.input(0));
        for (int axis = 0; axis < in.length; axis++) {
            labels.set(node.output(0), axis, in[axis]);
        }
    }

    /** Element by element, smaller ones stretched: axes are counted from the last one. */
    private void together(Node node) {
        String out = node.output(0);
        int rank = labels.shape(out).length;
        for (int axis = 0; axis < rank; axis++) {
            int fromEnd = rank - axis;
            long size = labels.shape(out)[axis];
            List<String> whole = node.inputs().stream()
                    .filter(name -> labels.shape(name) == null
                            || labels.shape(name).length >= fromEnd
                                    && labels.shape(name)[labels.shape(name).length - fromEnd] == size)
                    .filter(name -> size > 1)
                    .toList();
            int[] ids = null;
            for (String name : whole) {
                int[] mine = labels.of(name, labels.of(name).length - fromEnd);
                if (mine != null && ids != null) {
                    units.tie(ids, mine);
                }
                ids = ids == null ? mine : ids;
            }
            for (String name : whole) {
                if (labels.shape(name) == null && ids != null) {
                    units.hold(ids, Labels.reads(node));
                } else if (labels.shape(name) != null) {
                    labels.meet(name, labels.shape(name).length - fromEnd, ids, node);
                }
            }
            labels.set(out, axis, ids);
        }
    }

    private void pool(Node node) {
        int[][] in = labels.of(node.input(0));
        boolean sized = node.opType().equals("Resize") && !node.input(3).isEmpty();
        for (int axis = 0; axis < in.length; axis++) {
            boolean same = labels.shape(node.input(0))[axis] == labels.shape(node.output(0))[axis];
            if (in[axis] != null && (axis > 1 || !same || sized)) {
                units.hold(in[axis], Labels.reads(node));
            } else {
                labels.set(node.output(0), axis, in[axis]);
            }
        }
    }

    private void perChannel(Node node) {
        through(node);
        for (int i = 1; i < node.inputs().size(); i++) {
            labels.meet(node.input(i), 0, labels.of(node.input(0), 1), node);
        }
    }

    private void convolution(Node node) {
        String weight = node.input(1);
        if (!labels.isWeight(weight)) {
            unknown(node);
            return;
        }
        long groups = node.attribute("group", 1L);
        int[] in = labels.of(node.input(0), 1);
        long[] shape = labels.shape(weight);
        int[] out;
        if (groups == 1) {
            labels.meet(weight, 1, in, node);
            out = labels.born(weight, 0);
        } else if (shape[1] == 1 && in != null && in.length == groups) {
            int each = (int) (shape[0] / groups);
            out = IntStream.range(0, (int) shape[0]).map(i -> in[i / each]).toArray();
            labels.meet(weight, 0, out, node);
        } else {
            // Groups must stay of one size.
            if (in != null) {
                units.hold(in, Labels.reads(node));
            }
            labels.fix(weight, 0, node);
            out = labels.of(weight, 0);
        }
        biased(node, 2, out);
        labels.set(node.output(0), 1, out);
    }

    private void biased(Node node, int input, int[] out) {
        if (!node.input(input).isEmpty()) {
            labels.meet(node.input(input), 0, out, node);
        }
    }

    private void transposedConvolution(Node node) {
        String weight = node.input(1);
        if (!labels.isWeight(weight) || node.attribute("group", 1L) != 1) {
            unknown(node);
            return;
        }
        labels.meet(weight, 0, labels.of(node.input(0), 1), node);
        int[] out = labels.born(weight, 1);
        biased(node, 2, out);
        labels.set(node.output(0), 1, out);
    }

    private void gemm(Node node) {
        String weight = node.input(1);
        if (!labels.isWeight(weight) || node.attribute("transA", 0L) != 0) {
            unknown(node);
            return;
        }
        int in = node.attribute("transB", 0L) == 0 ? 0 : 1;
        labels.meet(weight, in, labels.of(node.input(0), 1), node);
        int[] out = labels.born(weight, 1 - in);
        String bias = node.input(2);
        if (!bias.isEmpty()) {
            long[] shape = labels.shape(bias);
            if (shape == null) {
                units.hold(out, Labels.reads(node));
            } else if (shape.length > 0 && shape[shape.length - 1] == out.length) {
                labels.meet(bias, shape.length - 1, out, node);
            }
        }
        labels.set(node.output(0), 1, out);
    }

    private void matMul(Node node) {
        String left = node.input(0);
        String right = node.input(1);
        int leftRank = labels.of(left).length;
        int rightRank = labels.of(right).length;
        if (labels.isWeight(left) || leftRank < 2 || rightRank < 2 || labels.isWeight(right) && rightRank > 2) {
            unknown(node);
            return;
        }
        String out = node.output(0);
        int rank = labels.of(out).length;
        int[] summed = labels.of(left, leftRank - 1);
        if (labels.isWeight(right)) {
            labels.meet(right, 0, summed, node);
            for (int axis = 0; axis < leftRank - 1; axis++) {
                labels.set(out, axis, labels.of(left, axis));
            }
            labels.set(out, rank - 1, labels.born(right, 1));
            return;
        }
        both(summed, labels.of(right, rightRank - 2), node);
        for (int axis = 0; axis < rank - 2; axis++) {
            int ofLeft = axis - rank + leftRank;
            int ofRight = axis - rank + rightRank;
            long leftSize = ofLeft < 0 ? 1 : labels.shape(left)[ofLeft];
            long rightSize = ofRight < 0 ? 1 : labels.shape(right)[ofRight];
            if (leftSize == rightSize && leftSize > 1) {
                both(labels.of(left, ofLeft), labels.of(right, ofRight), node);
            }
            labels.set(
                    out, axis, leftSize > 1 ? labels.of(left, ofLeft) : ofRight < 0 ? null : labels.of(right, ofRight));
        }
        labels.set(out, rank - 2, labels.of(left, leftRank - 2));
        labels.set(out, rank - 1, labels.of(right, rightRank - 1));
    }

    private void both(int[] one, int[] other, Node node) {
        if (one != null && other != null) {
            units.tie(one, other);
        } else if (one != null || other != null) {
            units.hold(one == null ? other : one, Labels.reads(node));
        }
    }

    private void layerNorm(Node node) {
        through(node);
        int rank = labels.of(node.input(0)).length;
        for (int i = 1; i < node.inputs().size(); i++) {
            if (!node.input(i).isEmpty()) {
                int mine = labels.of(node.input(i)).length;
                for (int axis = 0; axis < mine; axis++) {
                    labels.meet(node.input(i), axis, labels.of(node.input(0), rank - mine + axis), node);
                }
            }
        }
    }

    /** Each place of the axis counts for all others, zeros too. */
    private void softmax(Node node) {
        int rank = labels.of(node.input(0)).length;
        int axis = Math.floorMod(node.attribute("axis", opset < 13 ? 1 : -1), rank);
        through(node);
        for (int at = axis; at < (opset < 13 ? rank : axis + 1); at++) {
            if (labels.of(node.input(0), at) != null) {
                units.hold(labels.of(node.input(0), at), Labels.reads(node));
            }
        }
    }

    /** Looked up in a table: its other axes come out behind those of what is asked for. */
    private void gather(Node node) {
        String data = node.input(0);
        int rank = labels.of(data).length;
        int axis = Math.floorMod(node.attribute("axis", 0), rank);
        int asked = labels.of(node.output(0)).length - (rank - 1);
        labels.fix(data, axis, Labels.OF_NO_CHANNELS);
        labels.fix(node.input(1), node);
        for (int from = 0; from < rank; from++) {
            if (from != axis) {
                boolean table =
                        labels.isWeight(data) && labels.weight(data).type().isFloat();
                int[] ids = table ? labels.born(data, from) : labels.of(data, from);
                labels.set(node.output(0), from < axis ? from : from - 1 + asked, ids);
            }
        }
    }
}
