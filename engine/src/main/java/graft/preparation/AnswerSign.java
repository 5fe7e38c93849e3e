package graft.preparation;

import graft.image.PictureSample;
import graft.image.UsualPreparations;
import graft.meaning.Classifier;
import graft.progress.Progress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the answers of a classifier depend on the picture, and on it alone: how much more the answer to a picture is like that to its
 * mirror image than like those to other pictures. Numbers that are too small give one answer for all, too large ones are sure of
 * something else for the mirror image. Among ways of one contrast, the one that it is surest of then counts.
 */
final class AnswerSign implements Sign {
    private static final double DECIDES = 0.25;
    private static final double LEAST = 0.3;
    /** Of likeness: keeps sure and different answers finite. */
    private static final double UNLIKE = 1e-9;
    /** Of the best fit: what fits as well, among ways of one contrast. */
    private static final double AS_WELL = 0.5;

    private static final double SAME_CONTRAST = 0.1;

    private final AskedNetwork asked;
    private final PictureSample sample;
    private final int most;
    private final Progress progress;
    private final Map<UsualPreparations, Double> entropies = new HashMap<>();

    AnswerSign(Classifier network, PictureSample sample, int most, int threads, Progress progress) {
        this.asked = new AskedNetwork(network, network.answer().scores(), java.util.List.of(), threads);
        this.sample = sample;
        this.most = most;
        this.progress = progress;
    }

    @Override
    public double fit(UsualPreparations tried) {
        float[][] plain =
                Shares.of(asked.said(sample, most, tried.how(), false, progress).answers());
        float[][] mirrored =
                Shares.of(asked.said(sample, most, tried.how(), true, progress).answers());
        double out = 0;
        double entropy = 0;
        for (int i = 0; i < plain.length; i++) {
            double others = 0;
            for (float[] other : mirrored) {
                others += Shares.likeness(plain[i], other) / mirrored.length;
            }
            out += Math.log(Math.max(UNLIKE, Shares.likeness(plain[i], mirrored[i])))
                    - Math.log(Math.max(UNLIKE, others));
            entropy += Shares.entropy(plain[i]);
        }
        double fit = out / plain.length;
        entropies.put(tried, entropy / plain.length);
        return Double.isFinite(fit) ? fit : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double decides() {
        return DECIDES;
    }

    @Override
    public double least() {
        return LEAST;
    }

    /** The one that the network is surest of: what is offset or in another order of colours is stranger to it. */
    @Override
    public UsualPreparations preferred(UsualPreparations best, Map<UsualPreparations, Double> fits) {
        return fits.keySet().stream()
                .filter(way -> Math.abs(way.contrast() - best.contrast()) <= SAME_CONTRAST * best.contrast()
                        && fits.get(way) >= AS_WELL * fits.get(best))
                .min(Comparator.comparing(entropies::get))
                .orElse(best);
    }

    @Override
    public String inWords() {
        return "how much its answers depend on the picture (likeness to the answer for its mirror image, against those for others: ";
    }

    @Override
    public String number(double fit) {
        return String.format(Locale.ROOT, "%.2f", fit);
    }

    @Override
    public void close() {
        asked.close();
    }
}
