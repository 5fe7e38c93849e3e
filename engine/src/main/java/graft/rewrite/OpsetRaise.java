package graft.rewrite;

import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a model of operator set 7 to 12 in operator set 13, the first whose QuantizeLinear has an axis. Operators are
 * taken from a list of those whose meaning is the same or can be said in the newer words ("Changelog" of the ONNX
 * operators); any other one is a reason not to raise.
 */
public final class OpsetRaise {
    public static final long TARGET = 13;
    private static final long OLDEST = 7;

    /** Between opset 7 and 13 these gained element types, negative axes, or attributes whose default is what was. */
    private static final Set<String> UNCHANGED = Set.of(
            ("Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BitShift Ceil Concat Constant"
                            + " ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumSum DepthToSpace Det Div"
                            + " DynamicQuantizeLinear Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather"
                            + " GatherElements GatherND Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater"
                            + " GreaterOrEqual HardSigmoid Identity If InstanceNormalization IsInf IsNaN LRN LSTM LeakyRelu"
                            + " Less LessOrEqual Log Loop LpNormalization LpPool MatMul MatMulInteger Max MaxPool MaxRoiPool"
                            + " Mean Min Mod Mul Neg NonMaxSuppression NonZero Not OneHot Or PRelu Pow RNN RandomNormal"
                            + " RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal ReduceL1 ReduceL2"
                            + " ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSumSquare Relu"
                            + " Reshape ReverseSequence RoiAlign Round ScatterElements ScatterND Selu Shape Shrink"
                            + " Sigmoid Sign Sin Sinh Size Softplus Softsign SpaceToDepth Sqrt Sub Sum Tan Tanh ThresholdedRelu"
                            + " Tile Transpose Unique Where Xor")
                    .split(" "));

    /** The raised model, or what stands in the way. */
    public record Result(Model model, List<String> blockers) {}

    private final long from;
    private final GraphEditor editor;
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> blockers = new ArrayList<>();

    private OpsetRaise(Model model) {
        this.from = model.opset("");
        this.editor = model.graph().edit();
    }

    public static Result raise(Model model) {
        if (model.opset("") >= TARGET) {
            return new Result(model, List.of());
        }
        if (model.opset("") < OLDEST) {
            return new Result(model, List.of("operator set " + model.opset("") + " is older than " + OLDEST));
        }
        OpsetRaise raise = new OpsetRaise(model);
        model.graph().nodes().forEach(raise::convert);
        if (!raise.blockers.isEmpty()) {
            return new Result(model, List.copyOf(raise.blockers));
        }
        raise.editor.nodes().clear();
        raise.editor.nodes().addAll(raise.nodes);
        return new Result(
                model.withGraph(raise.editor
                                .fixInitializers()
                                .forgetInnerShapes()
                                .prune()
                                .build())
                        .withOpset("", TARGET)
                        .withIrVersionAtLeast(7),
                List.of());
    }

    private void convert(Node node) {
        if (!node.domain().isEmpty()) {
            nodes.add(node);
            return;
        }
        for (Graph inner : node.graphs().values()) {
            if (!unchangedInside(inner)) {
                blockers.add(node + " holds operators that changed");
                return;
            }
        }
        switch (node.opType()) {
            case "BatchNormalization" -> batchNorm(node);
            case "Clip" -> clip(node);
            case "Dropout" -> dropout(node);
            case "Pad" -> pad(node);
            case "Softmax", "LogSoftmax", "Hardmax" -> softmax(node);
            case "Slice" -> slice(node);
            case "Split" -> toInput(node, "split", 13);
            case "Squeeze", "Unsqueeze" -> toInput(node, "axes", 13);
            case "ReduceSum" -> toInput(node, "axes", 13);
            case "TopK" -> toInput(node, "k", 10);
            case "Upsample", "Resize" -> resize(node);
            case "Cast" -> keepIf(node, !node.attribute("to", "").matches("[A-Z].*"), node);
            default -> keepIf(node, UNCHANGED.contains(node.opType()), node);
        }
    }

    private boolean unchangedInside(Graph graph) {
        return graph.nodes().stream()
                .allMatch(node ->
                        (UNCHANGED.contains(node.opType()) || !node.domain().isEmpty())
                                && node.graphs().values().stream().allMatch(this::unchangedInside));
    }

    private void keepIf(Node node, boolean can, Node converted) {
        if (can) {
            nodes.add(converted);
        } else {
            blockers.add(node.toString());
        }
    }

    private void batchNorm(Node node) {
        boolean perChannel = node.attribute("spatial", 1L) == 1; // spatial = 0 (until 8): one number per position
        keepIf(node, perChannel, node.without("spatial"));
    }

