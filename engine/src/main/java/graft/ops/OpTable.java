package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Which operators the executor knows, and from which version of their operator set on. */
public final class OpTable {
    /** All operators. */
    public static final OpTable ALL = new OpTable();

    static {
        ActivationOps.addTo(ALL);
        ArithmeticOps.addTo(ALL);
        AttentionOps.addTo(ALL);
        ComparisonOps.addTo(ALL);
        ControlFlowOps.addTo(ALL);
        ConvolutionOps.addTo(ALL);
        DetectionOps.addTo(ALL);
        GradientOps.addTo(ALL);
        IndexOps.addTo(ALL);
        LinearOps.addTo(ALL);
        LossOps.addTo(ALL);
        NormalizationOps.addTo(ALL);
        PadOps.addTo(ALL);
        PoolingOps.addTo(ALL);
        RecurrentOps.addTo(ALL);
        ReductionOps.addTo(ALL);
        ResizeOps.addTo(ALL);
        ShapeOps.addTo(ALL);
        ValueOps.addTo(ALL);
    }

    private final Map<String, TreeMap<Long, Op>> byName = new HashMap<>();
    private final Set<String> stepwise = new HashSet<>();
    private final Map<String, Set<Integer>> inputsWithout = new HashMap<>();
    private final Map<String, Set<Integer>> outputsWithout = new HashMap<>();
    private final Map<String, String> notes = new HashMap<>();

    /** An operator with one output that behaves as {@code op} from version {@code since} of its operator set on. */
    void add(String opType, int since, Function<Call, NDArray> op) {
        addAll(opType, since, in -> new NDList(op.apply(in)));
    }

    /** An operator with any number of outputs. */
    void addAll(String opType, int since, Op op) {
        if (byName.computeIfAbsent(opType, n -> new TreeMap<>()).put((long) since, op) != null) {
            throw new IllegalStateException(opType + " since version " + since + " is in the table twice");
        }
    }

    /** Operators whose results do not change smoothly with their inputs: shapes, places, comparisons, steps. */
    void withoutGradient(String... opTypes) {
        for (String opType : opTypes) {
            requireKnown(opType);
            stepwise.add(opType);
        }
    }

    /** Inputs through which no gradient passes: shapes, places, lengths, conditions. All others pass one. */
    void noGradientTo(String opType, Integer... inputs) {
        put(inputsWithout, opType, inputs);
    }

    /** Outputs from which no gradient comes: places, masks. */
    void noGradientFrom(String opType, Integer... outputs) {
        put(outputsWithout, opType, outputs);
    }

    private void put(Map<String, Set<Integer>> table, String opType, Integer... places) {
        requireKnown(opType);
        if (table.put(opType, Set.of(places)) != null) {
            throw new IllegalStateException(opType + " says twice where no gradient passes");
        }
    }

    /**
     * Whether a gradient of a node's output reaches its input, by the node alone: what an input of whole numbers makes of it
     * is another matter. Operators that the table does not know are taken to pass everything.
     */
    public boolean passesGradient(Node node, int output, int input) {
        if (!isOurs(node)) {
            return true;
        }
        String op = key(node);
        return (!op.equals("Cast") || ValueOps.castsToReals(node))
                && !stepwise.contains(op)
                && !inputsWithout.getOrDefault(op, Set.of()).contains(input)
                && !outputsWithout.getOrDefault(op, Set.of()).contains(output);
    }

    /** What a user should know of an operator beyond the specification. */
    void note(String opType, String text) {
        requireKnown(opType);
        if (notes.put(opType, text) != null) {
            throw new IllegalStateException(opType + " has two notes");
        }
    }

    private void requireKnown(String opType) {
        if (!byName.containsKey(opType)) {
            throw new IllegalStateException(opType + " is not in the table");
        }
    }

    /** The form of {@code node}'s operator that holds at version {@code opset}; empty where it is unknown. */
    Optional<Op> find(Node node, long opset) {
        TreeMap<Long, Op> versions = byName.get(key(node));
        return versions == null
                ? Optional.empty()
                : Optional.ofNullable(versions.floorEntry(opset)).map(Map.Entry::getValue);
    }

    /** Operators of the default domain stand in the table by their name, others with their domain before it. */
    private static String key(Node node) {
        return node.domain().isEmpty() ? node.opType() : node.domain() + "::" + node.opType();
    }

    private static boolean isOurs(Node node) {
        return node.domain().isEmpty() || node.domain().equals(GradientOps.DOMAIN);
    }

    /** Operators of a model that the executor cannot compute, in sub-graphs too. */
    public List<MissingOperator> missing(Model model) {
        List<MissingOperator> out = new ArrayList<>();
        Model inlined = model.inlined();
        collectMissing(inlined.graph(), inlined, out);
        return out;
    }

    /** Whether the executor can compute {@code node}, its sub-graphs included. */
    public boolean knows(Node node, Model model) {
        List<MissingOperator> missing = new ArrayList<>();
        collectMissing(node, model, missing);
        return missing.isEmpty();
    }

    private void collectMissing(Graph graph, Model model, List<MissingOperator> out) {
        graph.nodes().forEach(node -> collectMissing(node, model, out));
    }

    private void collectMissing(Node node, Model model, List<MissingOperator> out) {
        long opset = model.opset(node.domain());
        if (find(node, opset).isEmpty()) {
            String called = node.name().isEmpty() ? node.output(0) : node.name();
            out.add(new MissingOperator(node.opType(), node.domain(), opset, called));
        }
        node.graphs().values().forEach(graph -> collectMissing(graph, model, out));
    }

    /**
     * An operator as the table has it.
     *
     * @param versions of the operator set at which its behaviour changed; from the first one on it is known
     * @param gradient whether gradients pass it
     */
    record Entry(String opType, List<Long> versions, boolean gradient, String note) {}

    /** The whole table by name. */
    List<Entry> entries() {
        return byName.keySet().stream()
                .sorted()
                .map(name -> new Entry(
                        name,
                        List.copyOf(byName.get(name).keySet()),
                        !stepwise.contains(name),
                        notes.getOrDefault(name, "")))
                .toList();
    }
}
