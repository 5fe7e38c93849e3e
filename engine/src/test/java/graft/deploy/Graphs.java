package graft.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small graphs, written down node by node, and ONNX Runtime's answers to them. */
public final class Graphs {
    private final Random random = new Random(5);
    private final long opset;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Tensor> constants = new ArrayList<>();

    private Graphs(long opset) {
        this.opset = opset;
    }

    public static Graphs ofOpset(long opset) {
        return new Graphs(opset);
    }

    public Graphs node(Node node) {
        nodes.add(node);
        return this;
    }

    public Graphs node(String op, String inputs, String outputs) {
        return node(Node.of(op, outputs + ".node", List.of(inputs.split(",")), List.of(outputs.split(","))));
    }

    public Graphs constant(Tensor tensor) {
        constants.add(tensor);
        return this;
    }

    /** Seeded normal numbers times {@code scale}. */
    public Graphs random(String name, double scale, long... shape) {
        return constant(tensor(random, name, scale, shape));
    }

    /** Seeded numbers between 0.5 and 1.5. */
    Graphs positive(String name, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 0.5f + random.nextFloat();
        }
        return constant(Tensor.ofFloats(name, new long[] {size}, values));
    }

    public Graphs batchNorm(String name, String input, String output, int channels) {
        return positive(name + ".scale", channels)
                .random(name + ".shift", 0.5, channels)
                .random(name + ".mean", 0.5, channels)
                .positive(name + ".var", channels)
                .node(Node.of(
                                "BatchNormalization",
                                name,
                                List.of(input, name + ".scale", name + ".shift", name + ".mean", name + ".var"),
                                List.of(output))
                        .with("epsilon", 1e-3f));
    }

    /** Input {@code x} of the given shape, output {@code y}. */
    public Model model(long... shape) {
        return model(List.of("y"), shape);
    }

    public Model model(List<String> outputs, long... shape) {
        Model model = Model.create("graft tests", opset < 9 ? 3 : 8, opset);
        GraphEditor editor = model.graph().edit();
        Dim[] dims = Arrays.stream(shape).mapToObj(Dim::of).toArray(Dim[]::new);
        dims[0] = Dim.free("N");
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, dims)));
        editor.outputs(outputs.stream()
                .map(name -> ValueInfo.ofType(name, ElementType.FLOAT))
                .toList());
        constants.forEach(editor::put);
        editor.nodes().addAll(nodes);
        Model built = model.withGraph(editor.build());
        return opset < 9 ? listingInitializers(built, constants) : built;
    }

    /** As files of IR 3 must. */
    private static Model listingInitializers(Model model, List<Tensor> constants) {
        List<ValueInfo> inputs = new ArrayList<>(model.graph().inputs());
        for (Tensor tensor : constants) {
            inputs.add(ValueInfo.of(
                    tensor.name(),
                    tensor.type(),
                    Arrays.stream(tensor.shape()).mapToObj(Dim::of).toArray(Dim[]::new)));
        }
        return model.withGraph(model.graph().edit().inputs(inputs).build());
    }

    public static Tensor tensor(Random random, String name, double scale, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return Tensor.ofFloats(name, shape, values);
    }

    public static Map<String, Values> input(long seed, long... shape) {
        Tensor x = tensor(new Random(seed), "x", 1, shape);
        return Map.of("x", Values.ofFloats(shape, x.toFloats()));
    }

    public static List<Map<String, Values>> inputs(int count, long... shape) {
        List<Map<String, Values>> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(input(100 + i, shape));
        }
        return out;
    }

    public static float[] run(Model model, Map<String, Values> input) {
        return run(model, input, "y");
    }

    public static float[] run(Model model, Map<String, Values> input, String output) {
        try (OrtSession session = OrtSession.open(model, 1)) {
            FloatBuffer y = session.run(input).get(output).floats();
            float[] out = new float[y.remaining()];
            y.get(out);
            return out;
        }
    }

    public static List<String> operators(Model model) {
        return model.graph().nodes().stream().map(Node::opType).toList();
    }

    /** Root mean square of the difference, as a share of that of the expected numbers. */
    public static double error(float[] expected, float[] actual) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - actual[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / size);
    }
}
