package graft.network;

import graft.onnx.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads layers as stem, stages of blocks and head: by the paths that the framework gave its modules, or, where the
 * exporter numbered everything, by the shape of the graph.
 */
final class BlockFinder {
    /** Names tell the structure if they put at least this share of the layers into groups. */
    private static final double TELLING = 0.5;

    private final Graph graph;
    private final Levels levels;
    private final BlockKinds kinds;
    private final Map<Layer, Integer> order = new IdentityHashMap<>();

    private BlockFinder(Graph graph, List<Layer> layers) {
        this.graph = graph;
        this.levels = new Levels(graph);
        this.kinds = new BlockKinds(graph);
        layers.forEach(layer -> order.put(layer, order.size()));
    }

    static List<Block> find(Graph graph, List<Layer> layers) {
        if (layers.isEmpty()) {
            return List.of();
        }
        BlockFinder finder = new BlockFinder(graph, layers);
        List<Group> named = ModulePaths.groups(layers);
        long grouped = named.stream()
                .filter(group -> group.layers().size() > 1)
                .mapToLong(group -> group.layers().size())
                .sum();
        boolean flat = named.stream()
                .anyMatch(
                        group -> group.parts().isEmpty() && group.layers().size() > ModulePaths.WHOLE * layers.size());
        boolean telling = !flat && grouped >= TELLING * layers.size();
        return finder.blocks(telling ? named : new Segments(graph, finder.levels).groups(layers));
    }

    private List<Block> blocks(List<Group> groups) {
        List<Group> sorted = new ArrayList<>(groups);
        sorted.sort(Comparator.comparing(group -> order.get(group.layers().get(0))));
        int first = 0;
        while (first < sorted.size() && sorted.get(first).isLoose()) {
            first++;
        }
        int last = sorted.size();
        boolean allLoose = first == sorted.size();
        first = allLoose ? 0 : first;
        while (last > first && sorted.get(last - 1).isLoose() && (!allLoose || isLinear(sorted.get(last - 1)))) {
            last--;
        }
        List<Block> out = new ArrayList<>();
        List<Layer> stem = layers(sorted.subList(0, first));
        if (!stem.isEmpty()) {
            boolean embeds = stem.stream().anyMatch(layer -> layer.kind().equals("embedding"));
            out.add(new Block(embeds ? "embeddings" : "stem", embeds ? "embeddings" : "stem", stem, List.of()));
        }
        List<Group> body = sorted.subList(first, last);
        boolean staged = body.stream().anyMatch(group -> !group.parts().isEmpty());
        out.addAll(staged ? body.stream().map(this::block).toList() : stages(body));
        List<Layer> head = layers(sorted.subList(last, sorted.size()));
        if (!head.isEmpty()) {
            out.add(new Block("head", "head", head, List.of()));
        }
        out.replaceAll(this::stemOr);
        return unique(out);
    }

    /** Structure numbers stages as it finds them; two modules may have the same path. */
    private static List<Block> unique(List<Block> blocks) {
        Map<String, Integer> taken = new HashMap<>();
        return blocks.stream()
                .map(block -> {
                    int count = taken.merge(block.name(), 1, Integer::sum);
                    return count == 1
                            ? block
                            : new Block(block.name() + "#" + count, block.kind(), block.layers(), block.children());
                })
                .toList();
    }

    private Block block(Group group) {
        List<Block> children = group.parts().stream().map(this::block).toList();
        String kind = !children.isEmpty() ? "stage" : kinds.of(group);
        return new Block(group.name(), kind, ordered(group.layers()), children);
    }

    /** What comes first and is small is the stem, whatever is in it. */
    private Block stemOr(Block block) {
        boolean first = order.get(block.layers().get(0)) == 0 && block.layers().size() < order.size() / 4;
        boolean plain = block.children().isEmpty() && block.kind().matches("block|residual block|convolution|linear");
        return first && plain ? new Block(block.name(), "stem", block.layers(), List.of()) : block;
    }

    /** Consecutive blocks of one kind at one resolution are a stage, if the network has several resolutions. */
    private List<Block> stages(List<Group> groups) {
        List<List<Group>> runs = new ArrayList<>();
        for (Group group : groups) {
            List<Group> run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (run != null && place(run.get(0)).equals(place(group)) && kindred(run, group)) {
                run.add(group);
            } else {
                runs.add(new ArrayList<>(List.of(group)));
            }
        }
        boolean severalLevels = groups.stream().mapToInt(this::level).distinct().count() > 1;
        boolean severalWidths = groups.stream()
                        .map(this::width)
                        .filter(w -> !w.isEmpty())
                        .distinct()
                        .count()
                > 1;
        boolean worthIt = (severalLevels || severalWidths) && runs.stream().anyMatch(run -> run.size() > 1);
        List<Block> out = new ArrayList<>();
        int number = 1;
        for (int i = 0; i < runs.size(); i++) {
            List<Group> run = runs.get(i);
            boolean plain = run.stream().allMatch(Group::isLoose);
            if (!worthIt || run.size() == 1 && !run.get(0).isNumbered()) {
                run.forEach(group -> out.add(block(group)));
            } else if (isTransition(runs, i)) {
                out.add(new Block("transition", "transition", ordered(layers(run)), List.of()));
            } else {
                List<Block> children = plain || run.size() == 1
                        ? List.of()
                        : run.stream().map(this::block).toList();
                out.add(new Block("stage " + number++, "stage", ordered(layers(run)), children));
            }
        }
        return out;
    }

    /** A layer or two between stages of blocks: a pooling DenseNet's, or what merges the patches of a Swin transformer. */
    private static boolean isTransition(List<List<Group>> runs, int at) {
        return at > 0
                && at + 1 < runs.size()
                && runs.get(at).size() <= 2
                && runs.get(at).stream().allMatch(Group::isLoose)
                && !runs.get(at - 1).get(0).isLoose()
                && !runs.get(at + 1).get(0).isLoose();
    }

    private boolean kindred(List<Group> run, Group group) {
        Group before = run.get(run.size() - 1);
        return before.isLoose() == group.isLoose() && !isPlace(before) && !isPlace(group);
    }

    /** Already a stage of its own, or one of the ends. */
    private boolean isPlace(Group group) {
        return group.name().contains("stage") || kinds.of(group).matches("stem|head|embeddings|neck|backbone");
    }

    private static boolean isLinear(Group group) {
        return group.layers().get(0).kind().equals("linear");
    }

    private String place(Group group) {
        return level(group) + " " + width(group);
    }

    /**
     * Of a layer of a transformer, what its first weights look like: where it merges patches, strides do not tell. Empty for
     * anything else; convolutions of one stage often differ in width.
     */
    private String width(Group group) {
        if (group.isLoose()
                || group.layers().stream().noneMatch(layer -> layer.kind().equals("attention"))) {
            return "";
        }
        return group.layers().get(0).weights().stream()
                .map(name -> Arrays.toString(graph.initializers().get(name).shape()))
                .collect(Collectors.joining());
    }

    private int level(Group group) {
        List<Layer> layers = group.layers();
        return levels.of(layers.get(layers.size() - 1).output());
    }

    private List<Layer> layers(List<Group> groups) {
        List<Layer> out = new ArrayList<>();
        groups.forEach(group -> out.addAll(group.layers()));
        return ordered(out);
    }

    private List<Layer> ordered(List<Layer> layers) {
        List<Layer> out = new ArrayList<>(layers);
        out.sort(Comparator.comparing(order::get));
        return List.copyOf(out);
    }
}
