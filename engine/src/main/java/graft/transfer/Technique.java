package graft.transfer;

import graft.network.Network;
import graft.options.Option;
import graft.options.Settings;
import graft.problem.Problem;
import java.util.List;
import java.util.Set;

/**
 * A way to learn otherwise: what a problem becomes by it. Found in {@link TechniqueTable}.
 *
 * @param name as the field calls it
 * @param when one sentence: what it does, and when to use it
 * @param options that switch it on and shape it; without a value of theirs the problem stays as it is
 * @param taps tensors of the network that its objective takes beside the outputs
 */
public record Technique(String name, String when, List<Option<?>> options, Change change, Taps taps) {

    /** Turns a problem into another. */
    @FunctionalInterface
    public interface Change {
        /**
         * @param plain the problem without the technique
         * @param settings of the stage
         * @return {@code plain} itself where the settings do not ask for the technique
         */
        Problem apply(Problem plain, Settings settings);
    }

    /** One that needs no tensors of a network beside its outputs. */
    public Technique(String name, String when, List<Option<?>> options, Change change) {
        this(name, when, options, change, (network, settings) -> Set.of());
    }

    /** Says which inner tensors of a network a technique needs. */
    @FunctionalInterface
    public interface Taps {
        /**
         * @param network with its head, and with what learns in the stage
         * @param settings of the stage
         */
        Set<String> of(Network network, Settings settings);
    }

    public Problem apply(Problem plain, Settings settings) {
        return change.apply(plain, settings);
    }
}
