package graft.episodes;

import graft.data.Targets;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.judge.Score;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Judges features by episodes: the kind that is nearest is the answer. Of a step that is an episode at once; of other examples
 * once all are there.
 */
public final class EpisodeJudge implements Judge {
    /** What the score is called. */
    public static final String SCORE = "episode_accuracy";

    private final String output;
    private final Kinds kinds;
    private final boolean inSteps;
    private final float[][] rows;

    /**
     * @param output name of the features {@code [N, width]}
     * @param targets {@link EpisodeTargets} of steps, or {@link Kinds}
     */
    public EpisodeJudge(String output, Targets targets) {
        this.output = output;
        this.inSteps = targets instanceof EpisodeTargets;
        this.kinds = targets instanceof EpisodeTargets steps ? steps.kinds() : (Kinds) targets;
        this.rows = new float[kinds.labels().length][];
    }

    @Override
    public double add(Map<String, Values> answers, int[] examples, int real) {
        FloatBuffer values = answers.get(output).floats();
        int width = values.remaining() / examples.length;
        float[][] these = new float[real][width];
        for (float[] row : these) {
            values.get(row);
        }
        if (inSteps) {
            Said said = ask(these, kinds.plan().way(), kinds.plan().query());
            return said.accuracy() * examples.length;
        }
        for (int i = 0; i < real; i++) {
            rows[examples[i]] = these[i];
        }
        return Double.NaN;
    }

    @Override
    public Judge merge(Judge other) {
        if (!(other instanceof EpisodeJudge more) || more.rows.length != rows.length) {
            throw new IllegalArgumentException("two judges of different targets");
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i] = rows[i] == null ? more.rows[i] : rows[i];
        }
        return this;
    }

    @Override
    public Evaluation done() {
        EpisodeOrder order = EpisodeOrder.near(kinds);
        int episodes = kinds.plan().episodes();
        double[] accuracies = new double[episodes];
        double loss = 0;
        for (int e = 0; e < episodes; e++) {
            float[][] these = java.util.Arrays.stream(order.episode(e))
                    .mapToObj(example -> rows[example])
                    .toArray(float[][]::new);
            Said said = ask(these, order.way(), order.query());
            accuracies[e] = said.accuracy();
            loss += said.loss() / episodes;
        }
        EpisodeScore score = EpisodeScore.of(accuracies);
        int broken = IntStream.range(0, rows.length)
                .filter(i -> rows[i] != null && !isFinite(rows[i]))
                .findFirst()
                .orElse(-1);
        return new Judged(Score.share(SCORE, score.accuracy(), score.interval()), rows.length, loss, broken);
    }

    private record Judged(Score primary, int n, double loss, int firstNotFinite) implements Evaluation {}

    private static boolean isFinite(float[] row) {
        for (float value : row) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Share that is right, and mean loss of the questions. */
    private record Said(double accuracy, double loss) {}

    private Said ask(float[][] these, int way, int query) {
        int shot = kinds.plan().shot();
        int each = shot + query;
        float[][][] support = new float[way][shot][];
        for (int c = 0; c < way; c++) {
            System.arraycopy(these, c * each, support[c], 0, shot);
        }
        Nearness classes = Nearness.of(support, kinds.plan());
        int right = 0;
        double loss = 0;
        for (int c = 0; c < way; c++) {
            for (int q = shot; q < each; q++) {
                double[] nearness = classes.to(these[c * each + q]);
                int best = Nearness.nearest(nearness);
                double sum = 0;
                for (double one : nearness) {
                    sum += Math.exp(one - nearness[best]);
                }
                right += best == c ? 1 : 0;
                loss += nearness[best] + Math.log(sum) - nearness[c];
            }
        }
        return new Said((double) right / (way * query), loss / (way * query));
    }
}
