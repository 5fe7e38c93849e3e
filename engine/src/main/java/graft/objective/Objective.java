package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What training makes small, as a model of its own: its inputs are outputs of the network and targets, by name, and the scalar
 * {@link #SHARE}; its only output is the scalar {@link #LOSS}. It is run, differentiated, checked and saved like any other
 * model, and never part of the file that is shipped.
 *
 * <p>A step may go through the network in several micro-batches. The loss of each is its share of the step's mean: a sum over
 * its examples, times {@code share} = 1 / what the step's mean is taken over.
 */
public record Objective(String name, Model graph) {
    /** The output: {@code []}, FLOAT. */
    public static final String LOSS = "loss";

    /** The input that turns a sum into a share of the step's mean: {@code []}, FLOAT. */
    public static final String SHARE = "share";

    /**
     * An objective whose nodes end in {@code sum}, which is multiplied by {@link #SHARE}.
     *
     * @param answers outputs of the network that it needs
     * @param targets tensors that it needs beside them
     * @param sum a scalar: summed over the examples
     */
    public static Objective of(
            String name, List<ValueInfo> answers, List<ValueInfo> targets, List<Node> nodes, String sum) {
        Model empty = Model.create("graft", 8, 13);
        List<ValueInfo> inputs = new ArrayList<>(answers);
        inputs.addAll(targets);
        inputs.add(ValueInfo.of(SHARE, ElementType.FLOAT));
        List<Node> all = new ArrayList<>(nodes);
        all.add(Node.of("Mul", "mean", List.of(sum, SHARE), List.of(LOSS)));
        var editor = empty.graph().edit().named(name).inputs(inputs);
        editor.nodes().addAll(all);
        editor.outputs(List.of(ValueInfo.of(LOSS, ElementType.FLOAT)));
        return new Objective(name, empty.withGraph(editor.build()));
    }

    /**
     * The sum of both, as one graph: this one's loss and {@code weight} times the other's. What both take by the same name they take
     * together.
     *
     * @throws IllegalArgumentException where they take tensors of different types by one name
     */
    public Objective plus(double weight, Objective other) {
        Graph one = apart(graph.graph(), "1/");
        Graph two = apart(other.graph.graph(), "2/");
        Map<String, ValueInfo> inputs = new LinkedHashMap<>();
        for (ValueInfo input :
                Stream.concat(one.inputs().stream(), two.inputs().stream()).toList()) {
            ValueInfo had = inputs.putIfAbsent(input.name(), input);
            if (had != null && !had.type().equals(input.type())) {
                throw new IllegalArgumentException("two objectives take " + input.name() + " as different types");
            }
        }
        var editor = graph.graph().edit().named(name + " + " + other.name).inputs(List.copyOf(inputs.values()));
        editor.nodes().clear();
        editor.initializers().clear();
        one.initializers().values().forEach(editor::put);
        two.initializers().values().forEach(editor::put);
        editor.put(Tensor.ofFloats("2/weight", new long[0], (float) weight));
        editor.nodes().addAll(one.nodes());
        editor.nodes().addAll(two.nodes());
        editor.nodes().add(Node.of("Mul", "2/weighted", List.of("2/" + LOSS, "2/weight"), List.of("2/weighted_loss")));
        editor.nodes().add(Node.of("Add", "sum_of_objectives", List.of("1/" + LOSS, "2/weighted_loss"), List.of(LOSS)));
        return new Objective(name + " + " + other.name, graph.withGraph(editor.build()));
    }

    /** The same with {@code prefix} before all names but those of the inputs. */
    private static Graph apart(Graph graph, String prefix) {
        Set<String> inputs = new HashSet<>();
        graph.inputs().forEach(input -> inputs.add(input.name()));
        UnaryOperator<String> renamed = name -> name.isEmpty() || inputs.contains(name) ? name : prefix + name;
        var editor = graph.edit();
        List<Node> nodes = graph.nodes().stream()
                .map(node -> node.named(prefix + node.name())
                        .withInputs(node.inputs().stream().map(renamed).toList())
                        .withOutputs(node.outputs().stream().map(renamed).toList()))
                .toList();
        List<Tensor> tensors = graph.initializers().values().stream()
                .map(tensor -> tensor.named(renamed.apply(tensor.name())))
                .toList();
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        editor.initializers().clear();
        tensors.forEach(editor::put);
        editor.outputs(List.of(ValueInfo.of(prefix + LOSS, ElementType.FLOAT)));
        return editor.build();
    }

    /** The operators of its nodes, in graph order: by these a faster form of the same is recognised. */
    public List<String> operators() {
        return graph.graph().nodes().stream().map(Node::opType).toList();
    }
}
