package graft.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Chooses the examples to judge by: a fifth of each class, at least one where a class has two. Which ones depends on the
 * seed and each example's own name, so that adding pictures later moves few of the others to the other side.
 */
public final class Split {
    /** Where nothing else is said. */
    public static final double SHARE = 0.2;

    private Split() {}

    /** {@code ofClass}: the examples of one class. */
    public static <T> List<T> validation(Collection<T> ofClass, Function<T, String> name, long seed) {
        return validation(ofClass, name, seed, SHARE);
    }

    /** The same with another share than a fifth; one example at least is left to learn from. */
    public static <T> List<T> validation(Collection<T> ofClass, Function<T, String> name, long seed, double share) {
        int wanted = Math.max(1, (int) Math.round(ofClass.size() * share));
        int count = ofClass.size() < 2 ? 0 : Math.min(ofClass.size() - 1, wanted);
        return ofClass.stream()
                .sorted(Comparator.comparingLong((T example) -> ViewRandom.hash(seed, name.apply(example)))
                        .thenComparing(name))
                .limit(count)
                .toList();
    }
}
