package graft.episodes;

import graft.data.Targets;
import graft.onnx.Values;
import java.util.Map;

/**
 * Of which kind each example is, where kinds are told apart by examples of each, and not by an answer of their own.
 *
 * @param labels kind of each example
 * @param groups of each kind: those of one group are hard to tell apart
 * @param plan of the episodes; so many of them are judged by
 * @param within share of the episodes whose kinds are all of one group
 * @param perEpoch episodes of an epoch
 */
public record Kinds(int[] labels, int[] groups, EpisodePlan plan, double within, int perEpoch) implements Targets {
    @Override
    public Map<String, Values> of(int[] examples, int real) {
        return Map.of();
    }

    @Override
    public double weight(int[] examples) {
        return examples.length;
    }
}
