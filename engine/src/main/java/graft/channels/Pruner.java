package graft.channels;

import graft.Refusal;
import graft.channels.ChannelGroups.Channel;
import graft.channels.ChannelGroups.Group;
import graft.evaluate.Spread;
import graft.inference.OrtSession;
import graft.network.Network;
import graft.onnx.Model;
import graft.onnx.Values;
import graft.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Takes channels out, those with the smallest weights first, until a network does a share of its multiply-adds. How many go of each
 * group of coupled channels follows from how much the answers change without them ("sensitivity", Li et al. 2017; groups as in Fang et
 * al. 2023): each group is tried alone at several widths, and those are chosen that save enough for the least change, changes of
 * groups taken to add up.
 */
public final class Pruner {
    /** Of a group's channels, what may stay. */
    private static final double[] WIDTHS = {1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125};

    private static final int HALVINGS = 60;

    private final Network before;
    private final ChannelGroups groups;
    private final List<Group> free;
    private final MultiplyAdds cost;
    private final Iterable<Map<String, Values>> examples;
    private final String scores;
    private final Progress progress;

    private Pruner(Network before, ChannelGroups groups, Iterable<Map<String, Values>> examples, Progress progress) {
        this.before = before;
        this.groups = groups;
        this.free = groups.groups().stream()
                .filter(group -> group.held().isEmpty() && group.channels().size() > 1)
                .toList();
        this.cost = new MultiplyAdds(groups.model());
        this.examples = examples;
        this.scores = before.answer().scores();
        this.progress = progress;
    }

    /**
     * What became of a group of channels.
     *
     * @param name a weight of it
     * @param change of the answers without the channels that went, all others there: 0 = none, 1 = nothing is left of what tells
     *     examples apart
     */
    public record Pruned(String name, int channels, int kept, double change) {}

    /**
     * A network with fewer channels.
     *
     * @param macsBefore multiply-adds of one example
     */
    public record Result(Model model, double macsBefore, double macs, List<Pruned> groups) {}

    /**
     * Prunes.
     *
     * @param share of the multiply-adds that may stay, above 0 and below 1
     * @param examples on which answers are compared, as the network takes them
     * @throws Refusal where so many cannot go
     * @throws CancellationException where it was cancelled
     */
    public static Result prune(
            Network before, double share, Iterable<Map<String, Values>> examples, Progress progress) {
        try {
            return new Pruner(before, ChannelGroups.of(before.model(), true), examples, progress).run(share);
        } catch (DoesNotRun sizesOfTheirOwn) {
            return new Pruner(before, ChannelGroups.of(before.model(), false), examples, progress).run(share);
        }
    }

    private static final class DoesNotRun extends Refusal {
        private static final long serialVersionUID = 1L;

        DoesNotRun(Refusal why) {
            super("With fewer channels ONNX Runtime does not run the network. " + why.getMessage(), why);
        }
    }

    private List<float[][]> answersOfSlimmer(Model slimmer) {
        try {
            return answers(slimmer);
        } catch (Refusal why) {
            throw new DoesNotRun(why);
        }
    }

    private Result run(double share) {
        double all = cost.of(groups.model());
        List<double[]> changes = new ArrayList<>();
        List<double[]> saved = new ArrayList<>();
        List<float[][]> answers = answers(groups.model());
        for (int g = 0; g < free.size(); g++) {
            double[] change = new double[WIDTHS.length];
            double[] less = new double[WIDTHS.length];
            for (int w = 1; w < WIDTHS.length; w++) {
                if (progress.isCancelled()) {
                    throw new CancellationException("after " + g + " of " + free.size() + " groups of channels");
                }
                Model slimmer = groups.without(gone(free.get(g), w));
                less[w] = all - cost.of(slimmer);
                change[w] = kept(free.get(g), w) == kept(free.get(g), w - 1)
                        ? change[w - 1]
                        : Math.max(change[w - 1], change(answers, answersOfSlimmer(slimmer)));
            }
            changes.add(change);
            saved.add(less);
            progress.stage("trying groups of channels", g + 1, free.size());
        }
        int[] chosen = chosen(changes, saved, share * all);
        Model pruned = groups.without(gone(chosen));
        List<Pruned> rows = IntStream.range(0, free.size())
                .mapToObj(g -> new Pruned(
                        free.get(g).name(),
                        free.get(g).channels().size(),
                        kept(free.get(g), chosen[g]),
                        changes.get(g)[chosen[g]]))
                .toList();
        return new Result(before.asFile(pruned), all, cost.of(pruned), rows);
    }

