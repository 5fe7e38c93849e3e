package graft.app.network;

import graft.image.Preprocessing;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Classifiers small enough to open in a blink: convolutions in a row, pooling, a classifier of four classes. */
public final class SmallNetworks {
    static final int CHANNELS = 4;
    static final int CLASSES = 4;

    private SmallNetworks() {}

    /** Layers {@code conv0}, {@code conv1}, … of a 3×3 convolution and a Relu, then {@code fc}; input {@code x [N, 3, 8, 8]}. */
    public static Path write(Path file, int convolutions) {
        String[] names = new String[convolutions];
        Arrays.setAll(names, i -> "conv" + i);
        OnnxFile.write(chain(names), file);
        return file;
    }

    /** A convolution of each name, then {@code fc}. */
    static Model chain(String... names) {
        Random random = new Random(5);
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(8), Dim.of(8))));
        List<Node> nodes = new ArrayList<>();
        String tensor = "x";
        int width = 3;
        for (int i = 0; i < names.length; i++) {
            editor.put(floats(random, names[i] + ".weight", CHANNELS, width, 3, 3));
            editor.put(floats(random, names[i] + ".bias", CHANNELS));
            nodes.add(Node.of(
                            "Conv",
                            names[i],
                            List.of(tensor, names[i] + ".weight", names[i] + ".bias"),
                            List.of("c" + i))
                    .with("pads", 1L, 1L, 1L, 1L));
            nodes.add(Node.of("Relu", "relu" + i, List.of("c" + i), List.of("r" + i)));
            tensor = "r" + i;
            width = CHANNELS;
        }
        nodes.add(Node.of("GlobalAveragePool", "pool", List.of(tensor), List.of("p")));
        nodes.add(Node.of("Flatten", "flat", List.of("p"), List.of("f")));
        editor.put(floats(random, "fc.weight", CLASSES, width));
        editor.put(floats(random, "fc.bias", CLASSES));
        nodes.add(Node.of("Gemm", "fc", List.of("f", "fc.weight", "fc.bias"), List.of("y"))
                .with("transB", 1L));
        editor.nodes().addAll(nodes);
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(CLASSES))));
        return model.withGraph(editor.build());
    }

    /** A chain of two whose classifier has the names that Graft gives a head. */
    public static Path writeExported(Path file) {
        Model model = chain("conv0", "conv1");
        GraphEditor editor = model.graph().edit();
        for (String part : List.of("weight", "bias")) {
            Tensor old = editor.initializers().remove("fc." + part);
            editor.put(Tensor.ofFloats("head." + part, old.shape(), old.toFloats()));
            editor.redirect("fc." + part, "head." + part);
        }
        OnnxFile.write(model.withGraph(editor.build()), file);
        return file;
    }

    /** {@code conv1} and {@code conv2} of a chain of four read the same weight, each with a bias of its own. */
    public static Path writeTied(Path file) {
        Model model = chain("conv0", "conv1", "conv2", "conv3");
        GraphEditor editor = model.graph().edit();
        editor.replaceNodes(node -> node.reading("conv2.weight", "conv1.weight"));
        OnnxFile.write(model.withGraph(editor.prune().build()), file);
        return file;
    }

    public static Path write(Path file, Model model, Map<String, String> notes) {
        OnnxFile.write(model.withMetadata(notes), file);
        return file;
    }

    private static Tensor floats(Random random, String name, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 0.3f;
        }
        return Tensor.ofFloats(name, shape, values);
    }

    /** A convolution that gives the red, green and blue of a picture as they are. */
    static Path sameAgain(Path file) {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(8), Dim.of(8))));
        editor.put(Tensor.ofFloats("same.weight", new long[] {3, 3, 1, 1}, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}));
        editor.put(Tensor.ofFloats("fc.weight", new long[] {2, 3}, new float[] {0, 0, 4, 4, 0, 0}));
        editor.nodes()
                .addAll(List.of(
                        Node.of("Conv", "same", List.of("x", "same.weight"), List.of("c")),
                        Node.of("GlobalAveragePool", "pool", List.of("c"), List.of("p")),
                        Node.of("Flatten", "flat", List.of("p"), List.of("f")),
                        Node.of("Gemm", "fc", List.of("f", "fc.weight"), List.of("y"))
                                .with("transB", 1L)));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        OnnxFile.write(
                model.withGraph(editor.build())
                        .withMetadata(Preprocessing.ofSize(8).toMetadata()),
                file);
        return file;
    }
}
