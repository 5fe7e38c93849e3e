package graft.quantize;

import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.quantize.QuantizationPlan.Granularity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes QuantizeLinear / DequantizeLinear pairs around what {@link Int8Layout} chose: activations uint8 (asymmetric),
 * weights int8 (symmetric), biases int32 in units of input scale · weight scale.
 */
final class StaticQuantizer {
    /** Biases stay below this, a quarter of what int32 holds: the products are added to them. */
    private static final double LARGEST_BIAS = 1 << 29;

    private final Graph graph;
    private final Int8Layout layout;
    private final Granularity granularity;
    private final GraphEditor editor;
    private final SmallConstants constants;
    private final Map<String, Affine> affines = new LinkedHashMap<>();
    /** Axis of the scales of each int8 weight; −1 for one scale. */
    private final Map<String, Integer> axes = new LinkedHashMap<>();

    private final Map<String, Int8Weight> weights = new LinkedHashMap<>();
    /** What the readers of a tensor are to read instead. */
    private final Map<String, String> instead = new HashMap<>();

    /** Embeddings and recurrent layers, whose weights alone are int8. */
    private int tables;

    private StaticQuantizer(Model model, Int8Layout layout, Granularity granularity) {
        this.graph = model.graph();
        this.layout = layout;
        this.granularity = granularity;
        this.editor = graph.edit();
        this.constants = new SmallConstants(editor);
    }

