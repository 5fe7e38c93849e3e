package graft.network;

import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Small networks that learn behind layers that stay (adapters, Houlsby et al. 2019): what a layer says, {@code h}, becomes
 * {@code h + relu(h·D + d)·U + u}, with D {@code [width, size]} drawn as peft draws the lower of two thin matrices, and U
 * {@code [size, width]} and both biases zero, so that the network begins as it came. Behind convolutions D and U are convolutions of one
 * pixel. They stay in the file.
 */
public final class Bottlenecks {
    /** The most that a bottleneck may be wide. */
    public static final int WIDEST = 4096;

    private final int size;
    private final List<Layer> layers;
    private final Set<String> learning = new LinkedHashSet<>();
    private final Model model;

    private Bottlenecks(Network headed, int size, List<Layer> layers, long seed) {
        this.size = size;
        this.layers = layers;
        GraphEditor editor = headed.model().graph().edit();
        SplittableRandom random = new SplittableRandom(seed);
        layers.forEach(layer -> insert(layer, headed, random.split(), editor));
        this.model = headed.model().withGraph(editor.build());
    }

    /**
     * @param headed the network with its head
     * @param size how many numbers go through each, per token, pixel or example
     * @param globs names of layers behind which they stand, separated by commas; blank: those whose results are added to what went
     *     past them
     * @param seed of the first numbers
     * @throws graft.Refusal where there is no such layer, or none of a known width
     */
    public static Bottlenecks of(Network headed, int size, String globs, long seed) {
        return new Bottlenecks(headed, size, new BottleneckPlaces(headed).named(globs), seed);
    }

    /**
     * With the bottlenecks, which learn.
     *
     * @param selected the network that these were made for, with whatever else is to learn
     */
    public Network on(Network selected) {
        return selected.withAdapters(model, Set.of(), learning);
    }

    /** Names of the tensors that learn. */
    public Set<String> learning() {
        return Set.copyOf(learning);
    }

    /** Names of the layers behind which they stand. */
    public List<String> layers() {
        return layers.stream().map(Layer::name).toList();
    }

    /** For the user: where they stand. */
    public String words() {
        return "Adapters of " + size + (size == 1 ? " number" : " numbers") + " learn behind "
                + Adapters.listed(layers());
    }

    private void insert(Layer layer, Network network, SplittableRandom random, GraphEditor editor) {
        Node node = layer.nodes().get(0);
        boolean pixels = node.opType().equals("Conv");
        int width = BottleneckPlaces.width(network, node);
        Tensor weight = network.model().graph().initializers().get(node.input(1));
        long[] ones = new long[weight.shape().length];
        Arrays.fill(ones, 1);
        float[] lower = new float[Math.multiplyExact(width, size)];
        double bound = 1 / Math.sqrt(width);
        for (int i = 0; i < lower.length; i++) {
            lower[i] = (float) random.nextDouble(-bound, bound);
        }
        String down = learns(
                layer, "down.weight", pixels ? sized(ones, size, width) : new long[] {width, size}, lower, editor);
        String downBias = learns(layer, "down.bias", new long[] {size}, new float[size], editor);
        String up = learns(
                layer,
                "up.weight",
                pixels ? sized(ones, width, size) : new long[] {size, width},
                new float[lower.length],
                editor);
        String upBias = learns(layer, "up.bias", new long[] {width}, new float[width], editor);

        String result = layer.output();
        String plain = editor.freshName(result + ".plain");
        String small = editor.freshName(layer.name() + ".adapter_small");
        String active = editor.freshName(layer.name() + ".adapter_relu");
        String wide = editor.freshName(layer.name() + ".adapter_wide");
        int at = 0;
        while (!editor.nodes().get(at).outputs().contains(result)) {
            at++;
        }
        Node last = editor.nodes().get(at);
        editor.nodes()
                .set(
                        at,
                        last.withOutputs(last.outputs().stream()
                                .map(name -> name.equals(result) ? plain : name)
                                .toList()));
        List<Node> nodes = new ArrayList<>(linear(pixels, plain, down, downBias, small, editor));
        nodes.add(Node.of("Relu", active, List.of(small), List.of(active)));
        nodes.addAll(linear(pixels, active, up, upBias, wide, editor));
        nodes.add(Node.of("Add", plain + ".sum", List.of(plain, wide), List.of(result)));
        editor.nodes().addAll(at + 1, nodes);
    }

    private static List<Node> linear(
            boolean pixels, String input, String weight, String bias, String output, GraphEditor editor) {
        String name = weight.substring(0, weight.lastIndexOf(".weight"));
        if (pixels) {
            return List.of(Node.of("Conv", name, List.of(input, weight, bias), List.of(output)));
        }
        String product = editor.freshName(name + ".product");
        return List.of(
                Node.of("MatMul", name, List.of(input, weight), List.of(product)),
                Node.of("Add", name + ".add", List.of(product, bias), List.of(output)));
    }

    private static long[] sized(long[] ones, long out, long in) {
        long[] shape = ones.clone();
        shape[0] = out;
        shape[1] = in;
        return shape;
    }

    private String learns(Layer layer, String part, long[] shape, float[] values, GraphEditor editor) {
        String name = editor.freshName(layer.name() + ".adapter_" + part);
        editor.put(Tensor.ofFloats(name, shape, values));
        learning.add(name);
        return name;
    }
}
