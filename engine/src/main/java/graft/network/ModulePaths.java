package graft.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups layers by the paths of their modules: {@code layer1.0.conv2}, {@code conv2_block1_1_conv}, {@code fire2/expand1x1}. */
final class ModulePaths {
    /** A module with more than this share of all layers is the box around the network, not a part of it. */
    static final double WHOLE = 0.6;

    private final int total;
    private final Map<Layer, List<String>> paths = new java.util.IdentityHashMap<>();
    private final String separator;

    private ModulePaths(List<Layer> layers) {
        this.total = layers.size();
        long deep = layers.stream().filter(l -> l.name().matches(".*[./].*")).count();
        this.separator = deep * 2 > layers.size() ? "[./]" : "[./_]";
        // What the exporter wrote between the modules' own nodes has no path: it belongs where the layer before it
        // does.
        List<String> before = List.of();
        for (Layer layer : layers) {
            List<String> path = List.of(layer.name().split(separator));
            if (!layer.isCounted() && path.size() < 2 && before.size() > 2) {
                path = new ArrayList<>(before.subList(0, before.size() - 1));
                path.add(layer.name());
            }
            paths.put(layer, List.copyOf(path));
            before = path;
        }
    }

    static List<Group> groups(List<Layer> layers) {
        ModulePaths modules = new ModulePaths(layers);
        List<Group> out = new ArrayList<>();
        modules.expand(layers, 0, out);
        return out;
    }

    private void expand(List<Layer> layers, int from, List<Group> out) {
        int depth = common(layers, from);
        for (List<Layer> group : byToken(layers, depth).values()) {
            if (group.size() > WHOLE * total && splits(group, depth + 1)) {
                expand(group, depth + 1, out);
            } else {
                out.add(group(group, depth + 1));
            }
        }
    }

    /** The first depth at which the paths part. */
    private int common(List<Layer> layers, int from) {
        int depth = from;
        while (byToken(layers, depth).size() == 1
                && layers.stream().allMatch(layer -> paths.get(layer).size() > 1 + from)
                && depth < 12) {
            depth++;
        }
        return depth;
    }

    private boolean splits(List<Layer> layers, int depth) {
        return byToken(layers, common(layers, depth)).values().stream().anyMatch(group -> group.size() > 1);
    }

    private Map<String, List<Layer>> byToken(List<Layer> layers, int depth) {
        Map<String, List<Layer>> out = new LinkedHashMap<>();
        for (Layer layer : layers) {
            List<String> path = paths.get(layer);
            out.computeIfAbsent(depth < path.size() ? path.get(depth) : "", t -> new ArrayList<>())
                    .add(layer);
        }
        return out;
    }

    /** A stage if its numbered parts are blocks of several layers. */
    private Group group(List<Layer> layers, int depth) {
        String name = name(layers.get(0), depth);
        if (layers.size() == 1) {
            return new Group(layers.get(0).name(), layers, List.of());
        }
        int inner = common(layers, depth);
        List<Group> parts = new ArrayList<>();
        boolean numbered = true;
        for (Map.Entry<String, List<Layer>> part : byToken(layers, inner).entrySet()) {
            if (part.getKey().matches("blocks?|layers?")) {
                byToken(part.getValue(), inner + 1).values().stream()
                        .filter(block -> block.size() > 1)
                        .forEach(block -> parts.add(new Group(name(block.get(0), inner + 2), block, List.of())));
            } else if (part.getValue().size() > 1) {
                numbered &= part.getKey().matches("\\d+|.*(block|layer|unit).*\\d+|downsample");
                parts.add(new Group(name(part.getValue().get(0), inner + 1), part.getValue(), List.of()));
            }
        }
        int covered = parts.stream().mapToInt(part -> part.layers().size()).sum();
        boolean stage = numbered && parts.size() > 1 && covered * 2 > layers.size();
        return new Group(name, layers, stage ? parts : List.of());
    }

    private String name(Layer layer, int depth) {
        List<String> path = paths.get(layer);
        if (!layer.name().startsWith(path.get(0))) {
            return String.join(".", path.subList(0, Math.min(depth, path.size())));
        }
        String joined = String.join("\0", path.subList(0, Math.min(depth, path.size())));
        return layer.name().substring(0, Math.min(joined.length(), layer.name().length()));
    }
}
