package graft.preparation;

import graft.image.PictureSample;
import graft.image.UsualPreparations;
import graft.meaning.Classifier;
import graft.progress.Progress;
import java.util.List;
import java.util.Locale;

/** Whether what arrives at the first batch norms is what arrived there while the network learnt. Only their part of the network runs. */
final class NormSign implements Sign {
    private static final int PICTURES = 32;
    /** A quarter nearer: of the mean divergence's logarithm. */
    private static final double NEARER = Math.log(1.25);
    /** Beyond this no usual way is like what was learnt from. */
    private static final double FARTHEST = 1.5;

    private final List<StoredNorm> norms;
    private final AskedNetwork asked;
    private final PictureSample sample;
    private final Progress progress;

    NormSign(Classifier network, List<StoredNorm> norms, PictureSample sample, int threads, Progress progress) {
        this.norms = norms;
        this.asked = new AskedNetwork(network, "", norms, threads);
        this.sample = sample;
        this.progress = progress;
    }

    @Override
    public double fit(UsualPreparations tried) {
        Said said = asked.said(sample, PICTURES, tried.how(), false, progress);
        double sum = 0;
        for (int k = 0; k < norms.size(); k++) {
            sum += norms.get(k).distance(said.arriving().get(k));
        }
        return -Math.log(Math.max(1e-6, sum / norms.size()));
    }

    @Override
    public double decides() {
        return NEARER;
    }

    @Override
    public double least() {
        return -Math.log(FARTHEST);
    }

    @Override
    public String inWords() {
        return norms.size() == 1
                ? "what its first batch norm expects (distance from its stored statistics: "
                : "what its first " + norms.size() + " batch norms expect (distance from their stored statistics: ";
    }

    @Override
    public String number(double fit) {
        return String.format(Locale.ROOT, "%.3g", Math.exp(-fit));
    }

    @Override
    public void close() {
        asked.close();
    }
}
