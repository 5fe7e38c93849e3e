package graft.catalog;

import graft.image.Channels;
import graft.image.Layout;
import graft.image.Preprocessing;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The architecture of the built-in network: a small residual network (He et al. 2016) for pictures of 32×32, input
 * {@code input [N, 3, 32, 32]}, output {@code features [N, 160]}. A convolution at full size, then one block each at a
 * half, a quarter and an eighth of it, so that most of the 0.5 million weights are where the pictures are small and
 * cheap. Batch norms stay nodes of their own, so that they can learn.
 */
public final class ResidualNetwork {
    /** Height and width of the pictures. */
    public static final int SIZE = 32;

    private static final int STEM = 32;
    private static final int[] WIDTHS = {48, 96, 160};
    private static final long IR_VERSION = 8;
    private static final long OPSET = 13;

    private final GraphEditor editor;
    private final SplittableRandom random;

    private ResidualNetwork(GraphEditor editor, long seed) {
        this.editor = editor;
        this.random = new SplittableRandom(seed);
    }

    /** How pictures are prepared: RGB, x = (pixel/255 − 0.5) / 0.25. */
    public static Preprocessing preprocessing() {
        return new Preprocessing(SIZE, 1, new float[] {0.5f}, new float[] {0.25f}, Channels.RGB, Layout.NCHW);
    }

    /**
     * The network before it learnt anything: convolutions normal with variance 2/(outputs · kernel area) (He et al. 2015,
     * fan-out), batch norms 1 and 0.
     *
     * @param seed of the weights
     */
    public static Model untrained(long seed) {
        Model model = Model.create("graft", IR_VERSION, OPSET);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(
                ValueInfo.of("input", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(SIZE), Dim.of(SIZE))));
        new ResidualNetwork(editor, seed).build();
        editor.outputs(
                List.of(ValueInfo.of("features", ElementType.FLOAT, Dim.free("N"), Dim.of(WIDTHS[WIDTHS.length - 1]))));
        return model.withGraph(editor.build()).withMetadata(preprocessing().toMetadata());
    }

    private void build() {
        String tensor = relu("stem", normed("stem", "input", 3, STEM, 3, 1));
        int width = STEM;
        for (int stage = 0; stage < WIDTHS.length; stage++) {
            tensor = block("stage" + (stage + 1), tensor, width, WIDTHS[stage]);
            width = WIDTHS[stage];
        }
        add(Node.of("GlobalAveragePool", "pool", List.of(tensor), List.of("pool.out")));
        add(Node.of("Flatten", "flatten", List.of("pool.out"), List.of("features")));
    }

    /** Two convolutions, the first with stride 2, beside a 1×1 convolution that brings the input to their size. */
    private String block(String name, String input, int from, int to) {
        String inner = relu(name + ".conv1", normed(name + ".conv1", input, from, to, 3, 2));
        String outer = normed(name + ".conv2", inner, to, to, 3, 1);
        String shortcut = normed(name + ".shortcut", input, from, to, 1, 2);
        add(Node.of("Add", name + ".add", List.of(outer, shortcut), List.of(name + ".sum")));
        return relu(name, name + ".sum");
    }

    /** Convolution without bias, then batch norm. */
    private String normed(String name, String input, int from, int to, int kernel, int stride) {
        put(name + ".weight", heNormal(to, from, kernel), to, from, kernel, kernel);
        put(name + ".norm.weight", filled(to, 1), to);
        put(name + ".norm.bias", filled(to, 0), to);
        put(name + ".norm.running_mean", filled(to, 0), to);
        put(name + ".norm.running_var", filled(to, 1), to);
        long pad = kernel / 2;
        add(Node.of("Conv", name, List.of(input, name + ".weight"), List.of(name + ".out"))
                .with("kernel_shape", (long) kernel, (long) kernel)
                .with("strides", (long) stride, (long) stride)
                .with("pads", pad, pad, pad, pad));
        String norm = name + ".norm";
        add(Node.of(
                "BatchNormalization",
                norm,
                List.of(name + ".out", norm + ".weight", norm + ".bias", norm + ".running_mean", norm + ".running_var"),
                List.of(norm + ".out")));
        return norm + ".out";
    }

    private String relu(String name, String input) {
        add(Node.of("Relu", name + ".relu", List.of(input), List.of(name + ".relu.out")));
        return name + ".relu.out";
    }

    private float[] heNormal(int to, int from, int kernel) {
        double deviation = Math.sqrt(2.0 / (to * kernel * kernel));
        float[] values = new float[to * from * kernel * kernel];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private void put(String name, float[] values, long... shape) {
        editor.put(Tensor.ofFloats(name, shape, values));
    }

    private void add(Node node) {
        editor.nodes().add(node);
    }
}
