package graft.run;

import graft.options.Option;
import graft.options.Settings;
import java.util.List;

/** Options that were given and make no difference, since they count only with others. */
public final class IdleOptions {
    private IdleOptions() {}

    /**
     * Sentences for the user, one for each.
     *
     * @param asked of the run, before a recipe made stages of it
     */
    public static List<String> of(Settings asked) {
        return PlanOptions.ALL.stream()
                .filter(option -> isIdle(asked, option))
                .map(option -> option.name() + " is left aside: it counts "
                        + option.applies().words() + ".")
                .toList();
    }

    private static <T> boolean isIdle(Settings asked, Option<T> option) {
        return asked.given(option)
                        .filter(value -> !value.equals(option.usual()))
                        .isPresent()
                && !option.applies().when().test(asked);
    }
}
