package graft.network;

import graft.Refusal;
import graft.network.ThinProduct.Form;
import graft.onnx.GraphEditor;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A weight that stays, and two thin matrices that learn beside it.
 *
 * @param layers names of those that read the weight: more than one where they share it
 * @param nodes that read it, all in the same way
 * @param weight its name
 * @param shape of the weight
 * @param a name of the lower one; "" until it is named
 * @param b name of the upper one; "" until it is named
 */
record AdaptedWeight(List<String> layers, List<Node> nodes, String weight, long[] shape, String a, String b) {
    private boolean isConvolution() {
        return nodes.get(0).opType().equals("Conv");
    }

    private boolean isTurned() {
        return form() != Form.MATRIX;
    }

    private Form form() {
        if (isConvolution()) {
            return Form.CONVOLUTION;
        }
        return nodes.get(0).attribute("transB", 0L) == 1 ? Form.TURNED : Form.MATRIX;
    }

    ThinProduct product(double scale) {
        return new ThinProduct(weight, form(), a, b, scale);
    }

    private int in() {
        return (int) (isTurned() ? Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact) : shape[0]);
    }

    private int out() {
        return (int) (isTurned() ? shape[0] : shape[1]);
    }

    AdaptedWeight freshlyNamed(GraphEditor editor) {
        return new AdaptedWeight(
                layers,
                nodes,
                weight,
                shape,
                editor.freshName(layers.get(0) + ".lora_A"),
                editor.freshName(layers.get(0) + ".lora_B"));
    }

    void refuseIfIn(Set<String> trainable) {
        if (trainable.contains(weight)) {
            throw new Refusal(
                    "The weight of " + layers.get(0) + " is to learn itself and to have thin matrices learn beside it."
                            + " Leave it out of --lora-target, or leave out --trainable, --recipe or --stages, which have it learn.");
        }
    }

    /** As peft begins: the lower one uniform in ±1/√in (Kaiming's rule with a slope of √5), the upper one zero. */
    List<Tensor> first(int rank, SplittableRandom random) {
        float[] lower = new float[Math.multiplyExact(rank, in())];
        double bound = 1 / Math.sqrt(in());
        for (int i = 0; i < lower.length; i++) {
            lower[i] = (float) random.nextDouble(-bound, bound);
        }
        float[] upper = new float[Math.multiplyExact(rank, out())];
        if (!isConvolution()) {
            return List.of(
                    Tensor.ofFloats(a, new long[] {in(), rank}, lower),
                    Tensor.ofFloats(b, new long[] {rank, out()}, upper));
        }
        long[] kernel = shape.clone();
        kernel[0] = rank;
        long[] one = new long[shape.length];
        Arrays.fill(one, 1);
        one[0] = out();
        one[1] = rank;
        return List.of(Tensor.ofFloats(a, kernel, lower), Tensor.ofFloats(b, one, upper));
    }

    /** Adds what the thin matrices say to what a node says, or to that with its bias. */
    void putBeside(Node node, Network network, Map<String, List<Node>> readers, double scale, GraphEditor editor) {
        Node last = withBias(node, network, readers);
        String result = last.output(0);
        String plain = editor.freshName(result + ".base");
        String down = editor.freshName(a + ".result");
        String up = editor.freshName(b + ".result");
        String times = editor.freshName(layers.get(0) + ".lora_scale");
        String scaled = editor.freshName(times + ".result");
        editor.put(Tensor.ofFloats(times, new long[0], (float) scale));
        int at = editor.nodes().indexOf(last);
        editor.nodes().set(at, last.withOutputs(List.of(plain)));
        editor.nodes()
                .addAll(
                        at + 1,
                        List.of(
                                lower(node, down),
                                Node.of(isConvolution() ? "Conv" : "MatMul", up, List.of(down, b), List.of(up)),
                                Node.of("Mul", scaled, List.of(up, times), List.of(scaled)),
                                Node.of("Add", plain + ".sum", List.of(plain, scaled), List.of(result))));
    }

    private Node lower(Node node, String result) {
        List<String> inputs = List.of(node.input(0), a);
        // A convolution's own strides, pads and dilations.
        return isConvolution()
                ? node.named(result).withInputs(inputs).withOutputs(List.of(result))
                : Node.of("MatMul", result, inputs, List.of(result));
    }

    /** The bias stays with its product: the two are computed at once. */
    private static Node withBias(Node node, Network network, Map<String, List<Node>> readers) {
        List<Node> after = readers.getOrDefault(node.output(0), List.of());
        return node.opType().equals("MatMul")
                        && after.size() == 1
                        && after.get(0).opType().equals("Add")
                        && after.get(0).inputs().stream().anyMatch(network::isConstant)
                        && network.model().graph().outputNames().stream().noneMatch(node.output(0)::equals)
                ? after.get(0)
                : node;
    }
}
