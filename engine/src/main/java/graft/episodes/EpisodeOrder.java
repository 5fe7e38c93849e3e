package graft.episodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Episodes of examples of one part, one after the other: of each kind first those that it is known by, then the questions. */
public final class EpisodeOrder {
    private final List<int[]> byKind;
    private final int[] eligible;
    /** Kinds of groups that have enough of them. */
    private final List<int[]> groups = new ArrayList<>();

    private final Kinds kinds;
    private final int way;
    private final int query;

    private EpisodeOrder(Kinds kinds, int way, int query, int least) {
        this.kinds = kinds;
        this.way = way;
        this.query = query;
        int[] labels = kinds.labels();
        this.byKind = IntStream.range(0, kinds.groups().length)
                .mapToObj(k -> IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == k)
                        .toArray())
                .toList();
        this.eligible = IntStream.range(0, byKind.size())
                .filter(k -> byKind.get(k).length >= least)
                .toArray();
        Arrays.stream(eligible).map(k -> kinds.groups()[k]).distinct().forEach(group -> {
            int[] members = Arrays.stream(eligible)
                    .filter(k -> kinds.groups()[k] == group)
                    .toArray();
            if (members.length >= way) {
                groups.add(members);
            }
        });
    }

    /** As the plan wants them. */
    public static EpisodeOrder of(Kinds kinds) {
        EpisodePlan plan = kinds.plan();
        return new EpisodeOrder(kinds, plan.way(), plan.query(), plan.shot() + plan.query());
    }

    /** As near to the plan as the examples allow: with fewer kinds, and fewer questions, where there are no more. */
    public static EpisodeOrder near(Kinds kinds) {
        EpisodePlan plan = kinds.plan();
        EpisodeOrder any = new EpisodeOrder(kinds, 1, 1, plan.shot() + 1);
        int most = Arrays.stream(any.eligible)
                .map(k -> any.byKind.get(k).length - plan.shot())
                .min()
                .orElse(1);
        int query = Math.min(plan.query(), most);
        return new EpisodeOrder(kinds, Math.min(plan.way(), any.eligible.length), query, plan.shot() + query);
    }

    /** How many kinds have enough examples. */
    public int eligible() {
        return eligible.length;
    }

    public int way() {
        return way;
    }

    public int query() {
        return query;
    }

    /** Examples of an episode, kind by kind. */
    public int[] episode(long number) {
        SplittableRandom random = EpisodeDraw.random(kinds.plan().seed(), number);
        boolean inGroup =
                !groups.isEmpty() && Math.floor((number + 1) * kinds.within()) > Math.floor(number * kinds.within());
        int[] from = inGroup ? groups.get(random.nextInt(groups.size())) : eligible;
        int each = kinds.plan().shot() + query;
        int[] out = new int[way * each];
        int[] drawn = EpisodeDraw.some(from, way, random);
        for (int c = 0; c < way; c++) {
            System.arraycopy(EpisodeDraw.some(byKind.get(drawn[c]), each, random), 0, out, c * each, each);
        }
        return out;
    }

    /** All episodes of an epoch, one behind the other. */
    public int[] epoch(int epoch) {
        return IntStream.range(0, kinds.perEpoch())
                .mapToObj(i -> episode((long) epoch * kinds.perEpoch() + i))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
