package graft.ops;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who makes each value of a program, and who reads it. */
final class DefUse {
    private final Map<Integer, Step> producers = new HashMap<>();
    private final Map<Integer, List<Step>> readers = new HashMap<>();

    /**
     * @param kept places that are read after the last step
     */
    DefUse(List<Step> steps, Set<Integer> kept) {
        for (Step step : steps) {
            for (int slot : step.inputs()) {
                readers.computeIfAbsent(slot, s -> new ArrayList<>()).add(step);
            }
            // Twice: what a sub-graph reads is never read by one step alone.
            step.outer().values().forEach(slot -> readers.computeIfAbsent(slot, s -> new ArrayList<>())
                    .addAll(List.of(step, step)));
            for (int slot : step.outputs()) {
                producers.put(slot, step);
            }
        }
        kept.forEach(readers::remove);
    }

    /** The step that makes a value; empty for what is fed, and for constants. */
    Optional<Step> producer(int slot) {
        return Optional.ofNullable(producers.get(slot));
    }

    /** The steps that read a value, once for each time; empty also where it is read after the last step. */
    List<Step> readers(int slot) {
        return readers.getOrDefault(slot, List.of());
    }

    /** The step that alone reads a value, once. */
    Optional<Step> onlyReader(int slot) {
        List<Step> by = readers(slot);
        return by.size() == 1 ? Optional.of(by.get(0)) : Optional.empty();
    }

    /** The step of this operator that alone reads a result, once. */
    Optional<Step> onlyReader(Step of, String opType) {
        return onlyReader(of.output()).filter(step -> step.is(opType));
    }

    /** The step that makes a value, if {@code reader} alone reads it. */
    Optional<Step> inner(int slot, Step reader) {
        return producer(slot)
                .filter(step -> onlyReader(slot).filter(by -> by == reader).isPresent());
    }
}
