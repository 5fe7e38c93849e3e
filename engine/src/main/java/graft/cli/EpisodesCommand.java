package graft.cli;

import graft.data.DataSet;
import graft.episodes.EpisodePlan;
import graft.episodes.EpisodeScore;
import graft.fewshot.EpisodeEvaluation;
import graft.fewshot.EpisodeEvaluator;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.JudgedData;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code graft episodes}. */
@Command(
        name = "episodes",
        description = {
            "Judges by episodes how well a network serves where a class is known by a handful of examples: each of N classes is"
                    + " the mean of K examples of the training part, and the nearest one answers about the validation part.",
            "Beside it: the same by pixels, by the network with random weights, and by chance."
        },
        sortOptions = false)
final class EpisodesCommand extends GraftCommand<EpisodeEvaluation> {
    private static final Option<Integer> WAY = Option.whole(
            "way", 2, 100_000, 2, OwnOptions.GROUP, "Classes", "Classes of an episode, drawn without replacement.");

    private static final Option<Integer> SHOT = Option.whole(
            "shot", 1, 100_000, 1, OwnOptions.GROUP, "Examples", "Examples that each of them is known by.");

    private static final Option<Integer> QUERY = Option.whole(
            "query",
            0,
            100_000,
            0,
            OwnOptions.GROUP,
            "Questions",
            "Examples of each class that are asked about; 0 = all.");

    private static final Option<Integer> EPISODES =
            Option.whole("episodes", 1, 1_000_000, 100, OwnOptions.GROUP, "Episodes", "How many.");

    private static final Option<EpisodePlan.Distance> DISTANCE = Option.choice(
            "distance",
            EpisodePlan.Distance.EUCLIDEAN,
            OwnOptions.GROUP,
            "Distance",
            "euclidean (squared) or cosine, to the mean of a class; matching: by cosines to each of its examples.");

    @Mixin
    private JudgedNetwork network;

    @Override
    public List<Option<?>> options() {
        return List.of(WAY, SHOT, QUERY, EPISODES, DISTANCE, PlanOptions.FEATURES, PlanOptions.THREADS);
    }

    @Override
    protected EpisodeEvaluation run(Progress progress) {
        DataSet examples = network.open(progress);
        network.preparationLines().forEach(progress::note);
        Long seed = settings().get(JudgedNetwork.SEED);
        EpisodePlan plan = new EpisodePlan(
                settings().get(WAY),
                settings().get(SHOT),
                settings().get(QUERY),
                settings().get(EPISODES),
                settings().get(DISTANCE),
                seed == null ? 1 : seed);
        return new EpisodeEvaluator(
                        network.file(),
                        network.reading(),
                        JudgedData.task(network.source(), network.file().model(), settings()),
                        examples,
                        settings().get(PlanOptions.FEATURES),
                        settings().get(PlanOptions.THREADS))
                .run(plan, progress);
    }

    @Override
    protected void print(EpisodeEvaluation result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d-way %d-shot, %d episodes of %d questions, on %s:%n",
                result.way(),
                result.shot(),
                result.episodes(),
                result.queries(),
                result.features());
        line(out, "this network", new EpisodeScore(result.accuracy(), result.interval()));
        line(out, "untrained", result.baselines().untrained());
        if (result.baselines().pixels() != null) {
            line(out, "pixels", result.baselines().pixels());
        }
        line(out, "chance", new EpisodeScore(result.baselines().chance(), null));
    }

    private static void line(PrintWriter out, String name, EpisodeScore score) {
        out.printf(Locale.ROOT, "%-13s %5.1f %%", name, 100 * score.accuracy());
        if (score.interval() != null) {
            out.printf(Locale.ROOT, "  (%.1f … %.1f)", 100 * score.interval()[0], 100 * score.interval()[1]);
        }
        out.println();
    }
}