    static Quantized quantize(
            Model model, QuantizationPlan plan, Iterable<Map<String, Values>> examples, Progress progress) {
        Int8Layout layout = Int8Layout.of(model);
        List<String> activations = List.copyOf(layout.activations());
        StaticQuantizer quantizer = new StaticQuantizer(model, layout, plan.granularity());
        int batches = 0;
        if (!activations.isEmpty()) {
            Calibration calibration = Calibration.of(model, activations, examples, progress);
            batches = calibration.batches();
            for (String name : activations) {
                quantizer.affines.put(
                        name, Affine.covering(calibration.range(layout.rangeOf(name), plan.calibration())));
            }
        }
        Model written = quantizer.write(model);
        return new Quantized(
                written,
                new QuantizationReport(
                        0,
                        0,
                        layout.weighted().size()
                                + layout.weightsOnly().size()
                                + layout.between().size()
                                + quantizer.tables,
                        layout.weightsOnly().size() + quantizer.tables,
                        activations.size(),
                        layout.left(),
                        plan.granularity() == Granularity.PER_CHANNEL,
                        written.opset(""),
                        batches,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    private Model write(Model model) {
        chooseAxes();
        quantizeWeights();
        List<Node> nodes = new ArrayList<>();
        Set<String> fromOutside = new LinkedHashSet<>();
        graph.inputs().stream()
                .map(input -> input.name())
                .filter(affines::containsKey)
                .forEach(fromOutside::add);
        fromOutside.forEach(name -> addPair(name, name, nodes));
        weights.forEach((name, weight) -> addWeight(name, weight, nodes));
        WeightsOnly only = new WeightsOnly(editor, constants);
        layout.weightsOnly().stream()
                .filter(node -> !weights.containsKey(node.input(1)))
                .forEach(node -> only.store(node, granularity, nodes));
        Set<Node> weighted = new HashSet<>(layout.weighted());
        for (Node node : graph.nodes()) {
            tables += only.storeTables(node, graph, nodes) ? 1 : 0;
            addNode(node, weighted.contains(node), nodes);
        }
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        return model.withGraph(
                        editor.forgetInnerShapes().fixInitializers().prune().build())
                .withIrVersionAtLeast(5); // int8 initializers are known from operator set 10 on, which is IR 5
    }

    /** A weight that several layers read has one set of scales; where they need different axes, a single scale. */
    private void chooseAxes() {
        for (Node node : layout.weighted()) {
            Tensor weight = graph.initializers().get(node.input(1));
            int axis = granularity == Granularity.PER_CHANNEL ? Int8Layers.channelAxis(node, weight) : -1;
            axes.merge(weight.name(), axis, (a, b) -> a.equals(b) ? a : -1);
        }
    }

    private void quantizeWeights() {
        Map<String, float[]> scales = new LinkedHashMap<>();
        for (Node node : layout.weighted()) {
            String name = node.input(1);
            float[] at = scales.computeIfAbsent(
                    name, n -> Int8Weight.scales(graph.initializers().get(n), axes.get(n)));
            if (!node.input(2).isEmpty()) {
                makeRoomForBias(
                        at,
                        graph.initializers().get(node.input(2)).toFloats(),
                        affine(node).scale());
            }
        }
        scales.forEach((name, at) ->
                weights.put(name, Int8Weight.of(graph.initializers().get(name), axes.get(name), at)));
    }

    /**
     * A channel whose weights are (nearly) zero would have a scale so fine that its bias overflows int32: batch norms of
     * dead channels leave such. Its scale is coarsened until the bias fits; its weights round to zero, as they are.
     */
    private static void makeRoomForBias(float[] scales, float[] bias, float inputScale) {
        for (int c = 0; c < bias.length; c++) {
            int s = scales.length == 1 ? 0 : c;
            scales[s] = (float) Math.max(scales[s], Math.abs(bias[c]) / (inputScale * LARGEST_BIAS));
        }
    }

    private Affine affine(Node node) {
        return affines.get(node.input(0));
    }

    /** The DequantizeLinear takes the weight's name, so that its readers need no change. */
    private void addWeight(String name, Int8Weight weight, List<Node> nodes) {
        boolean single = weight.axis() < 0;
        String stored = constants.name();
        editor.initializers().remove(name);
        editor.put(weight.tensor(stored));
        String scale = constants.floats(single ? new long[0] : new long[] {weight.scales().length}, weight.scales());
        // Optional in ONNX, but ONNX Runtime (1.30) makes no QGemm or QLinearMatMul without it.
        String zero = constants.zeros(single ? -1 : weight.scales().length);
        Node node = Node.of("DequantizeLinear", "", List.of(stored, scale, zero), List.of(name));
        // 1 is the default
        nodes.add(single || weight.axis() == 1 ? node : node.with("axis", (long) weight.axis()));
    }

    private void addNode(Node node, boolean isWeighted, List<Node> nodes) {
        Node now = node;
        for (String input : node.needs()) {
            if (instead.containsKey(input)) {
                now = now.reading(input, instead.get(input));
            }
        }
        if (isWeighted && !node.input(2).isEmpty()) {
            now = now.withInputs(List.of(now.input(0), now.input(1), bias(node, nodes)));
        }
        String output = node.output(0);
        if (!affines.containsKey(output)) {
            nodes.add(now);
            return;
        }
        if (isWithoutEffect(node, affines.get(output))) {
            addPair(now.input(0), output, nodes);
        } else if (graph.outputNames().contains(output)) {
            // The output keeps its name: it is what the pair gives, like all other readers see.
            String raw = constants.name();
            nodes.add(now.withOutputs(List.of(raw)));
            instead.put(output, output);
            addPair(raw, output, nodes);
        } else {
            nodes.add(now);
            addPair(output, output, nodes);
        }
    }

    /** Rounding to integers saturates: a Relu or Clip before it that lets through all of their range does nothing. */
    private boolean isWithoutEffect(Node node, Affine after) {
        boolean bounds = node.domain().isEmpty() && Set.of("Relu", "Clip").contains(node.opType());
        if (!bounds || graph.outputNames().contains(node.output(0))) {
            return false;
        }
        Optional<Range> range = Int8Layers.bounds(node, graph);
        // A scale rounded to float may say 6.0000005 for 6.
        float half = after.scale() / 1024;
        return range.isPresent()
                && after.lowest() >= range.get().min() - half
                && after.highest() <= range.get().max() + half;
    }

    /** Rounds {@code raw} to integers and back; readers of {@code tensor} read what comes out. */
    private void addPair(String raw, String tensor, List<Node> nodes) {
        Affine affine = affines.get(tensor);
        String scale = constants.scalar(affine.scale());
        String zero = constants.uint8(affine.zeroPoint());
        String integers = constants.name();
        String reals = instead.computeIfAbsent(tensor, name -> constants.name());
        nodes.add(Node.of("QuantizeLinear", "", List.of(raw, scale, zero), List.of(integers)));
        nodes.add(Node.of("DequantizeLinear", "", List.of(integers, scale, zero), List.of(reals)));
    }

    private String bias(Node node, List<Node> nodes) {
        float[] bias = graph.initializers().get(node.input(2)).toFloats();
        float[] weightScales = weights.get(node.input(1)).scales();
        float[] scales = new float[weightScales.length];
        for (int c = 0; c < scales.length; c++) {
            scales[c] = affine(node).scale() * weightScales[c];
        }
        int[] integers = new int[bias.length];
        for (int c = 0; c < bias.length; c++) {
            integers[c] = (int) Math.rint((double) bias[c] / scales[scales.length == 1 ? 0 : c]);
        }
        boolean single = axes.get(node.input(1)) < 0;
        String stored = constants.ints(new long[] {bias.length}, integers);
        String scale = constants.floats(single ? new long[0] : new long[] {scales.length}, scales);
        String reals = constants.name();
        Node pair = Node.of("DequantizeLinear", "", List.of(stored, scale), List.of(reals));
        nodes.add(single ? pair : pair.with("axis", 0L));
        return reals;
    }
}
