package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.ops.GradientOps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What training makes small, as a model of its own: its inputs are tensors of the network and targets, by name, and the scalars
 * {@link #SHARE} and, where it needs it, {@link #PROGRESS}; its only output is the scalar {@link #LOSS}. It is run,
 * differentiated, checked and saved like any other model, and never part of the file that is shipped.
 *
 * <p>Where steps hold more than the examples to learn from, their tensors have a prefix: {@code target/logits} is what the
 * network answers to the examples of a second stream that is called target, {@code teacher/logits} what a teacher answers to
 * the examples themselves.
 *
 * <p>A step may go through the network in several micro-batches. The loss of each is its share of the step's mean: a sum over
 * its examples, times {@code share} = 1 / what the step's mean is taken over.
 *
 * @param learning its own tensors that learn with the network: a discriminator's
 */
public record Objective(String name, Model graph, Set<String> learning) {
    /** The output: {@code []}, FLOAT. */
    public static final String LOSS = "loss";

    /** The input that turns a sum into a share of the step's mean: {@code []}, FLOAT. */
    public static final String SHARE = "share";

    /** An input: how much of the stage is done, 0…1; {@code []}, FLOAT. */
    public static final String PROGRESS = "progress";

    /** An input: 1 for each example that counts, 0 for what only fills up a batch; {@code [N]}, FLOAT. */
    public static final String COUNTS = "counts";

    /**
     * An objective whose nodes end in {@code sum}, which is multiplied by {@link #SHARE}.
     *
     * @param answers outputs of the network that it needs
     * @param targets tensors that it needs beside them
     * @param sum a scalar: summed over the examples
     */
    public static Objective of(
            String name, List<ValueInfo> answers, List<ValueInfo> targets, List<Node> nodes, String sum) {
        return of(name, answers, targets, nodes, Map.of(), Set.of(), sum);
    }

    /**
     * The same with tensors of its own.
     *
     * @param tensors that the nodes compute with
     * @param learning those of them that learn
     */
    private static Objective of(
            String name,
            List<ValueInfo> answers,
            List<ValueInfo> targets,
            List<Node> nodes,
            Map<String, Tensor> tensors,
            Set<String> learning,
            String sum) {
        Model empty = Model.create("graft", 8, 13);
        if (nodes.stream().anyMatch(node -> node.domain().equals(GradientOps.DOMAIN))) {
            empty = empty.withOpset(GradientOps.DOMAIN, 1);
        }
        List<ValueInfo> inputs = new ArrayList<>(answers);
        inputs.addAll(targets);
        inputs.add(ValueInfo.of(SHARE, ElementType.FLOAT));
        List<Node> all = new ArrayList<>(nodes);
        all.add(Node.of("Mul", "mean", List.of(sum, SHARE), List.of(LOSS)));
        var editor = empty.graph().edit().named(name).inputs(inputs);
        editor.nodes().addAll(all);
        tensors.values().forEach(editor::put);
        editor.outputs(List.of(ValueInfo.of(LOSS, ElementType.FLOAT)));
        return new Objective(name, empty.withGraph(editor.build()), Set.copyOf(learning));
    }

    /** The same, its nodes and tensors written down in {@code formula}. */
    static Objective of(String name, List<ValueInfo> tensors, Formula formula, String sum) {
        return of(name, tensors, List.of(), formula.nodes(), formula.tensors(), formula.learning(), sum);
    }

    /** So many times this one. */
    public Objective times(double weight) {
        Graph one = apart(graph.graph(), "0/");
        var editor = one.edit().named(name);
        editor.put(Tensor.ofFloats("0/weight", new long[0], (float) weight));
        editor.nodes().add(Node.of("Mul", "0/weighted", List.of("0/" + LOSS, "0/weight"), List.of(LOSS)));
        editor.outputs(List.of(ValueInfo.of(LOSS, ElementType.FLOAT)));
        return new Objective(name, graph.withGraph(editor.build()), prefixed(learning, "0/"));
    }

    /** What it computes, in operators of ONNX alone: those that only change gradients pass their input on. */
    public Model asAnswered() {
        var editor = graph.graph().edit();
        List<Node> nodes = graph.graph().nodes().stream()
                .map(node -> node.domain().equals(GradientOps.DOMAIN)
                        ? Node.of("Identity", node.name(), List.of(node.input(0)), node.outputs())
                        : node)
                .toList();
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        return graph.withGraph(editor.build());
    }

    /** Names of the tensors that it takes. */
    public Set<String> takes() {
        Set<String> out = new LinkedHashSet<>();
        graph.graph().inputs().forEach(input -> out.add(input.name()));
        return out;
    }

    private static Set<String> prefixed(Set<String> names, String prefix) {
        Set<String> out = new LinkedHashSet<>();
        names.forEach(name -> out.add(prefix + name));
        return out;
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
        Set<String> both = prefixed(learning, "1/");
        both.addAll(prefixed(other.learning, "2/"));
        Model sum = graph;
        for (Map.Entry<String, Long> set : other.graph.opsets().entrySet()) {
            sum = sum.opset(set.getKey()) == 0 ? sum.withOpset(set.getKey(), set.getValue()) : sum;
        }
        return new Objective(name + " + " + other.name, sum.withGraph(editor.build()), both);
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