    private static int kept(Group group, int width) {
        return Math.max(1, (int) Math.round(WIDTHS[width] * group.channels().size()));
    }

    private List<Channel> gone(Group group, int width) {
        return Importance.LARGEST.least(group, groups.model(), kept(group, width));
    }

    private List<Channel> gone(int[] widths) {
        List<Channel> out = new ArrayList<>();
        for (int g = 0; g < widths.length; g++) {
            out.addAll(widths[g] == 0 ? List.of() : gone(free.get(g), widths[g]));
        }
        return out;
    }

    private List<float[][]> answers(Model model) {
        List<float[][]> out = new ArrayList<>();
        try (OrtSession session = OrtSession.open(model, 0)) {
            for (Map<String, Values> batch : examples) {
                Values said = session.run(session.taken(batch), scores);
                float[] numbers = said.toTensor("").toFloats();
                int count = (int) said.shape()[0];
                int width = numbers.length / count;
                float[][] rows = new float[count][];
                for (int i = 0; i < count; i++) {
                    rows[i] = Arrays.copyOfRange(numbers, i * width, (i + 1) * width);
                }
                out.add(rows);
            }
        }
        return out;
    }

    private static double change(List<float[][]> original, List<float[][]> changed) {
        Spread spread = new Spread();
        for (int b = 0; b < original.size(); b++) {
            for (int i = 0; i < original.get(b).length; i++) {
                spread.add(original.get(b)[i], changed.get(b)[i]);
            }
        }
        return spread.value().orElse(1.0);
    }

    /** Widths of all groups that leave at most {@code most} multiply-adds. */
    private int[] chosen(List<double[]> changes, List<double[]> saved, double most) {
        int[] least = new int[free.size()];
        Arrays.fill(least, WIDTHS.length - 1);
        double floor = cost.of(groups.without(gone(least)));
        if (floor > most) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "At least %.0f %% of the multiply-adds stay, where an eighth of all channels that can go is left%s. Ask for more with"
                            + " --macs, or take another network.",
                    Math.ceil(100 * floor / cost.of(groups.model())),
                    free.isEmpty() ? "; here none can" : ""));
        }
        Map<List<Integer>, Double> known = new HashMap<>();
        double low = -60;
        double high = 20;
        int[] best = least;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            int[] tried = cheapest(changes, saved, Math.exp(middle));
            double macs = known.computeIfAbsent(
                    Arrays.stream(tried).boxed().toList(), any -> cost.of(groups.without(gone(tried))));
            if (macs <= most) {
                best = tried;
                high = middle;
            } else {
                low = middle;
            }
        }
        return widened(best, changes, most);
    }

    /** For each group the width at which what is lost, less {@code worth} times what it saves, is least. */
    private static int[] cheapest(List<double[]> changes, List<double[]> saved, double worth) {
        return IntStream.range(0, changes.size())
                .map(g -> IntStream.range(0, WIDTHS.length)
                        .reduce((a, b) -> price(changes.get(g)[b], saved.get(g)[b], worth)
                                        < price(changes.get(g)[a], saved.get(g)[a], worth)
                                ? b
                                : a)
                        .orElse(0))
                .toArray();
    }

    private static double price(double change, double saved, double worth) {
        return lost(change) - worth * saved;
    }

    /** Of what tells examples apart, where nothing is left of it, more than anything can save. */
    private static double lost(double change) {
        return -Math.log1p(-Math.min(change * change, 1 - 1e-6));
    }

    /** What room is left goes to the groups that gain most by it. */
    private int[] widened(int[] widths, List<double[]> changes, double most) {
        int[] out = widths.clone();
        List<Integer> open =
                new ArrayList<>(IntStream.range(0, out.length).boxed().toList());
        while (!open.isEmpty()) {
            int g = open.stream()
                    .max((a, b) -> Double.compare(gain(out, changes, a), gain(out, changes, b)))
                    .orElseThrow();
            out[g]--;
            if (out[g] < 0 || cost.of(groups.without(gone(out))) > most) {
                out[g]++;
                open.remove(Integer.valueOf(g));
            }
        }
        return out;
    }

    private static double gain(int[] widths, List<double[]> changes, int group) {
        int at = widths[group];
        double[] change = changes.get(group);
        return at == 0 ? 0 : lost(change[at]) - lost(change[at - 1]);
    }
}
