package graft.task;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Target;
import graft.data.Targets;
import graft.episodes.EpisodeJudge;
import graft.episodes.EpisodeOrder;
import graft.episodes.EpisodePlan;
import graft.episodes.EpisodeTargets;
import graft.episodes.Kinds;
import graft.network.Head;
import graft.objective.Objective;
import graft.objective.PrototypicalLoss;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a network is to answer where its features learn by episodes: features themselves. Data, head and questions are those of a task
 * with classes; some of the classes are held out, and judge.
 */
public final class EpisodicTask {
    /** The output of such a network. */
    public static final String OUTPUT = "features";

    /** Stands in a class's name behind that of its group. */
    private static final String GROUPED = "__";

    /** Episodes that judge an epoch. */
    private static final int JUDGING = 100;

    private EpisodicTask() {}

    /**
     * @param task with classes
     * @param settings of the run
     */
    public static Task of(Task task, Settings settings) {
        return new Task(
                task.name(),
                task.words(),
                new HeldOut(task.reading()),
                task.questions(),
                task.heading(),
                new ByEpisodes(settings),
                (targets, classes) -> new EpisodeJudge(OUTPUT, targets),
                task.options());
    }

    private record ByEpisodes(Settings settings) implements Objectives {
        @Override
        public Objective of(Head head) {
            String features = head.outputs().get(0).name();
            double sharpness = settings.get(PlanOptions.SHARPNESS);
            return switch (settings.get(PlanOptions.DISTANCE)) {
                case EUCLIDEAN -> PrototypicalLoss.over(features, EpisodeTargets.SUPPORT, EpisodeTargets.TARGET);
                case COSINE ->
                    PrototypicalLoss.cosine(features, EpisodeTargets.SUPPORT, EpisodeTargets.TARGET, sharpness);
                case MATCHING ->
                    PrototypicalLoss.matching(features, EpisodeTargets.SUPPORT, EpisodeTargets.TARGET, sharpness);
            };
        }

        @Override
        public Targets targets(Targets plain, Settings chosen) {
            return new EpisodeTargets((Kinds) plain);
        }

        @Override
        public double guessing(DataSet data) {
            return Double.NaN;
        }
    }

    private record HeldOut(Reading reading) implements Reading {
        @Override
        public boolean takesPictures(Path source) {
            return reading.takesPictures(source);
        }

        @Override
        public Listing listed(Path source, Settings how) {
            return reading.listed(source, how);
        }

        @Override
        public Optional<String> whyNoExample(Path file) {
            return reading.whyNoExample(file);
        }

        @Override
        public boolean fits(Path source) {
            return reading.fits(source);
        }

        @Override
        public DataSet open(Path source, Path file, How how, Progress progress) {
            DataSet all = reading.open(source, file, how, progress);
            if (all.classes().isEmpty()) {
                throw new Refusal(
                        source + " has no classes, of which episodes are made. Give examples in classes, or leave"
                                + " the recipe out.");
            }
            Set<Integer> held = held(all.classes().size(), how);
            boolean apart = !held.isEmpty();
            Kinds kinds = kinds(all.classes(), how);
            DataSet out = all.with(
                    chosen(all.train(), kinds, apart, label -> !held.contains(label)),
                    chosen(all.val(), kinds, apart, held::contains));
            refuseTooFew((Kinds) out.train().targets(), (Kinds) out.val().targets(), source, held.size());
            if (apart) {
                progress.note(held.size() + " of " + all.classes().size()
                        + " classes are held out: epochs are chosen by episodes of these.");
            }
            return out;
        }

        @Override
        public Target target(Path source, List<String> classes, Path file, How how, Progress progress) {
            throw new Refusal("Episodes are drawn from examples in classes, and the classes of " + source
                    + " are not to be known. Leave --target and --adapt out, or take another recipe.");
        }

        private static void refuseTooFew(Kinds train, Kinds val, Path source, int held) {
            EpisodePlan plan = train.plan();
            int there = EpisodeOrder.of(train).eligible();
            if (there < plan.way()) {
                String left = held == 0 ? "" : ", as " + held + " are held out to choose epochs by";
                String none = held == 0
                        ? ""
                        : ", or hold no class out (--held-out 0: epochs are then chosen by validation examples of the same classes)";
                throw new Refusal(source + " has " + there + " classes to learn from with at least "
                        + (plan.shot() + plan.query()) + " examples" + left + ", where an episode takes " + plan.way()
                        + " such classes. Ask for fewer classes (--way), fewer examples (--shot) or fewer questions (--query)"
                        + none + ".");
            }
            if (EpisodeOrder.near(val).eligible() < 2) {
                throw new Refusal(source + " has fewer than two classes to judge by with more than " + plan.shot()
                        + " validation examples. Hold out more classes, or set more of each aside with --val-share.");
            }
        }

        private static Examples chosen(
                Examples examples, Kinds kinds, boolean apart, java.util.function.IntPredicate wanted) {
            int[] labels = ClassTargets.of(examples).labels();
            int[] numbers = IntStream.range(0, labels.length)
                    .filter(i -> !apart || wanted.test(labels[i]))
                    .toArray();
            int[] kept = Arrays.stream(numbers).map(i -> labels[i]).toArray();
            return examples.chosen(
                    numbers, new Kinds(kept, kinds.groups(), kinds.plan(), kinds.within(), kinds.perEpoch()));
        }

        private static Set<Integer> held(int classes, How how) {
            double share = how.get(PlanOptions.HELD_OUT);
            int count = share == 0 ? 0 : Math.max(2, (int) Math.round(share * classes));
            SplittableRandom random = new SplittableRandom(how.get(PlanOptions.SEED));
            Set<Integer> out = new HashSet<>();
            while (out.size() < Math.min(count, classes)) {
                out.add(random.nextInt(classes));
            }
            return out;
        }

        private static Kinds kinds(List<String> classes, How how) {
            Map<String, Integer> groups = new LinkedHashMap<>();
            int[] groupOf = classes.stream()
                    .mapToInt(name -> {
                        int at = name.indexOf(GROUPED);
                        String group = at < 0 ? "" : name.substring(0, at);
                        groups.putIfAbsent(group, groups.size());
                        return groups.get(group);
                    })
                    .toArray();
            EpisodePlan plan = new EpisodePlan(
                    how.get(PlanOptions.WAY),
                    how.get(PlanOptions.SHOT),
                    how.get(PlanOptions.QUERY),
                    JUDGING,
                    how.get(PlanOptions.DISTANCE),
                    how.get(PlanOptions.SHARPNESS),
                    how.get(PlanOptions.SEED));
            return new Kinds(new int[0], groupOf, plan, how.get(PlanOptions.WITHIN), how.get(PlanOptions.EPISODES));
        }
    }
}
