package graft.train;

import graft.Refusal;
import graft.network.Adapters;
import graft.network.Bottlenecks;
import graft.network.LowRank;
import graft.network.Network;
import graft.onnx.Tensor;
import graft.progress.Progress;
import graft.run.AdapterFile;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult.Inserted;
import graft.run.ParameterEfficientOptions;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What learns beside or behind weights that stay.
 *
 * @param thin matrices that are merged into weights in the end
 * @param inserted what stays in the network
 */
record SmallParts(Optional<Adapters> thin, Optional<Bottlenecks> inserted) {
    /**
     * @param headed the network with its head, as the run found it
     * @throws Refusal where the plan asks for what the network has no place for
     */
    static SmallParts of(Network headed, FineTuningPlan plan, Progress progress) {
        LowRank rank = plan.get(ParameterEfficientOptions.LORA);
        int size = plan.get(ParameterEfficientOptions.ADAPTER);
        if (!rank.isNone() && size > 0) {
            throw new Refusal("--lora and --adapter are two answers to one question: leave one of them out.");
        }
        long seed = plan.get(PlanOptions.SEED);
        Optional<Adapters> thin = rank.isNone()
                ? Optional.empty()
                : Optional.of(Adapters.of(headed, rank, plan.get(ParameterEfficientOptions.LORA_TARGET), seed));
        Optional<Bottlenecks> inserted = size == 0
                ? Optional.empty()
                : Optional.of(Bottlenecks.of(headed, size, plan.get(ParameterEfficientOptions.ADAPTER_TARGET), seed));
        thin.map(Adapters::words).ifPresent(progress::note);
        inserted.map(Bottlenecks::words).ifPresent(progress::note);
        return new SmallParts(thin, inserted);
    }

    /** The network with it; it learns. */
    Network on(Network selected) {
        return thin.map(it -> it.on(selected))
                .or(() -> inserted.map(it -> it.on(selected)))
                .orElse(selected);
    }

    /**
     * Keeps what was inserted, and the head, beside the file of the run.
     *
     * @param learnt values of what learnt
     */
    Optional<Inserted> kept(FineTuningPlan plan, Path written, Map<String, Tensor> learnt) {
        return inserted.map(it -> {
            Path file = written.resolveSibling(AdapterFile.NAME);
            AdapterFile.of(plan, written, List.of(), learnt).write(file);
            return new Inserted(
                    plan.get(ParameterEfficientOptions.ADAPTER),
                    it.layers(),
                    it.learning().stream()
                            .mapToLong(name -> learnt.get(name).size())
                            .sum(),
                    file);
        });
    }
}
