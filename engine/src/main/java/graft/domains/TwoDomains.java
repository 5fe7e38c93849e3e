package graft.domains;

import com.fasterxml.jackson.annotation.JsonProperty;
import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Parts;
import graft.data.Target;
import graft.evaluate.ClassEvaluation;
import graft.meaning.Reading;
import graft.novelty.Penultimate;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.trust.Coordinates;
import graft.trust.CrossValidation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether features of two domains look alike to a network, and how they did to the one that it was made of.
 *
 * @param each how many examples of each domain are looked at: the same, so that a guess is right half of the time
 * @param learntFrom how many of the source's its part to learn from had to fill in, for want of validation examples
 * @param targetLabelled whether it is known of which class the target's examples are
 * @param before features of the network before; null where none was given
 * @param after features of the network itself
 */
public record TwoDomains(int each, int learntFrom, boolean targetLabelled, View before, View after) {
    /** Of each domain: what a picture can bear, and a matrix of all products that is there at once. */
    private static final int MOST = 300;

    private static final int LEAST = 10;
    private static final int FOLDS = 5;

    /** Which examples. */
    public enum Domain {
        @JsonProperty("source")
        SOURCE,
        @JsonProperty("target")
        TARGET;

        /** As a person reads it. */
        public String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What one network makes of them.
     *
     * @param layer the tensor of the features, on which the classes' head stands
     * @param width numbers per example
     * @param shares of the variance of all features that the two axes of the picture show, 0…1
     * @param domainAccuracy of linear heads that are to tell the domains apart by all of the features, each asked about examples that
     *     it did not learn from: 0.5 is a guess, 1 is that they have nothing in common
     * @param interval [low, high], Wilson, 95 %
     */
    public record View(
            Path network,
            String layer,
            int width,
            double[] shares,
            double domainAccuracy,
            double[] interval,
            List<Point> points) {}

    /**
     * One example along the two first principal components of both domains together.
     *
     * @param className null where nobody knows it
     */
    public record Point(
            double x,
            double y,
            Domain domain,
            @JsonProperty("class") String className) {}

    /**
     * Looks at as many examples of each domain.
     *
     * @param before what {@code network} was made of
     * @param source prepared as {@code network} takes it, and {@code target} too
     * @param seed of the choice and of the folds
     * @throws java.util.concurrent.CancellationException when {@code progress} was cancelled
     */
    public static TwoDomains of(
            NetworkFile network,
            Optional<NetworkFile> before,
            Reading reading,
            DataSet source,
            Target target,
            long seed,
            int threads,
            Progress progress) {
        List<Seen> sources = new ArrayList<>(shuffled(source.val(), Parts.VAL, source.classes(), true, seed));
        sources.addAll(shuffled(source.train(), Parts.TRAIN, source.classes(), true, seed));
        Examples others = target.judged() ? target.data().val() : target.data().train();
        List<Seen> targets = shuffled(others, Parts.TEST, source.classes(), target.judged(), seed);
        int each = Math.min(MOST, Math.min(sources.size(), targets.size()));
        if (each < LEAST) {
            Path few = sources.size() < targets.size()
                    ? source.source()
                    : target.data().source();
            throw new Refusal(few + " has " + each + " examples; of fewer than " + LEAST
                    + " nobody can tell whether two domains look alike. Add examples to it.");
        }
        List<Seen> seenSources = sources.subList(0, each);
        List<Seen> all = Stream.concat(seenSources.stream(), targets.stream().limit(each))
                .toList();
        Looking looking = new Looking(all, each, reading, seed, threads, progress);
        View first = before.map(looking::at).orElse(null);
        int learnt = (int)
                seenSources.stream().filter(one -> one.part() == Parts.TRAIN).count();
        return new TwoDomains(each, learnt, target.judged(), first, looking.at(network));
    }

    /**
     * One of those that are looked at.
     *
     * @param part of the source; those of the target are of one
     * @param className null where nobody knows it
     */
    private record Seen(Examples of, int at, Parts part, String className) {}

    private static List<Seen> shuffled(
            Examples examples, Parts part, List<String> classes, boolean labelled, long seed) {
        boolean known = labelled && !classes.isEmpty() && examples.targets() instanceof ClassTargets;
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order.stream()
                .limit(MOST)
                .map(i -> new Seen(examples, i, part, known ? classes.get(examples.label(i)) : null))
                .toList();
    }

    /** @param all those of the source first, of which there are {@code sources} */
    private record Looking(List<Seen> all, int sources, Reading reading, long seed, int threads, Progress progress) {
        View at(NetworkFile file) {
            String layer;
            float[][] features;
            try (Penultimate penultimate = new Penultimate(file, reading, threads)) {
                layer = penultimate.tensor();
                features = features(penultimate);
            }
            boolean numbers = Arrays.stream(features)
                    .allMatch(row -> IntStream.range(0, row.length).allMatch(k -> Float.isFinite(row[k])));
            if (!numbers) {
                throw new Refusal("Features of " + file.path() + " (" + layer
                        + ") are not finite numbers for some examples, so that they have no place in a picture. Check how"
                        + " the examples are prepared, or take another network.");
            }
            PrincipalPlane plane = PrincipalPlane.of(features);
            if (plane.variance() == 0) {
                throw new Refusal("Features of " + file.path() + " (" + layer
                        + ") are the same for all examples of both domains: there is nothing to compare. Check how the"
                        + " examples are prepared, or take another network.");
            }
            ClassEvaluation told = toldApart(features);
            return new View(
                    file.path(),
                    layer,
                    features[0].length,
                    plane.shares(),
                    told.accuracy(),
                    told.interval(),
                    IntStream.range(0, all.size())
                            .mapToObj(i -> new Point(
                                    plane.points()[i][0],
                                    plane.points()[i][1],
                                    domain(i),
                                    all.get(i).className()))
                            .toList());
        }

        private Domain domain(int i) {
            return i < sources ? Domain.SOURCE : Domain.TARGET;
        }

        private float[][] features(Penultimate penultimate) {
            float[][] out = new float[all.size()][];
            for (Parts part : Parts.values()) {
                int[] mine = IntStream.range(0, out.length)
                        .filter(i -> all.get(i).part() == part)
                        .toArray();
                if (mine.length == 0) {
                    continue;
                }
                int[] numbers = IntStream.of(mine).map(i -> all.get(i).at()).toArray();
                // Nothing is asked of what is to be answered.
                Examples some = all.get(mine[0]).of().chosen(numbers, ClassTargets.equal(new int[numbers.length], 1));
                float[][] rows = penultimate.of(some, "looking at examples", progress);
                IntStream.range(0, mine.length).forEach(k -> out[mine[k]] = rows[k]);
            }
            return out;
        }

        private ClassEvaluation toldApart(float[][] features) {
            int[] domains =
                    IntStream.range(0, all.size()).map(i -> domain(i).ordinal()).toArray();
            List<String> keys = all.stream().map(one -> one.of().key(one.at())).toList();
            double[][] probabilities = CrossValidation.probabilities(
                    Coordinates.of(features, seed),
                    domains,
                    Domain.values().length,
                    CrossValidation.folds(domains, keys, FOLDS, seed),
                    progress);
            int[] said = Arrays.stream(probabilities)
                    .mapToInt(row -> row[1] > row[0] ? 1 : 0)
                    .toArray();
            return ClassEvaluation.of(
                    Arrays.stream(Domain.values()).map(Domain::words).toList(), domains, said);
        }
    }
}
