package graft.channels;

import graft.inference.ExampleInputs;
import graft.inference.ShapeProbe;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Channels of a network by what they are coupled with: a channel of a layer whose output is added to another's can only go together
 * with that one's, with their places in norms, in depthwise convolutions between, and in all that reads them (Fang et al.,
 * "DepGraph", 2023).
 */
public final class ChannelGroups {
    /** @param weight the name of a tensor of the network; {@code axis} of it that a channel has a place on, or several */
    public record Place(String weight, int axis) {}

    /** A channel with all that is coupled with it: the places of each weight that go with it. */
    public record Channel(int unit, Map<Place, List<Integer>> places) {}

    /**
     * Channels alike: each has its places on the same weights. Any number of them can go, but not all.
     *
     * @param held why none may go; empty where they may
     */
    public record Group(List<Channel> channels, Optional<String> held) {
        /** The first weight that they have a place on. */
        public String name() {
            return channels.get(0).places().keySet().iterator().next().weight();
        }
    }

    /** Since then initializers need not be inputs too. */
    private static final long FREE_INITIALIZERS = 4;

    private final Model model;
    private final Labels labels;
    private final List<Group> groups;

    private ChannelGroups(Model model, Labels labels) {
        this.model = model;
        this.labels = labels;
        this.groups = groups(model, labels);
    }

    /**
     * The groups of a network that Graft opened.
     *
     * @param trusting whether sizes that the graph itself computes are taken to follow its tensors; where the network without some
     *     channels does not run, they do not
     */
    public static ChannelGroups of(Model opened, boolean trusting) {
        Model model = named(opened);
        List<String> inner = model.graph().nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .filter(name -> !name.isEmpty())
                .toList();
        Map<String, long[]> shapes = new HashMap<>(ShapeProbe.shapes(model, inner));
        ExampleInputs.random(model.graph(), 1, 1).forEach((name, values) -> shapes.put(name, values.shape()));
        return new ChannelGroups(model, ChannelFlow.of(model, shapes, trusting));
    }

    /**
     * With the constants of nodes among the initializers, where sizes and factors are looked for. Exporters keep a vector once
     * that several layers happen to begin with; each then has its own.
     */
    private static Model named(Model model) {
        GraphEditor editor = model.graph().edit().fixInitializers();
        Set<String> outputs = new LinkedHashSet<>(model.graph().outputNames());
        for (Node node : List.copyOf(editor.nodes())) {
            Tensor shared = editor.initializers().get(node.input(0));
            if (outputs.contains(node.output(0)) || !node.domain().isEmpty()) {
                continue;
            }
            if (node.opType().equals("Constant") && node.tensor("value").isPresent()) {
                editor.put(node.tensor("value").orElseThrow().named(node.output(0)));
                editor.nodes().remove(node);
            } else if (node.opType().equals("Identity") && shared != null && shared.shape().length < 2) {
                editor.put(shared.named(node.output(0)));
                editor.nodes().remove(node);
            } else if (node.opType().equals("Identity") && shared != null) {
                editor.nodes().remove(node);
                editor.redirect(node.output(0), node.input(0));
            }
        }
        return model.withGraph(editor.build()).withIrVersionAtLeast(FREE_INITIALIZERS);
    }

    private static List<Group> groups(Model model, Labels labels) {
        Map<Integer, Map<Place, List<Integer>>> channels = new TreeMap<>();
        model.graph().initializers().keySet().forEach(name -> {
            int[][] axes = labels.of(name);
            for (int axis = 0; axis < axes.length; axis++) {
                for (int at = 0; axes[axis] != null && at < axes[axis].length; at++) {
                    channels.computeIfAbsent(labels.units().root(axes[axis][at]), any -> new LinkedHashMap<>())
                            .computeIfAbsent(new Place(name, axis), any -> new ArrayList<>())
                            .add(at);
                }
            }
        });
        Map<List<Object>, List<Channel>> alike = new LinkedHashMap<>();
        channels.forEach((unit, places) -> {
            Optional<String> held = labels.units().held(unit);
            alike.computeIfAbsent(List.of(places.keySet(), held), any -> new ArrayList<>())
                    .add(new Channel(unit, places));
        });
        return alike.entrySet().stream()
                .map(entry -> new Group(
                        List.copyOf(entry.getValue()),
                        labels.units().held(entry.getValue().get(0).unit())))
                .toList();
    }

    /** The network as it was analysed: weights have its names. */
    Model model() {
        return model;
    }

    public List<Group> groups() {
        return groups;
    }

    /** The network without some channels. Its other numbers are as they were. */
    public Model without(Collection<Channel> gone) {
        Set<Integer> units = new TreeSet<>();
        gone.forEach(channel -> units.add(channel.unit()));
        return new Thinning(model, labels, units).model();
    }

    /** Why layers stay as they are: what holds them, with the weights it holds; what comes out of the network is left out. */
    public Map<String, Set<String>> held() {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        groups.forEach(group -> group.held()
                .filter(why -> !why.equals(Labels.OUTPUT) && !why.equals(Labels.OF_NO_CHANNELS))
                .ifPresent(why -> group.channels().get(0).places().keySet().forEach(place -> out.computeIfAbsent(
                                why, any -> new LinkedHashSet<>())
                        .add(place.weight()))));
        return out;
    }
}
