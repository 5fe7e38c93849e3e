package graft.episodes;

import graft.data.Targets;
import graft.onnx.Values;
import java.util.Map;

/** What is asked in a step that is one episode: by the place of each example in it, not by what the example is. */
public record EpisodeTargets(Kinds kinds) implements Targets {
    /** How much each example counts for the mean of each kind: {@code [kinds, N]}, FLOAT. */
    public static final String SUPPORT = "support";

    /** 1 where a question is of a kind: {@code [N, kinds]}, FLOAT; rows of examples that kinds are known by are zero. */
    public static final String TARGET = "target";

    @Override
    public Map<String, Values> of(int[] examples, int real) {
        EpisodePlan plan = kinds.plan();
        int each = plan.shot() + plan.query();
        float[] support = new float[plan.way() * examples.length];
        float[] target = new float[examples.length * plan.way()];
        for (int i = 0; i < real; i++) {
            int kind = i / each;
            if (i % each < plan.shot()) {
                support[kind * examples.length + i] = 1f / plan.shot();
            } else {
                target[i * plan.way() + kind] = 1;
            }
        }
        return Map.of(
                SUPPORT, Values.ofFloats(new long[] {plan.way(), examples.length}, support),
                TARGET, Values.ofFloats(new long[] {examples.length, plan.way()}, target));
    }

    /** The questions. */
    @Override
    public double weight(int[] examples) {
        return (double) kinds.plan().way() * kinds.plan().query();
    }
}
