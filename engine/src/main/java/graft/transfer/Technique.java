package graft.transfer;

import graft.options.Option;
import graft.options.Settings;
import graft.problem.Problem;
import java.util.List;

/**
 * A way to learn otherwise: what a problem becomes by it. Found in {@link TechniqueTable}.
 *
 * @param name as the field calls it
 * @param when one sentence: what it does, and when to use it
 * @param options that switch it on and shape it; without a value of theirs the problem stays as it is
 */
public record Technique(String name, String when, List<Option<?>> options, Change change) {

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

    public Problem apply(Problem plain, Settings settings) {
        return change.apply(plain, settings);
    }
}
