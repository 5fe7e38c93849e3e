package graft.quantize;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.quantize.QuantizationReport.Left;
import graft.rewrite.InnerTensors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Int8 without calibration: Gemm and MatMul measure each input (DynamicQuantizeLinear) and multiply integers
 * (MatMulInteger); the weights of convolutions, recurrent layers and embeddings are stored as int8 and computed with as
 * floats. Each output channel has its own scale: it costs no time. ConvInteger is not used: it is several times slower than the float Conv and loses most of MobileNet's accuracy
 * (docs/decisions/0008).
 */
final class DynamicQuantizer {
    private static final long FIRST_WITH_DYNAMIC = 11;

    private final Graph graph;
    private final GraphEditor editor;
    private final SmallConstants constants;
    private final InnerTensors tensors;
    private final Int8Layers layers;
    private final boolean measuresInputs;
    private final Map<String, List<Node>> readers;
    /** Integers, scale and zero point of each measured tensor. */
    private final Map<String, List<String>> measured = new HashMap<>();
    /** Scale of each weight stored for integer multiplication. */
    private final Map<String, String[]> integerWeights = new LinkedHashMap<>();

    private final List<Left> left = new ArrayList<>();
    private int multiplied;
    private int weightsOnly;

    private DynamicQuantizer(Model model) {
        this.graph = model.graph();
        this.editor = graph.edit();
        this.constants = new SmallConstants(editor);
        this.tensors = InnerTensors.of(model);
        this.layers = new Int8Layers(graph, tensors);
        this.measuresInputs = model.opset("") >= FIRST_WITH_DYNAMIC;
        this.readers = graph.readers();
    }

    static Quantized quantize(Model model) {
        DynamicQuantizer quantizer = new DynamicQuantizer(model);
        Model written = quantizer.write(model);
        return new Quantized(
                written,
                new QuantizationReport(
                        0,
                        0,
                        quantizer.multiplied + quantizer.weightsOnly,
                        quantizer.weightsOnly,
                        quantizer.measured.size(),
                        quantizer.left,
                        true,
                        written.opset(""),
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    private Model write(Model model) {
        List<Node> nodes = new ArrayList<>();
        WeightsOnly only = new WeightsOnly(editor, constants);
        for (Node node : graph.nodes()) {
            if (multipliesIntegers(node)) {
                multiplied++;
                multiply(node, nodes);
            } else {
                storeWeights(node, only, nodes);
                nodes.add(node);
            }
        }
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        return model.withGraph(
                        editor.forgetInnerShapes().fixInitializers().prune().build())
                .withIrVersionAtLeast(5); // int8 is known to operators from set 10 on, which is IR 5
    }

    private boolean multipliesIntegers(Node node) {
        if (!measuresInputs
                || !node.domain().isEmpty()
                || !Set.of("Gemm", "MatMul").contains(node.opType())) {
            return false;
        }
        Tensor weight = graph.initializers().get(node.input(1));
        return layers.reasonAgainst(node).isEmpty()
                && weight.shape().length == 2
                && pays(weight, axis(node, weight))
                && sameForAllReaders(node);
    }

    /** A weight has one stored form: readers that differ in kind or transposition share the float form. */
    private boolean sameForAllReaders(Node node) {
        return readers.get(node.input(1)).stream()
                .allMatch(other -> Set.of("Gemm", "MatMul").contains(other.opType())
                        && other.attribute("transB", 0L) == node.attribute("transB", 0L)
                        && layers.reasonAgainst(other).isEmpty());
    }

    private static int axis(Node node, Tensor weight) {
        return Int8Layers.channelAxis(node, weight);
    }

    private static boolean pays(Tensor weight, int axis) {
        return WeightsOnly.pays(weight, axis);
    }

    private void multiply(Node node, List<Node> nodes) {
        String[] weight = integerWeights.computeIfAbsent(node.input(1), name -> storeMatrix(node));
        List<String> x = measured.computeIfAbsent(node.input(0), name -> {
            List<String> parts = List.of(constants.name(), constants.name(), constants.name());
            nodes.add(Node.of("DynamicQuantizeLinear", "", List.of(name), parts));
            return parts;
        });
        String product = constants.name();
        String real = constants.name();
        String scale = constants.name();
        nodes.add(Node.of("MatMulInteger", "", List.of(x.get(0), weight[0], x.get(2)), List.of(product)));
        nodes.add(Node.of("Cast", "", List.of(product), List.of(real)).with("to", (long) ElementType.FLOAT.code()));
        nodes.add(Node.of("Mul", "", List.of(x.get(1), weight[1]), List.of(scale)));
        boolean hasBias = !node.input(2).isEmpty();
        String scaled = hasBias ? constants.name() : node.output(0);
        nodes.add(Node.of("Mul", "", List.of(real, scale), List.of(scaled)));
        if (hasBias) {
            nodes.add(Node.of("Add", node.name(), List.of(scaled, node.input(2)), node.outputs()));
        }
    }

    /** MatMulInteger knows no transB: the stored matrix is [inputs, outputs]. Answers its name and its scales'. */
    private String[] storeMatrix(Node node) {
        Tensor weight = graph.initializers().get(node.input(1));
        int axis = axis(node, weight);
        Int8Weight int8 = Int8Weight.of(weight, axis, Int8Weight.scales(weight, axis));
        byte[] values = int8.values();
        int rows = Math.toIntExact(weight.shape()[0]);
        int columns = Math.toIntExact(weight.shape()[1]);
        long[] shape = weight.shape();
        if (node.attribute("transB", 0L) == 1) {
            byte[] turned = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                turned[i % columns * rows + i / columns] = values[i];
            }
            values = turned;
            shape = new long[] {columns, rows};
        }
        String stored = constants.name();
        editor.initializers().remove(weight.name());
        editor.put(Tensor.ofBytes(stored, ElementType.INT8, shape, ByteBuffer.wrap(values)));
        long[] scaleShape = axis < 0 ? new long[0] : new long[] {int8.scales().length};
        return new String[] {stored, constants.floats(scaleShape, int8.scales())};
    }

    private void storeWeights(Node node, WeightsOnly only, List<Node> nodes) {
        boolean stored = false;
        if (Int8Layers.hasWeight(node)) {
            Optional<String> reason = layers.reasonAgainst(node);
            Tensor weight = graph.initializers().get(node.input(1));
            if (reason.isEmpty() && !pays(weight, axis(node, weight))) {
                reason = Optional.of("its weight is too small for int8 to save anything");
            }
            reason.ifPresent(why -> left.add(new Left(Int8Layers.name(node), node.opType(), why)));
            if (reason.isEmpty()) {
                only.store(weight, axis(node, weight), nodes);
                stored = true;
            }
        } else {
            stored = only.storeTables(node, graph, nodes);
        }
        weightsOnly += stored ? 1 : 0;
    }
}
