package graft.transfer;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.features.LabelledFeatures;
import graft.network.Network;
import graft.objective.PairLoss;
import graft.options.Settings;
import graft.problem.Problem;
import graft.problem.Sampling;
import graft.run.FineTuningPlan;
import graft.run.Fit;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Steps on pairs of examples (SetFit, Tunstall et al. 2022): of each example some pairs with others of its class, whose features are to
 * point the same way, and as many with examples of other classes, whose features are to stand at right angles. After each epoch the
 * head is a logistic regression on the features that there are.
 */
public final class Pairs implements Sampling {
    static final Technique TECHNIQUE = new Technique(
            "pairs",
            "Pairs of examples of one class and of two teach the body, then the head is a logistic regression (SetFit): for a handful"
                    + " of labelled texts per class, which make many pairs.",
            List.of(PlanOptions.FIT, PlanOptions.PAIRS),
            Pairs::applied,
            (network, settings) ->
                    isAsked(settings) ? Set.of(LastLayer.of(network).features()) : Set.of());

    private static final int OF_ONE_KIND_AND_OF_TWO = 2;

    private final int[] labels;
    /** All examples, class by class; where each class begins, and at last how many there are. */
    private final int[] byClass;

    private final int[] begins;
    /** Where an example stands in {@link #byClass}. */
    private final int[] places;
    /** The next example of another class, going round. */
    private final int[] others;

    private final int rounds;
    private final boolean shuffled;
    private final long seed;

    private Pairs(int[] labels, int classes, Settings settings) {
        int n = labels.length;
        this.labels = labels;
        this.begins = new int[classes + 1];
        Arrays.stream(labels).forEach(label -> begins[label + 1]++);
        Arrays.parallelPrefix(begins, Integer::sum);
        this.byClass = new int[n];
        this.places = new int[n];
        int[] filled = begins.clone();
        for (int i = 0; i < n; i++) {
            places[i] = filled[labels[i]]++;
            byClass[places[i]] = i;
        }
        this.others = new int[n];
        for (int i = 2 * n - 2; i >= 0; i--) {
            int next = (i + 1) % n;
            others[i % n] = labels[next] == labels[i % n] ? others[next] : next;
        }
        this.rounds = settings.get(PlanOptions.PAIRS);
        this.shuffled = settings.get(PlanOptions.SHUFFLE);
        this.seed = settings.get(PlanOptions.SEED);
    }

    private static boolean isAsked(Settings settings) {
        return settings.get(PlanOptions.FIT) == Fit.PAIRS;
    }

    private static Problem applied(Problem plain, Settings settings) {
        if (!isAsked(settings)) {
            return plain;
        }
        int[] labels = ((ClassTargets) plain.train().targets()).labels();
        int classes = ((ClassTargets) plain.train().targets()).classes();
        // Whether two are of one class is asked without weights and smoothing.
        ClassTargets targets = ClassTargets.equal(labels, classes);
        LastLayer layer = LastLayer.of(plain.network());
        return plain.with(new LabelledFeatures(
                        plain.train().features(), targets, plain.train().sizes()))
                .with(PairLoss.over(layer.features(), layer.width(), ClassTargets.NAME, classes))
                .with(new Pairs(labels, classes, settings))
                .withAnew(new LogisticHead(plain.network(), targets));
    }

    /** Examples of an epoch, each of a pair counted. */
    public static long perEpoch(int examples, Settings settings) {
        return 2L * OF_ONE_KIND_AND_OF_TWO * settings.get(PlanOptions.PAIRS) * examples;
    }

    /**
     * Says what stands in the way, before features are computed.
     *
     * @param stage the plan of a stage alone
     * @param selected the network with what the stage wants to learn
     * @throws Refusal where there are no pairs to learn from, or nothing that could learn from them
     */
    public static void require(FineTuningPlan stage, Network selected, DataSet data) {
        if (!isAsked(stage.settings())) {
            return;
        }
        if (!(data.train().targets() instanceof ClassTargets targets)
                || Arrays.stream(targets.labels()).distinct().count() < 2) {
            throw new Refusal(
                    stage.data() + " has no two classes with examples to learn from, of which fit=pairs makes pairs."
                            + " Add examples of a second class, or take another recipe.");
        }
        LastLayer layer = LastLayer.of(selected);
        if (!layer.isLinear()) {
            throw new Refusal(
                    "Pairs are compared by what a linear layer at the end of the head stands on, and this head ends in "
                            + layer.node() + ". Leave --head out, or take another recipe.");
        }
        if (!layer.featuresLearn()) {
            throw new Refusal("A stage with fit=pairs teaches the layers that make features, and "
                    + stage.get(PlanOptions.TRAINABLE)
                    + " has none of them learn. Give it --trainable all or last:N, or leave fit=pairs out.");
        }
        long fixed = selected.report().fixedBatch();
        if (fixed % 2 == 1) {
            throw new Refusal("Both of a pair go through the network together, and " + stage.network() + " takes "
                    + fixed + " at a time. Export it with a free batch, or take another recipe.");
        }
        if (stage.get(PlanOptions.BATCH) % 2 == 1) {
            throw new Refusal("A batch of " + stage.get(PlanOptions.BATCH)
                    + " holds no whole number of pairs. Give --batch an even number.");
        }
        boolean mixed = stage.get(PlanOptions.MIXUP) > 0 || stage.get(PlanOptions.CUTMIX) > 0;
        boolean others = stage.get(TransferOptions.ADAPT) != TransferOptions.Adaptation.NONE
                || stage.get(TransferOptions.TEACHER).isPresent();
        if (mixed || others) {
            throw new Refusal("Pairs say what is learnt in a step, and leave no place for "
                    + (mixed ? "--mixup and --cutmix" : "--adapt and --teacher")
                    + ". Leave these out, or take another recipe.");
        }
    }

    @Override
    public int length(int examples) {
        return 2 * OF_ONE_KIND_AND_OF_TWO * rounds * examples;
    }

    @Override
    public int[] order(int epoch) {
        SplittableRandom random = new SplittableRandom(Sampling.mix(seed, epoch, -2));
        int[] pairs = new int[length(labels.length)];
        int at = 0;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < labels.length; i++) {
                pairs[at++] = i;
                pairs[at++] = alike(i, round, random);
                pairs[at++] = i;
                pairs[at++] = other(i, round, random);
            }
        }
        return shuffled ? mixed(pairs, random) : pairs;
    }

    /** Another of the same class; of a lone example of its class, itself. */
    private int alike(int of, int round, SplittableRandom random) {
        int first = begins[labels[of]];
        int count = begins[labels[of] + 1] - first;
        if (count == 1) {
            return of;
        }
        int further = 1 + (shuffled ? random.nextInt(count - 1) : round % (count - 1));
        return byClass[first + (places[of] - first + further) % count];
    }

    /** One of another class. */
    private int other(int of, int round, SplittableRandom random) {
        if (shuffled) {
            int first = begins[labels[of]];
            int count = begins[labels[of] + 1] - first;
            int drawn = random.nextInt(labels.length - count);
            return byClass[drawn < first ? drawn : drawn + count];
        }
        int at = (others[of] + round) % labels.length;
        return labels[at] == labels[of] ? others[at] : at;
    }

    private static int[] mixed(int[] pairs, SplittableRandom random) {
        for (int i = pairs.length / 2 - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            for (int side = 0; side < 2; side++) {
                int swapped = pairs[2 * i + side];
                pairs[2 * i + side] = pairs[2 * j + side];
                pairs[2 * j + side] = swapped;
            }
        }
        return pairs;
    }
}
