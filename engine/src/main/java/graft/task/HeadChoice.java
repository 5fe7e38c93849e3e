package graft.task;

import graft.network.Head;
import graft.options.Option;
import graft.options.Settings;
import graft.run.PlanOptions;
import java.util.Set;

/**
 * What the user chooses of a head.
 *
 * @param fixed inputs of the network that were given a value for all examples
 */
public record HeadChoice(Settings settings, Set<String> fixed) {
    public <T> T get(Option<T> option) {
        return settings.get(option);
    }

    /** How its numbers begin. */
    public Head.Init init() {
        return get(PlanOptions.HEAD_INIT);
    }

    /** Of its first numbers. */
    public long seed() {
        return get(PlanOptions.SEED);
    }
}
