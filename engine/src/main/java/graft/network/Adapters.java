package graft.network;

import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Thin matrices that learn beside weights that stay (LoRA, Hu et al. 2021): {@code x·W} becomes {@code x·W + α/r · (x·A)·B}, with A
 * {@code [in, r]} drawn as peft draws it and B {@code [r, out]} of zeros. Where learning ends, {@link #merged} adds their product to
 * the weight, and the network has the form it came with.
 */
public final class Adapters {
    private static final int NAMED = 4;

    private final LowRank rank;
    private final List<AdaptedWeight> weights;
    private final Model model;

    private Adapters(LowRank rank, List<AdaptedWeight> weights, Model model) {
        this.rank = rank;
        this.weights = weights;
        this.model = model;
    }

    /**
     * @param headed the network with its head
     * @param globs names of layers, separated by commas; blank: the linear layers that attention reads, else all linear ones of
     *     the body, else all convolutions
     * @param seed of the first numbers
     * @throws graft.Refusal where a layer has no such weight
     */
    public static Adapters of(Network headed, LowRank rank, String globs, long seed) {
        List<AdaptedWeight> weights = new AdapterTargets(headed).named(globs);
        GraphEditor editor = headed.model().graph().edit();
        Map<String, List<Node>> readers = headed.model().graph().readers();
        List<AdaptedWeight> named = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (AdaptedWeight weight : weights) {
            AdaptedWeight its = weight.freshlyNamed(editor);
            its.first(rank.rank(), random.split()).forEach(editor::put);
            its.nodes().forEach(node -> its.putBeside(node, headed, readers, rank.scale(), editor));
            named.add(its);
        }
        return new Adapters(rank, List.copyOf(named), headed.model().withGraph(editor.build()));
    }

    /**
     * With the thin matrices, which learn.
     *
     * @param selected the network that these were made for, with whatever else is to learn
     * @throws graft.Refusal where a weight is to learn itself
     */
    public Network on(Network selected) {
        weights.forEach(weight -> weight.refuseIfIn(selected.trainable()));
        return selected.withAdapters(model, weights(), learning());
    }

    /** Names of the weights beside which they stand. */
    public Set<String> weights() {
        return weights.stream().map(AdaptedWeight::weight).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Names of the thin matrices. */
    public Set<String> learning() {
        Set<String> out = new LinkedHashSet<>();
        weights.forEach(weight -> out.addAll(List.of(weight.a(), weight.b())));
        return out;
    }

    public LowRank rank() {
        return rank;
    }

    /** Names of the layers, each once. */
    public List<String> layers() {
        return weights.stream()
                .map(AdaptedWeight::layers)
                .flatMap(Collection::stream)
                .toList();
    }

    /**
     * The weights with what was learnt beside them added, and whatever else learnt.
     *
     * @param found the network's own tensors
     * @param learnt values of what learnt, the thin matrices among them
     */
    public Map<String, Tensor> merged(Map<String, Tensor> found, Map<String, Tensor> learnt) {
        Map<String, Tensor> out = new LinkedHashMap<>(learnt);
        out.keySet().removeAll(learning());
        products()
                .forEach(product -> out.put(
                        product.weight(),
                        product.merged(found.get(product.weight()), learnt.get(product.a()), learnt.get(product.b()))));
        return out;
    }

    /** What is added to which weight. */
    public List<ThinProduct> products() {
        return weights.stream().map(weight -> weight.product(rank.scale())).toList();
    }

    /** For the user: where they stand. */
    public String words() {
        return "Thin matrices of rank " + rank.rank() + " learn beside " + listed(layers());
    }

    /** "2 layers: a, b." */
    static String listed(List<String> layers) {
        int shown = Math.min(NAMED, layers.size());
        return layers.size()
                + (layers.size() == 1 ? " layer: " : " layers: ")
                + String.join(", ", layers.subList(0, shown))
                + (shown < layers.size() ? ", …" : ".");
    }

    /** The network that computes with the thin matrices, not merged. */
    public Model unmerged(Map<String, Tensor> learnt) {
        GraphEditor editor = model.graph().edit();
        learnt.forEach(
                (name, tensor) -> editor.put(editor.initializers().get(name).withElementsOf(tensor)));
        return model.withGraph(editor.build());
    }
}
