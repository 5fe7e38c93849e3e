package graft.quantize;

import graft.Refusal;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.HalfFloats;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.quantize.QuantizationReport.Left;
import graft.rewrite.InferenceForm;
import graft.rewrite.InnerTensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Halves a network: weights and the numbers between its layers become IEEE 754 binary16. Inputs and outputs stay float, so
 * that callers need no change; operators that lose too much in fp16 ({@link HalfOperators}) stay float between two casts.
 */
final class Fp16 {
    /** Half of what fp16 can say: other examples give other numbers. */
    private static final float SAFE = 32752;

    private final Graph graph;
    private final GraphEditor editor;
    private final SmallConstants constants;
    private final InnerTensors tensors;
    private final Set<String> outputs;
    private final Set<Node> inFloat = new HashSet<>();
    private final Set<String> readInFloat = new HashSet<>();
    private final List<Left> left = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    /** Names under which a tensor of the original can be read as float and as fp16. */
    private final Map<String, String> floats = new HashMap<>();

    private final Map<String, String> halves = new HashMap<>();
    /** Largest size of the numbers of tensors that come near the end of fp16. */
    private final Map<String, Float> tooLarge = new HashMap<>();

    private int halved;

    private Fp16(Model model) {
        this.graph = model.graph();
        this.editor = graph.edit();
        this.constants = new SmallConstants(editor);
        this.tensors = InnerTensors.of(model);
        this.outputs = new LinkedHashSet<>(graph.outputNames());
    }

    /**
     * @param model the fp16 network
     * @param halved operators that compute with fp16
     * @param left operators that stay float, with the reason
     */
    record Half(Model model, int halved, List<Left> left) {}

    /**
     * @param example inputs by name: operators whose numbers it brings near the end of fp16 stay float
     * @throws Refusal if nothing in the network can be fp16
     */
    static Half convert(Model model, Map<String, Values> example) {
        Model form = withoutConstantNodes(InferenceForm.of(model));
        Fp16 conversion = new Fp16(form);
        conversion.measure(form, example);
        Model written = conversion.write(form);
        if (conversion.halved == 0) {
            throw new Refusal(
                    "Nothing in this network can be fp16: it has no operator on float numbers that keeps enough"
                            + " digits there.");
        }
        return new Half(written, conversion.halved, conversion.left);
    }

    /** On a CPU ONNX Runtime computes fp16 operators in float, and would hide what overflows on other machines. */
    private void measure(Model form, Map<String, Values> example) {
        List<String> computed = graph.nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .filter(tensors::isFloat)
                .toList();
        Map<String, Values> numbers = new HashMap<>(example);
        if (!computed.isEmpty()) {
            try (OrtSession session = OrtSession.open(InnerTensors.showing(form, computed), 0)) {
                numbers.putAll(session.run(example));
            }
        }
        numbers.forEach((name, values) -> {
            float largest = 0;
            for (FloatBuffer rest = tensors.isFloat(name) ? values.floats() : FloatBuffer.allocate(0);
                    rest.hasRemaining(); ) {
                float size = Math.abs(rest.get());
                largest = Float.isFinite(size) ? Math.max(largest, size) : largest;
            }
            if (largest > SAFE) {
                tooLarge.put(name, largest);
            }
        });
    }

    private Optional<String> reasonAgainst(Node node) {
        Optional<String> large = Stream.concat(node.outputs().stream(), node.needs().stream())
                .filter(tooLarge::containsKey)
                .findFirst()
                .map(name -> String.format(
                        Locale.ROOT, "its numbers reach %.0f on the example; fp16 ends at 65504", tooLarge.get(name)));
        return HalfOperators.reasonAgainst(node, graph, tensors).or(() -> large);
    }

    private static Model withoutConstantNodes(Model model) {
        GraphEditor editor = model.graph().edit();
        for (Node node : model.graph().nodes()) {
            Optional<Tensor> value = node.opType().equals("Constant") ? node.tensor("value") : Optional.empty();
            value.filter(tensor -> tensor.type() == ElementType.FLOAT).ifPresent(tensor -> {
                editor.put(tensor.named(node.output(0)));
                editor.nodes().remove(node);
            });
        }
        return model.withGraph(editor.build());
    }

    private Model write(Model model) {
        for (Node node : graph.nodes()) {
            Optional<String> reason = reasonAgainst(node);
            if (reason.isPresent()) {
                inFloat.add(node);
                readInFloat.addAll(node.needs());
                if (node.needs().stream().anyMatch(tensors::isFloat)) {
                    left.add(new Left(Int8Layers.name(node), node.opType(), reason.get()));
                }
            }
        }
        graph.inputs().forEach(input -> floats.put(input.name(), input.name()));
        graph.initializers().keySet().forEach(name -> floats.put(name, name));
        graph.nodes().forEach(this::add);
        for (String output : outputs) {
            if (tensors.isFloat(output) && !floats.containsKey(output)) {
                cast(halves.get(output), output, ElementType.FLOAT);
            }
        }
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        return model.withGraph(editor.forgetInnerShapes().prune().build());
    }

    private void add(Node node) {
        boolean asFloat = inFloat.contains(node);
        boolean touchesFloats = node.needs().stream().anyMatch(tensors::isFloat)
                || node.outputs().stream().anyMatch(tensors::isFloat);
        if (!touchesFloats) {
            nodes.add(node);
            return;
        }
        Node now = node;
        for (String input : node.needs()) {
            if (tensors.isFloat(input)) {
                String name = asFloat ? asFloat(input) : asHalf(input);
                now = name.equals(input) ? now : now.reading(input, name);
            }
        }
        halved += asFloat ? 0 : 1;
        List<String> results = new ArrayList<>(node.outputs());
        for (int i = 0; i < results.size(); i++) {
            String result = results.get(i);
            if (!tensors.isFloat(result)) {
                continue;
            }
            if (asFloat) {
                floats.put(result, result);
            } else {
                // An output of the network is float under its own name.
                String half = outputs.contains(result) ? constants.name() : result;
                halves.put(result, half);
                results.set(i, half);
            }
        }
        nodes.add(now.withOutputs(results));
    }

    private String asFloat(String tensor) {
        return floats.computeIfAbsent(tensor, name -> {
            String wanted = outputs.contains(name) ? name : constants.name();
            cast(halves.get(name), wanted, ElementType.FLOAT);
            return wanted;
        });
    }

    private String asHalf(String tensor) {
        return halves.computeIfAbsent(tensor, name -> {
            Tensor initializer = graph.initializers().get(name);
            if (initializer != null) {
                // The name stays, unless somebody needs the float numbers too.
                boolean both = readInFloat.contains(name) || outputs.contains(name);
                String half = both ? constants.name() : name;
                editor.put(halved(initializer, half));
                return half;
            }
            String half = constants.name();
            cast(floats.get(name), half, ElementType.FLOAT16);
            return half;
        });
    }

    private void cast(String from, String to, ElementType type) {
        nodes.add(Node.of("Cast", "", List.of(from), List.of(to)).with("to", (long) type.code()));
    }

    private static Tensor halved(Tensor tensor, String name) {
        float[] values = tensor.toFloats();
        ByteBuffer data = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putShort(HalfFloats.floatToHalf(value));
        }
        return Tensor.ofBytes(name, ElementType.FLOAT16, tensor.shape(), data.flip());
    }
}