    /** Bounds were attributes until opset 10. */
    private void clip(Node node) {
        if (from >= 11) {
            nodes.add(node);
            return;
        }
        String min = node.has("min") ? scalar(node.attribute("min", 0f)) : "";
        String max = node.has("max") ? scalar(node.attribute("max", 0f)) : "";
        nodes.add(withoutTrailing(node.without("min").without("max"), node.input(0), min, max));
    }

    /** The ratio was an attribute until opset 11; nothing is dropped in an inference graph whatever it is. */
    private void dropout(Node node) {
        nodes.add(from >= 12 ? node : node.without("ratio").without("is_test"));
    }

    /** Pads and value were attributes until opset 10. */
    private void pad(Node node) {
        if (from >= 11) {
            nodes.add(node);
            return;
        }
        String value = node.has("value") ? scalar(node.attribute("value", 0f)) : "";
        String pads = longs(node.attribute("pads", new long[0]));
        nodes.add(withoutTrailing(node.without("pads").without("value"), node.input(0), pads, value));
    }

    /** Until opset 12 everything from {@code axis} (1 where not given) on was one row. */
    private void softmax(Node node) {
        long axis = node.attribute("axis", 1L);
        String x = node.input(0);
        String rows = editor.freshName(node.output(0) + "_rows");
        String done = editor.freshName(node.output(0) + "_flat");
        String wasShape = editor.freshName(node.output(0) + "_shape");
        nodes.add(Node.of("Shape", "", List.of(x), List.of(wasShape)));
        nodes.add(Node.of("Flatten", "", List.of(x), List.of(rows)).with("axis", axis));
        nodes.add(node.withInputs(List.of(rows)).withOutputs(List.of(done)).with("axis", 1L));
        nodes.add(Node.of("Reshape", "", List.of(done, wasShape), node.outputs()));
    }

    /** Starts, ends and axes were attributes until opset 9. */
    private void slice(Node node) {
        if (from >= 10) {
            nodes.add(node);
            return;
        }
        long[] starts = node.attribute("starts", new long[0]);
        long[] axes = node.attribute("axes", new long[0]);
        Node bare = node.without("starts").without("ends").without("axes");
        nodes.add(withoutTrailing(
                bare,
                node.input(0),
                longs(starts),
                longs(node.attribute("ends", new long[starts.length])),
                axes.length == 0 ? "" : longs(axes)));
    }

    /** An attribute of whole numbers that became the second input at {@code since}. */
    private void toInput(Node node, String attribute, long since) {
        if (from >= since || !node.has(attribute)) {
            nodes.add(node);
            return;
        }
        long[] values =
                attribute.equals("k") ? new long[] {node.attribute("k", 1L)} : node.attribute(attribute, new long[0]);
        nodes.add(node.without(attribute).withInputs(List.of(node.input(0), longs(values))));
    }

    /**
     * Upsample and the Resize of opset 10 take the pixel at ⌊i / scale⌋ (nearest) or blend at i / scale (linear), which
     * is {@code asymmetric} in the words of opset 11. Downsampling rounded otherwise and is not raised.
     */
    private void resize(Node node) {
        if (node.opType().equals("Resize") && from >= 11) {
            nodes.add(node);
            return;
        }
        Map<String, Tensor> known = new LinkedHashMap<>(editor.initializers());
        float[] scales = node.has("scales")
                ? node.attribute("scales", new float[0])
                : known.containsKey(node.input(1)) ? known.get(node.input(1)).toFloats() : new float[0];
        boolean enlarges = scales.length > 0;
        for (float scale : scales) {
            enlarges &= scale >= 1;
        }
        String given = node.has("scales")
                ? put(Tensor.ofFloats(editor.freshName("scales"), new long[] {scales.length}, scales))
                : node.input(1);
        Node resize = node.as("Resize")
                .without("scales")
                .withInputs(List.of(node.input(0), "", given))
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor");
        keepIf(node, enlarges, resize);
    }

    private static Node withoutTrailing(Node node, String... inputs) {
        List<String> kept = new ArrayList<>(Arrays.asList(inputs));
        while (kept.get(kept.size() - 1).isEmpty()) {
            kept.remove(kept.size() - 1);
        }
        return node.withInputs(Collections.unmodifiableList(kept));
    }

    private String scalar(float value) {
        return put(Tensor.ofFloats(editor.freshName("bound"), new long[0], value));
    }

    private String longs(long... values) {
        return put(Tensor.ofLongs(editor.freshName("axes"), new long[] {values.length}, values));
    }

    /** Equal constants are kept once. */
    private String put(Tensor tensor) {
        for (Tensor had : editor.initializers().values()) {
            if (had.size() == tensor.size() && had.size() < 16 && had.sameAs(tensor)) {
                return had.name();
            }
        }
        editor.put(tensor);
        return tensor.name();
    }
}
