package graft.network;

import graft.Refusal;
import graft.meaning.Answer;
import graft.onnx.Bodies;
import graft.onnx.FlatGraph;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.ops.MissingOperator;
import graft.ops.OpTable;
import graft.ops.Weights;
import graft.rewrite.FreeBatch;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pre-trained network with its layers and the choice of what learns. Immutable: every change gives a new one, so the
 * old ones are the history.
 */
public final class Network {
    private final Model model;
    private final ImportReport report;
    private final Weights weights;
    private final List<Layer> shown;
    private final List<Layer> layers;
    private final Optional<Head> head;
    private final Set<String> trainable;
    private final Map<String, List<Bodies.Place>> homes;
    /** Weights that stay, beside which thin ones learn. */
    private final Set<String> adapted;

    /**
     * @param homes of constants that the file keeps in bodies of control-flow nodes, and the graph outside of them
     */
    Network(Model model, ImportReport report, Map<String, List<Bodies.Place>> homes) {
        this(model, report, Optional.empty(), Set.of(), homes, Set.of());
    }

    private Network(
            Model model,
            ImportReport report,
            Optional<Head> head,
            Set<String> trainable,
            Map<String, List<Bodies.Place>> homes,
            Set<String> adapted) {
        this(model, report, head, trainable, homes, adapted, new Weights(model.graph()));
    }

    private Network(
            Model model,
            ImportReport report,
            Optional<Head> head,
            Set<String> trainable,
            Map<String, List<Bodies.Place>> homes,
            Set<String> adapted,
            Weights weights) {
        this(model, report, head, trainable, homes, adapted, weights, LayerFinder.find(weights));
    }

    private Network(
            Model model,
            ImportReport report,
            Optional<Head> head,
            Set<String> trainable,
            Map<String, List<Bodies.Place>> homes,
            Set<String> adapted,
            Weights weights,
            List<Layer> shown) {
        this.model = model;
        this.homes = homes;
        this.adapted = adapted;
        this.report = report;
        this.weights = weights;
        this.shown = shown;
        this.layers = shown.stream().filter(Layer::isCounted).toList();
        this.head = head;
        this.trainable = Collections.unmodifiableSet(new LinkedHashSet<>(trainable));
    }

    public Model model() {
        return model;
    }

    /** Where constants stood that were brought out of the bodies of If, Loop and Scan. */
    public Map<String, List<Bodies.Place>> homes() {
        return homes;
    }

    /** What was understood when the file was opened. */
    public ImportReport report() {
        return report;
    }

    /** The output of the file that counts. */
    public Answer answer() {
        return report.answer();
    }

    /** The same network, of which exactly {@code batch} examples go through at once. */
    public Network withFixedBatch(long batch) {
        return new Network(model, report.withFixedBatch(batch), head, trainable, homes, adapted, weights, shown);
    }

    /** The same network where a batch of one that its Reshapes name follows the input instead; nothing is proved. */
    public Network withFreeReshapes() {
        return withModel(FreeBatch.freedOfOne(model));
    }

