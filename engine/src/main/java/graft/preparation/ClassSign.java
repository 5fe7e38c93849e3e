package graft.preparation;

import graft.image.PictureSample;
import graft.image.UsualPreparations;
import graft.meaning.Classifier;
import graft.progress.Progress;
import graft.rank.LogMe;
import java.util.Arrays;
import java.util.Locale;

/**
 * How much what the network answers says of the classes that the user's pictures are of ({@link LogMe}), whatever classes it knows itself:
 * its probabilities, or the likeliest class alone, for a network may be right without being sure.
 */
final class ClassSign implements Sign {
    /** Natural units of evidence for each picture: what is drawn by lot changes it by about half as much. */
    private static final double DECIDES = 0.1;

    private static final double DECIDES_ORDER = 0.5;
    /** Of all pictures together. */
    private static final double LEAST = 4;

    private final AskedNetwork asked;
    private final boolean classifies;
    private final PictureSample sample;
    private final int most;
    private final Progress progress;

    /** @param classifies whether it answers with scores of classes of its own */
    ClassSign(Classifier network, boolean classifies, PictureSample sample, int most, int threads, Progress progress) {
        this.asked = new AskedNetwork(network, network.answer().scores(), java.util.List.of(), threads);
        this.classifies = classifies;
        this.sample = sample;
        this.most = most;
        this.progress = progress;
    }

    @Override
    public double fit(UsualPreparations tried) {
        float[][] answers =
                asked.said(sample, most, tried.how(), false, progress).answers();
        if (!classifies) {
            return evidence(answers);
        }
        float[][] shares = Shares.of(answers);
        // Of many more classes than the user's nearly every picture is one of its own, which tells them apart by
        // chance.
        boolean few = shares[0].length <= sample.classes().size();
        return few ? Math.max(evidence(shares), evidence(Shares.likeliest(shares))) : evidence(shares);
    }

    private double evidence(float[][] features) {
        for (float[] row : features) {
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    return Double.NEGATIVE_INFINITY;
                }
            }
        }
        int[] labels = Arrays.copyOf(sample.labels(), features.length);
        double evidence = LogMe.centred(features, labels, sample.classes().size());
        return Double.isFinite(evidence) ? evidence * features.length : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double decides() {
        return Math.max(LEAST, DECIDES * Math.min(most, sample.size()));
    }

    @Override
    public double decidesOrder() {
        return Math.max(LEAST, DECIDES_ORDER * Math.min(most, sample.size()));
    }

    @Override
    public double least() {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public String inWords() {
        return "what its answers say of your classes (logarithm of the evidence, higher is better: ";
    }

    @Override
    public String number(double fit) {
        return String.format(Locale.ROOT, "%.1f", fit);
    }

    @Override
    public void close() {
        asked.close();
    }
}
