package graft.fewshot;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.data.Examples;
import graft.episodes.EpisodeDraw;
import graft.episodes.EpisodePlan;
import graft.episodes.EpisodeScore;
import graft.episodes.NearestMean;
import graft.features.Features;
import graft.features.Frontier;
import graft.features.FrozenPart;
import graft.features.MicroBatch;
import graft.meaning.Reading;
import graft.network.FeatureFinder;
import graft.network.Importer;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.onnx.ElementType;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.options.Settings;
import graft.progress.Progress;
import graft.rewrite.Untrained;
import graft.run.PlanOptions;
import graft.task.HeadChoice;
import graft.task.Task;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Judges by episodes what a network makes of examples before its head: each class of an episode is the mean of a few examples of
 * the training part, and the nearest one answers about examples of the validation part.
 *
 * @param file the network
 * @param data as the task of the network reads them
 * @param features the tensor to look at; found where it is not named
 */
public record EpisodeEvaluator(
        NetworkFile file, Reading reading, Task task, DataSet data, Optional<String> features, int threads) {
    private static final int BATCH = 32;

    public EpisodeEvaluation run(EpisodePlan plan, Progress progress) {
        if (data.classes().isEmpty()) {
            throw new Refusal(data.source() + " has no classes, of which episodes are made. Give pictures or texts in"
                    + " folders of classes.");
        }
        EpisodeDraw draw = EpisodeDraw.of(
                ClassTargets.of(data.train()).labels(),
                ClassTargets.of(data.val()).labels(),
                data.classes(),
                plan,
                data.source());
        List<EpisodeDraw.Episode> episodes = draw.all();
        Network network = Importer.of(file.path(), file.model(), reading);
        DataSet fed = data.fedTo(file.path(), network.model().graph().inputs());
        String stand = FeatureFinder.find(network, features);
        Network headed = headed(network, stand, fed);
        EpisodeScore score = score(headed, fed, episodes, plan, "looking at examples", progress);
        Set<String> all = new HashSet<>(headed.weights());
        all.addAll(headed.state());
        Network random = headed.withModel(Untrained.of(headed.model(), all, plan.seed()));
        EpisodeScore untrained = score(random, fed, episodes, plan, "the same with random weights", progress);
        EpisodeDraw.Episode first = episodes.get(0);
        return new EpisodeEvaluation(
                score.accuracy(),
                score.interval(),
                plan.way(),
                plan.shot(),
                plan.episodes(),
                IntStream.range(0, plan.way())
                        .map(c -> first.queries()[c].length)
                        .sum(),
                plan.distance(),
                plan.seed(),
                stand,
                new EpisodeEvaluation.Baselines(pixels(fed, episodes, plan).orElse(null), untrained, 1.0 / plan.way()));
    }

    /** With a new head, so that what it would stand on is one row per example, pooled as its task does. */
    private Network headed(Network network, String stand, DataSet fed) {
        Settings settings = features.map(name -> Settings.NONE.with(PlanOptions.FEATURES, Optional.of(name)))
                .orElse(Settings.NONE)
                .complete(PlanOptions.ALL);
        HeadChoice choice = new HeadChoice(settings, reading.inputs().keySet());
        Network headed = network.withHead(task.heading().on(file.path(), network, stand, fed, choice));
        return TrainableSpec.apply(headed, PlanOptions.TRAINABLE.usual());
    }

    private EpisodeScore score(
            Network headed,
            DataSet fed,
            List<EpisodeDraw.Episode> episodes,
            EpisodePlan plan,
            String doing,
            Progress progress) {
        Frontier frontier = Frontier.of(headed);
        int fixed = Math.toIntExact(headed.report().fixedBatch());
        boolean alike = fed.train().alike() && fed.val().alike();
        try (FrozenPart part = FrozenPart.open(frontier, threads, alike)) {
            float[][] known = rows(part.features(fed.train()), fed.train(), fixed, doing, progress);
            float[][] asked = rows(part.features(fed.val()), fed.val(), fixed, doing, progress);
            return new NearestMean(known, asked, plan).over(episodes);
        }
    }

    private static float[][] rows(Features features, Examples examples, int fixed, String doing, Progress progress) {
        float[][] out = new float[examples.size()][];
        int done = 0;
        for (MicroBatch pass : features.passes(examples.bySize(), fixed, BATCH)) {
            if (progress.isCancelled()) {
                throw new CancellationException(doing);
            }
            Map<String, Values> said = features.of(pass.examples(), Examples.PLAIN);
            take(said.values().iterator().next(), pass.examples(), pass.real(), out);
            done += pass.real();
            progress.stage(doing, done, out.length);
        }
        return out;
    }

    private static void take(Values values, int[] examples, int real, float[][] out) {
        FloatBuffer numbers = values.floats();
        int width = numbers.remaining() / examples.length;
        for (int i = 0; i < real; i++) {
            out[examples[i]] = new float[width];
            numbers.get(out[examples[i]]);
        }
    }

    /** What is fed itself; empty where that are no numbers of one shape. */
    private static Optional<EpisodeScore> pixels(DataSet fed, List<EpisodeDraw.Episode> episodes, EpisodePlan plan) {
        Map<String, Values> one = fed.train().inputs(new int[] {0}, Examples.PLAIN);
        boolean numbers = one.size() == 1
                && one.values().iterator().next().type() == ElementType.FLOAT
                && fed.train().alike()
                && fed.val().alike();
        return numbers
                ? Optional.of(new NearestMean(fedRows(fed.train()), fedRows(fed.val()), plan).over(episodes))
                : Optional.empty();
    }

    private static float[][] fedRows(Examples examples) {
        float[][] out = new float[examples.size()][];
        for (int i = 0; i < out.length; i++) {
            int[] one = {i};
            take(examples.inputs(one, Examples.PLAIN).values().iterator().next(), one, 1, out);
        }
        return out;
    }
}
