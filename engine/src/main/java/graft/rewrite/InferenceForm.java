package graft.rewrite;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model as it is needed for answering only, computing the same: constants computed, batch norms and added biases folded
 * into the layers before them, Dropout and Identity gone, no exporter's notes.
 */
public final class InferenceForm {
    private InferenceForm() {}

    public static Model of(Model model) {
        Model constants = ConstantWeights.compute(model);
        Model folded = BatchNormFolding.fold(withoutPassing(constants));
        Model biased = BatchNormFolding.fold(biasesFolded(folded));
        GraphEditor editor = biased.graph().edit().replaceNodes(Node::withoutNotes);
        return biased.withGraph(
                        editor.forgetInnerShapes().fixInitializers().prune().build())
                .withIrVersionAtLeast(4); // from IR 4 on, initializers need not be listed among the inputs
    }

    private static Model withoutPassing(Model model) {
        Graph graph = model.graph();
        Set<String> outputs = new HashSet<>(graph.outputNames());
        Map<String, List<Node>> readers = graph.readers();
        GraphEditor editor = graph.edit();
        for (Node node : graph.nodes()) {
            boolean drops = node.opType().equals("Dropout")
                    && !readers.containsKey(node.output(1))
                    && !outputs.contains(node.output(1))
                    && infers(node, graph);
            boolean passes = node.domain().isEmpty() && (drops || node.opType().equals("Identity"));
            if (passes && !outputs.contains(node.output(0))) {
                // An earlier redirection may have changed what this node reads.
                Node now = editor.nodes().stream()
                        .filter(n -> n.outputs().equals(node.outputs()))
                        .findFirst()
                        .orElseThrow();
                editor.nodes().remove(now);
                editor.redirect(node.output(0), now.input(0));
            }
        }
        return model.withGraph(editor.prune().build());
    }

    private static boolean infers(Node dropout, Graph graph) {
        if (dropout.input(2).isEmpty()) {
            return true; // until opset 6 an attribute is_test says so; Graft's networks are inference graphs
        }
        Tensor training = graph.initializers().get(dropout.input(2));
        return training != null && training.toLongs()[0] == 0;
    }

    /** Conv + Add of one number per channel, and MatMul of rank 2 + Add of a row, become one layer with a bias. */
    private static Model biasesFolded(Model model) {
        Graph graph = model.graph();
        Map<String, List<Node>> readers = graph.readers();
        Map<String, Node> producers = graph.producers();
        Set<String> outputs = new HashSet<>(graph.outputNames());
        InnerTensors tensors = InnerTensors.of(model);
        GraphEditor editor = graph.edit();
        for (Node add : graph.nodes()) {
            int side = producers.containsKey(add.input(0)) ? 0 : 1;
            Node layer = producers.get(add.input(side));
            Tensor row = graph.initializers().get(add.input(1 - side));
            if (!add.opType().equals("Add")
                    || layer == null
                    || row == null
                    || row.type() != ElementType.FLOAT
                    || outputs.contains(layer.output(0))
                    || readers.get(layer.output(0)).size() != 1
                    || !layer.input(2).isEmpty()) {
                continue;
            }
            Optional<Node> both = withBias(layer, row, graph, tensors, editor);
            both.ifPresent(node -> {
                int at = editor.nodes().indexOf(layer);
                editor.nodes().set(at, node.withOutputs(add.outputs()));
                editor.nodes().remove(add);
            });
        }
        return model.withGraph(editor.prune().build());
    }

    private static Optional<Node> withBias(
            Node layer, Tensor row, Graph graph, InnerTensors tensors, GraphEditor editor) {
        Tensor weight = graph.initializers().get(layer.input(1));
        if (weight == null || weight.type() != ElementType.FLOAT) {
            return Optional.empty();
        }
        int rank = weight.shape().length;
        boolean conv = layer.opType().equals("Conv");
        boolean matrix = layer.opType().equals("MatMul") && rank == 2 && tensors.rank(layer.input(0)) == 2;
        if (!conv && !matrix) {
            return Optional.empty();
        }
        int channels = Math.toIntExact(weight.shape()[conv ? 0 : 1]);
        if (!perChannel(row.shape(), rank, channels)) {
            return Optional.empty();
        }
        float[] values = row.toFloats();
        float[] bias = new float[channels];
        for (int c = 0; c < channels; c++) {
            bias[c] = values[values.length == 1 ? 0 : c];
        }
        String name = editor.freshName(row.name() + "_bias");
        editor.put(Tensor.ofFloats(name, new long[] {channels}, bias));
        List<String> inputs = new ArrayList<>(Arrays.asList(layer.input(0), layer.input(1), name));
        return Optional.of((conv ? layer : layer.as("Gemm")).withInputs(inputs));
    }

    /** True if numbers of {@code shape} are added along axis 1 of a tensor of {@code rank} axes, and only along it. */
    private static boolean perChannel(long[] shape, int rank, int channels) {
        if (shape.length > rank) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            int axis = rank - shape.length + i;
            if (shape[i] != 1 && (axis != 1 || shape[i] != channels)) {
                return false;
            }
        }
        return true;
    }
}
