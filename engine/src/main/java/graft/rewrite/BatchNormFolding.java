package graft.rewrite;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a BatchNormalization with stored statistics into the Conv, ConvTranspose or Gemm before it: with
 * s = scale / √(var + epsilon), the weights of output channel c are multiplied by s[c] and the bias becomes
 * s·(bias − mean) + shift. The rewritten graph computes the same function. A batch norm that cannot be folded (its input
 * has other readers, its numbers are computed, it learns its statistics) stays as it is.
 */
public final class BatchNormFolding {
    private final Graph graph;
    private final GraphEditor editor;
    private final Map<String, List<Node>> readers;
    private final Set<String> outputs;
    private final Set<Node> gone = new HashSet<>();
    private int folded;

    private BatchNormFolding(Graph graph) {
        this.graph = graph;
        this.editor = graph.edit();
        this.readers = graph.readers();
        this.outputs = new HashSet<>(graph.outputNames());
    }

    public static Model fold(Model model) {
        Model now = model;
        while (true) {
            BatchNormFolding pass = new BatchNormFolding(now.graph());
            Model next = pass.run(now);
            // A batch norm after a folded batch norm is found by the next pass.
            if (pass.folded == 0) {
                return now;
            }
            now = next;
        }
    }

    private Model run(Model model) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (gone.contains(node)) {
                continue;
            }
            Optional<Node> norm = batchNormAfter(node);
            Optional<Node> both = norm.flatMap(n -> folded(node, n));
            both.ifPresent(n -> gone.add(norm.orElseThrow()));
            nodes.add(both.orElse(node));
            folded += both.isPresent() ? 1 : 0;
        }
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        return model.withGraph(editor.prune().build());
    }

    private Optional<Node> batchNormAfter(Node node) {
        if (!node.domain().isEmpty() || !Set.of("Conv", "ConvTranspose", "Gemm").contains(node.opType())) {
            return Optional.empty();
        }
        String result = node.output(0);
        List<Node> reading = readers.getOrDefault(result, List.of());
        if (outputs.contains(result) || reading.size() != 1) {
            return Optional.empty();
        }
        Node norm = reading.get(0);
        boolean infers = norm.opType().equals("BatchNormalization")
                && norm.domain().isEmpty()
                && norm.input(0).equals(result)
                && norm.attribute("training_mode", 0L) == 0
                && norm.attribute("spatial", 1L) == 1
                && norm.outputs().stream().skip(1).allMatch(String::isEmpty);
        return infers ? Optional.of(norm) : Optional.empty();
    }

    private Optional<Node> folded(Node node, Node norm) {
        Optional<float[]> scale = floats(norm.input(1));
        Optional<float[]> shift = floats(norm.input(2));
        Optional<float[]> mean = floats(norm.input(3));
        Optional<float[]> variance = floats(norm.input(4));
        Tensor weight = graph.initializers().get(node.input(1));
        if (scale.isEmpty() || shift.isEmpty() || mean.isEmpty() || variance.isEmpty() || weight == null) {
            return Optional.empty();
        }
        int channels = scale.get().length;
        Optional<float[]> bias = bias(node, channels);
        boolean noBeta = node.opType().equals("Gemm") && node.attribute("beta", 1f) == 0;
        if (weight.type() != ElementType.FLOAT || bias.isEmpty() || noBeta || channels != channels(node, weight)) {
            return Optional.empty();
        }
        double epsilon = norm.attribute("epsilon", 1e-5f);
        double[] factor = new double[channels];
        float[] newBias = new float[channels];
        double beta = node.opType().equals("Gemm") ? node.attribute("beta", 1f) : 1;
        for (int c = 0; c < channels; c++) {
            factor[c] = scale.get()[c] / Math.sqrt(variance.get()[c] + epsilon);
            newBias[c] = (float) ((factor[c] * (beta * bias.get()[c] - mean.get()[c]) + shift.get()[c]) / beta);
            if (!Double.isFinite(factor[c]) || !Float.isFinite(newBias[c])) {
                return Optional.empty();
            }
        }
        String weightName = nameFor(weight.name(), weight.name() + "_folded", node);
        editor.put(Tensor.ofFloats(weightName, weight.shape(), scaled(node, weight, factor)));
        String wish = node.input(2).isEmpty() ? norm.input(2) : node.input(2);
        String biasName = nameFor(wish, weight.name() + "_bias", node.input(2).isEmpty() ? norm : node);
        editor.put(Tensor.ofFloats(biasName, new long[] {channels}, newBias));
        return Optional.of(
                node.withInputs(List.of(node.input(0), weightName, biasName)).withOutputs(List.of(norm.output(0))));
    }

    /** The name of a tensor that only {@code reader} reads may go on with other numbers; a shared one is copied. */
    private String nameFor(String tensor, String otherwise, Node reader) {
        long uses = readers.getOrDefault(tensor, List.of()).size();
        boolean own = uses == 1 && readers.get(tensor).get(0) == reader && !outputs.contains(tensor);
        boolean once = reader.inputs().stream().filter(tensor::equals).count() == 1;
        return own && once ? tensor : editor.freshName(otherwise);
    }

    private Optional<float[]> floats(String tensor) {
        Tensor found = graph.initializers().get(tensor);
        return found == null || found.type() != ElementType.FLOAT ? Optional.empty() : Optional.of(found.toFloats());
    }

    /** Zeros where there is none; empty where it is computed or has another shape than one number per channel. */
    private Optional<float[]> bias(Node node, int channels) {
        if (node.input(2).isEmpty()) {
            return Optional.of(new float[channels]);
        }
        Optional<float[]> bias = floats(node.input(2));
        if (bias.isPresent() && bias.get().length == 1 && channels > 1) {
            float[] spread = new float[channels];
            java.util.Arrays.fill(spread, bias.get()[0]);
            return Optional.of(spread);
        }
        return bias.filter(values -> values.length == channels
                && graph.initializers()
                                .get(node.input(2))
                                .shape()[graph.initializers().get(node.input(2)).shape().length - 1]
                        == channels);
    }

    private static long channels(Node node, Tensor weight) {
        return switch (node.opType()) {
            case "Conv" -> weight.shape()[0];
            case "ConvTranspose" -> weight.shape()[1] * node.attribute("group", 1L);
            default -> weight.shape()[node.attribute("transB", 0L) == 1 ? 0 : 1];
        };
    }

    private static float[] scaled(Node node, Tensor weight, double[] factor) {
        float[] values = weight.toFloats();
        long[] shape = weight.shape();
        int inner = 1;
        for (int i = 2; i < shape.length; i++) {
            inner *= (int) shape[i];
        }
        for (int i = 0; i < values.length; i++) {
            int first = (int) (i / (inner * shape[1]));
            int second = (int) (i / inner % shape[1]);
            int channel =
                    switch (node.opType()) {
                        case "Conv" -> first;
                        case "ConvTranspose" -> {
                            // Input channels of one group write to that group's block of output channels.
                            int perGroup = (int) (shape[0] / node.attribute("group", 1L));
                            yield (int) (first / perGroup * shape[1]) + second;
                        }
                        default -> node.attribute("transB", 0L) == 1 ? first : second;
                    };
            values[i] = (float) (values[i] * factor[channel]);
        }
        return values;
    }
}
