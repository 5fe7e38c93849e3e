package graft.testdata;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Networks small enough to train in a blink, with seeded random weights. */
public final class TinyNetworks {
    public static final int SIZE = 8;

    private TinyNetworks() {}

    /** Two convolutions with batch norm and Relu, pooling, dropout, a classifier of four classes: input {@code x [N, 3, 8, 8]}. */
    public static Model convolutional() {
        Random random = new Random(7);
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(
                List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(SIZE), Dim.of(SIZE))));
        editor.put(floats(random, "conv.weight", 0.3f, 6, 3, 3, 3));
        batchNorm(editor, random, "bn", 6);
        editor.put(floats(random, "conv2.weight", 0.2f, 10, 6, 3, 3));
        batchNorm(editor, random, "bn2", 10);
        editor.put(floats(random, "fc.weight", 0.3f, 4, 10));
        editor.put(floats(random, "fc.bias", 0.1f, 4));
        editor.nodes()
                .addAll(List.of(
                        Node.of("Conv", "conv", List.of("x", "conv.weight"), List.of("c1"))
                                .with("pads", 1L, 1L, 1L, 1L),
                        norm("bn", "c1", "n1"),
                        Node.of("Relu", "relu", List.of("n1"), List.of("r1")),
                        Node.of("Conv", "conv2", List.of("r1", "conv2.weight"), List.of("c2"))
                                .with("pads", 1L, 1L, 1L, 1L)
                                .with("strides", 2L, 2L),
                        norm("bn2", "c2", "n2"),
                        Node.of("Relu", "relu2", List.of("n2"), List.of("r2")),
                        Node.of("GlobalAveragePool", "pool", List.of("r2"), List.of("p")),
                        Node.of("Flatten", "flat", List.of("p"), List.of("f")),
                        Node.of("Gemm", "fc", List.of("f", "fc.weight", "fc.bias"), List.of("y"))
                                .with("transB", 1L)));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(4))));
        return model.withGraph(editor.build());
    }

    /**
     * Branches that meet: {@code r = Relu(Conv a(x))}, then {@code Concat(Conv b(r), Conv c(r), x)}, pooling, a classifier of
     * four classes on {@code f [N, 11]}.
     */
    public static Model branching() {
        Random random = new Random(8);
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(
                List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(SIZE), Dim.of(SIZE))));
        editor.put(floats(random, "a.weight", 0.3f, 6, 3, 1, 1));
        editor.put(floats(random, "b.weight", 0.3f, 4, 6, 1, 1));
        editor.put(floats(random, "c.weight", 0.3f, 4, 6, 1, 1));
        editor.put(floats(random, "fc.weight", 0.3f, 4, 11));
        editor.put(floats(random, "fc.bias", 0.1f, 4));
        editor.nodes()
                .addAll(List.of(
                        Node.of("Conv", "a", List.of("x", "a.weight"), List.of("a")),
                        Node.of("Relu", "relu", List.of("a"), List.of("r")),
                        Node.of("Conv", "b", List.of("r", "b.weight"), List.of("b")),
                        Node.of("Conv", "c", List.of("r", "c.weight"), List.of("c")),
                        Node.of("Concat", "meet", List.of("b", "c", "x"), List.of("m"))
                                .with("axis", 1L),
                        Node.of("GlobalAveragePool", "pool", List.of("m"), List.of("p")),
                        Node.of("Flatten", "flat", List.of("p"), List.of("f")),
                        Node.of("Gemm", "fc", List.of("f", "fc.weight", "fc.bias"), List.of("y"))
                                .with("transB", 1L)));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(4))));
        return model.withGraph(editor.build());
    }

    private static Node norm(String name, String input, String output) {
        return Node.of(
                "BatchNormalization",
                name,
                List.of(input, name + ".weight", name + ".bias", name + ".running_mean", name + ".running_var"),
                List.of(output));
    }

    private static void batchNorm(GraphEditor editor, Random random, String name, int channels) {
        editor.put(floats(random, name + ".weight", 0.5f, channels));
        editor.put(floats(random, name + ".bias", 0.2f, channels));
        editor.put(floats(random, name + ".running_mean", 0.1f, channels));
        float[] variances = new float[channels];
        for (int i = 0; i < channels; i++) {
            variances[i] = 0.5f + random.nextFloat();
        }
        editor.put(Tensor.ofFloats(name + ".running_var", new long[] {channels}, variances));
    }

    private static Tensor floats(Random random, String name, float scale, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * scale;
        }
        return Tensor.ofFloats(name, shape, values);
    }
}
