package graft.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.Predictions;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * A file as it answers, and apart from that with test-time augmentation.
 *
 * @param file what the file alone does
 */
record EvaluatedTwice(@JsonUnwrapped ClassEvaluation file, Augmented tta) {

    /**
     * The mean of the probabilities for each picture and its mirror image.
     *
     * @param views that were averaged
     */
    record Augmented(int views, double accuracy, double[] interval, double gain) {}

    static EvaluatedTwice of(ClassEvaluation file, Predictions plain, Predictions mirrored) {
        float[][] mean = new float[plain.probabilities().length][];
        int[] predicted = new int[mean.length];
        for (int i = 0; i < mean.length; i++) {
            float[] one = plain.probabilities()[i];
            float[] other = mirrored.probabilities()[i];
            mean[i] = new float[one.length];
            for (int c = 0; c < one.length; c++) {
                mean[i][c] = (one[c] + other[c]) / 2;
                predicted[i] = mean[i][c] > mean[i][predicted[i]] ? c : predicted[i];
            }
        }
        ClassEvaluation both =
                ClassEvaluation.of(new Predictions(plain.classes(), plain.names(), plain.truth(), predicted, mean));
        return new EvaluatedTwice(
                file, new Augmented(2, both.accuracy(), both.interval(), both.accuracy() - file.accuracy()));
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "With test-time augmentation (the mean of the probabilities for each picture and its mirror image): %.1f %%"
                        + " [%.1f, %.1f]. The file does not do this; whoever asks it would have to.%n",
                100 * tta.accuracy(),
                100 * tta.interval()[0],
                100 * tta.interval()[1]);
    }
}
