package graft.app.network;

import graft.network.Block;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a block is made of, in a few words. */
final class BlockWords {
    private BlockWords() {}

    /** "3 × bottleneck" of a stage, "bottleneck" of a block. */
    static String contents(Block block) {
        if (block.children().isEmpty()) {
            return block.kind().equals("block") || block.kind().equals(block.name())
                    ? Texts.of("network.graph.block", block.layers().size())
                    : block.kind();
        }
        Map<String, Integer> kinds = new LinkedHashMap<>();
        block.children().forEach(child -> kinds.merge(child.kind(), 1, Integer::sum));
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() == 1 ? kind.getKey() : kind.getValue() + " × " + kind.getKey())
                .collect(Collectors.joining(", "));
    }
}