    /** All layers with weights in graph order; the new head, where there is one, is the last. */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * {@link #layers} and, where they stand, layers without weights that a person would miss: attention, and activations
     * that follow no layer. Counting ({@code last:N}) goes by {@link #layers}.
     */
    public List<Layer> shownLayers() {
        return shown;
    }

    /** The network as a person would tell it: stem, stages of blocks, head. Found anew at each call. */
    public List<Block> blocks() {
        return BlockFinder.find(weights.graph(), shown);
    }

    /**
     * The nodes that work on what is fed and what is learnt, in graph order; the others compute sizes and constants. Found
     * anew at each call.
     */
    public List<Node> dataPath() {
        return DataPath.of(model.graph(), shown);
    }

    /** The layers below the head. */
    public List<Layer> body() {
        return head.isEmpty() ? layers : layers.subList(0, layers.size() - 1);
    }

    public Optional<Head> head() {
        return head;
    }

    /** Names of all weights. */
    public Set<String> weights() {
        return weights.weights();
    }

    /** Names of running statistics. */
    public Set<String> state() {
        return weights.state();
    }

    /** Names of the tensors that learn. */
    public Set<String> trainable() {
        return trainable;
    }

    /** Elements of the tensors that learn. */
    public long trainableParameters() {
        return count(trainable);
    }

    /** Elements of all weights. */
    public long parameters() {
        return count(weights.weights());
    }

    private long count(Set<String> names) {
        Map<String, graft.onnx.Tensor> tensors = model.graph().initializers();
        return names.stream().mapToLong(name -> tensors.get(name).size()).sum();
    }

    /** Operators that cannot be trained through; they may run in the frozen part. */
    public List<MissingOperator> missingOperators() {
        return OpTable.ALL.missing(model);
    }

    /** The same network with exactly these tensors learning. */
    public Network withTrainable(Set<String> names) {
        for (String name : names) {
            if (!weights.weights().contains(name)) {
                throw new Refusal("The network has no weight named " + name + ".");
            }
        }
        // The graph stays, so what was found in it stays: a padlock must turn at once, also in a network of 1 000
        // nodes.
        return new Network(model, report, head, names, homes, adapted, weights, shown);
    }

    /** Replaces the old classifier by a new head, which learns; what learnt in the body goes on doing so. */
    public Network withHead(Head newHead) {
        Model changed = newHead.graftOn(model);
        Set<String> learns = new LinkedHashSet<>(trainable);
        learns.retainAll(changed.graph().initializers().keySet());
        learns.addAll(newHead.learning());
        return new Network(changed, report, Optional.of(newHead), learns, homes, adapted);
    }

    /** The same network with other values in some of its tensors. */
    public Network withModel(Model changed) {
        return new Network(changed, report, head, trainable, homes, adapted);
    }

    /**
     * The same network with small parts that learn beside or behind layers of it.
     *
     * @param changed this network's model with them
     * @param beside the weights beside which thin matrices stand; none where parts stand behind layers
     * @param learning names of their tensors
     */
    Network withAdapters(Model changed, Set<String> beside, Set<String> learning) {
        Set<String> learns = new LinkedHashSet<>(trainable);
        learns.addAll(learning);
        return new Network(changed, report, head, learns, homes, beside);
    }

    /**
     * A model as a file has it: what the opened file kept in bodies of control-flow nodes stands there again.
     *
     * @param changed this network's model, perhaps with other values
     */
    public Model asFile(Model changed) {
        return Bodies.sink(head.map(end -> end.asFile(changed)).orElse(changed), homes);
    }

    /**
     * The nodes that can receive a gradient: those that depend on a tensor that learns, in graph order; products beside which
     * something learns are among them, so that one tensor crosses to both.
     */
    public List<Node> trainablePart() {
        Graph graph = model.graph();
        Set<String> reached = new HashSet<>(trainable);
        reached.addAll(adapted);
        Set<String> dropping = head.map(Head::dropping).orElse(Set.of());
        return graph.nodes().stream()
                .filter(node -> {
                    // What a head's dropout lets through is another thing at each step.
                    boolean depends = node.needs().stream().anyMatch(reached::contains)
                            || !dropping.isEmpty() && dropping.contains(node.output(0));
                    if (depends) {
                        reached.addAll(node.outputs());
                    }
                    return depends;
                })
                .toList();
    }

    boolean isConstant(String tensor) {
        return weights.isConstant(tensor);
    }

    /** First outputs of the batch norms whose scale or shift learns: these learn their statistics too. */
    public Set<String> learningBatchNorms() {
        Set<String> out = new LinkedHashSet<>();
        for (Node node : model.graph().nodes()) {
            if (node.opType().equals("BatchNormalization")
                    && weights.weightsOf(node).stream().anyMatch(trainable::contains)) {
                out.add(node.output(0));
            }
        }
        return out;
    }

    /** For the user: of those that learn, batch norms inside of If, Loop and Scan keep their statistics; empty without such. */
    public Optional<String> batchNormsThatStay() {
        Set<Node> outside = new HashSet<>(model.graph().nodes());
        long inside = FlatGraph.of(model.graph()).nodes().stream()
                .filter(node -> node.opType().equals("BatchNormalization") && !outside.contains(node))
                .filter(node -> weights.weightsOf(node).stream().anyMatch(trainable::contains))
                .count();
        return inside == 0
                ? Optional.empty()
                : Optional.of(inside + (inside == 1 ? " batch norm stands" : " batch norms stand")
                        + " inside of If, Loop or Scan and learn scale and shift, but keep the stored statistics: how often"
                        + " a body runs differs from batch to batch.");
    }

    /** Names of the running statistics of {@link #learningBatchNorms}. */
    public Set<String> learningState() {
        Set<String> norms = learningBatchNorms();
        Set<String> out = new LinkedHashSet<>();
        model.graph().nodes().stream()
                .filter(node -> norms.contains(node.output(0)))
                .forEach(node -> out.addAll(weights.stateOf(node)));
        return out;
    }
}
