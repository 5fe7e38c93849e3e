package graft.episodes;

import graft.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The examples of episodes: classes without replacement, of each some that it is known by, and others that are asked about. What is
 * in an episode follows from the seed and its number.
 *
 * @param known examples that classes may be known by, by class
 * @param asked examples that may be asked about, by class; others than those
 */
public record EpisodeDraw(List<int[]> known, List<int[]> asked, EpisodePlan plan) {

    /**
     * One episode.
     *
     * @param classes numbers of the classes
     * @param support examples by class, in this order
     * @param queries examples by class, in this order
     */
    public record Episode(int[] classes, int[][] support, int[][] queries) {}

    /**
     * Draws from examples with these labels.
     *
     * @param names of the classes
     * @param where the data are, for messages
     * @throws Refusal where there are too few
     */
    public static EpisodeDraw of(int[] known, int[] asked, List<String> names, EpisodePlan plan, Object where) {
        List<int[]> support = byClass(known, names.size());
        List<int[]> queries = byClass(asked, names.size());
        List<Integer> fit = fitting(support, queries, plan);
        if (fit.size() < plan.way()) {
            String first = IntStream.range(0, names.size())
                    .filter(c -> !fit.contains(c))
                    .mapToObj(c -> ", such as " + names.get(c) + " (" + support.get(c).length + " to know it by, "
                            + queries.get(c).length + " to ask about)")
                    .findFirst()
                    .orElse("");
            int ask = Math.max(1, plan.query());
            throw new Refusal("An episode of " + plan.way() + " classes with " + plan.shot() + " examples each and "
                    + (plan.query() == 0 ? "at least one question" : ask + (ask == 1 ? " question" : " questions"))
                    + " needs " + plan.way() + " classes that have as many; " + where + " has " + fit.size() + " of "
                    + names.size() + (first.isEmpty() ? "" : "; the others have fewer" + first)
                    + ". Ask for fewer classes (--way), fewer examples (--shot) or fewer questions (--query).");
        }
        return new EpisodeDraw(support, queries, plan);
    }

    private static List<Integer> fitting(List<int[]> support, List<int[]> queries, EpisodePlan plan) {
        return IntStream.range(0, support.size())
                .filter(c -> support.get(c).length >= plan.shot() && queries.get(c).length >= Math.max(1, plan.query()))
                .boxed()
                .toList();
    }

    private static List<int[]> byClass(int[] labels, int classes) {
        return IntStream.range(0, classes)
                .mapToObj(c -> IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == c)
                        .toArray())
                .toList();
    }

    public Episode episode(int number) {
        SplittableRandom random = random(plan.seed(), number);
        int[] fit = fitting(known, asked, plan).stream().mapToInt(c -> c).toArray();
        int[] classes = some(fit, plan.way(), random);
        int[][] support = new int[classes.length][];
        int[][] queries = new int[classes.length][];
        for (int i = 0; i < classes.length; i++) {
            support[i] = some(known.get(classes[i]), plan.shot(), random);
            int[] all = asked.get(classes[i]);
            queries[i] = plan.query() == 0 ? all : some(all, plan.query(), random);
        }
        return new Episode(classes, support, queries);
    }

    /** What chance an episode has. */
    static SplittableRandom random(long seed, long number) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L).split();
    }

    /** So many of them, without replacement (Fisher and Yates, as far as needed). */
    static int[] some(int[] from, int count, SplittableRandom random) {
        int[] all = from.clone();
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, all.length);
            int swapped = all[i];
            all[i] = all[j];
            all[j] = swapped;
        }
        return java.util.Arrays.copyOf(all, count);
    }

    public List<Episode> all() {
        List<Episode> out = new ArrayList<>();
        for (int e = 0; e < plan.episodes(); e++) {
            out.add(episode(e));
        }
        return out;
    }
}
