package graft.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import graft.judge.Evaluation;
import graft.judge.Score;
import graft.judge.Wilson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A network's predictions held against the truth.
 *
 * @param accuracy share of examples that were right, 0…1
 * @param interval [low, high], in which the accuracy on unseen examples of the same kind lies with 95 % (Wilson, JASA 1927)
 * @param baseline accuracy of always naming the most frequent class
 * @param classes names, in the order of the matrix
 * @param confusion counts, [true class][predicted class]
 * @param perClass in the order of {@code classes}
 * @param wrong the most confident mistakes first, at most 50; empty where the examples have no names
 * @param n number of examples
 * @param remarks for the user: what was assumed, and what looks wrong
 * @param confidence whether it is as often right as it is sure; empty where probabilities are not known
 */
public record ClassEvaluation(
        double accuracy,
        double[] interval,
        double baseline,
        List<String> classes,
        int[][] confusion,
        List<ClassScore> perClass,
        List<Wrong> wrong,
        int n,
        List<String> remarks,
        Optional<Confidence> confidence)
        implements Evaluation {

    public ClassEvaluation {
        // Files of earlier versions do not say it.
        confidence = confidence == null ? Optional.empty() : confidence;
    }

    private static final int MOST_WRONG = 50;

    /** {@code truth} and {@code predicted}: indices into {@code classes}, one per example; at least one. */
    public static ClassEvaluation of(List<String> classes, int[] truth, int[] predicted) {
        return of(new Predictions(classes, List.of(), truth, predicted, new float[0][]));
    }

    /** From counts alone, rows true and columns predicted: what is known of single examples stays out. */
    public static ClassEvaluation of(List<String> classes, int[][] confusion) {
        int n = Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
        int[] truth = new int[n];
        int[] predicted = new int[n];
        int at = 0;
        for (int row = 0; row < confusion.length; row++) {
            for (int column = 0; column < confusion.length; column++) {
                int end = at + confusion[row][column];
                Arrays.fill(truth, at, end, row);
                Arrays.fill(predicted, at, end, column);
                at = end;
            }
        }
        return of(classes, truth, predicted);
    }

    public static ClassEvaluation of(Predictions predictions) {
        int[] truth = predictions.truth();
        int n = truth.length;
        if (n == 0 || n != predictions.predicted().length) {
            throw new IllegalArgumentException(n + " truths for " + predictions.predicted().length + " predictions");
        }
        int count = predictions.classes().size();
        int[][] confusion = new int[count][count];
        for (int i = 0; i < n; i++) {
            confusion[truth[i]][predictions.predicted()[i]]++;
        }
        int right = IntStream.range(0, count).map(c -> confusion[c][c]).sum();
        int largest = IntStream.range(0, count)
                .map(c -> IntStream.of(confusion[c]).sum())
                .max()
                .getAsInt();
        List<ClassScore> scores = IntStream.range(0, count)
                .mapToObj(c -> score(predictions, confusion, c))
                .toList();
        return new ClassEvaluation(
                (double) right / n,
                Wilson.interval(right, n),
                (double) largest / n,
                List.copyOf(predictions.classes()),
                confusion,
                scores,
                wrong(predictions),
                n,
                predictions.remarks(),
                Confidence.isKnown(predictions) ? Optional.of(Confidence.of(predictions)) : Optional.empty());
    }

    /** Expected calibration error; null where probabilities are not known. */
    @JsonProperty
    public Double ece() {
        return confidence.map(Confidence::ece).orElse(null);
    }

    /** Brier score; null where probabilities are not known. */
    @JsonProperty
    public Double brier() {
        return confidence.map(Confidence::brier).orElse(null);
    }

    /** Mean negative log-likelihood; null where probabilities are not known. */
    @JsonProperty
    public Double nll() {
        return confidence.map(Confidence::nll).orElse(null);
    }

    /** Area under the ROC curve; null where it is not defined. */
    @JsonProperty
    public Double auc() {
        return confidence
                .filter(known -> known.auc().isPresent())
                .map(known -> known.auc().getAsDouble())
                .orElse(null);
    }

    /** Mean of the recalls of the classes that have examples: what each class counts, however many examples it has. */
    @JsonProperty
    public double balancedAccuracy() {
        return perClass.stream()
                .filter(score -> score.support() > 0)
                .mapToDouble(ClassScore::recall)
                .average()
                .orElse(0);
    }

    private static ClassScore score(Predictions predictions, int[][] confusion, int c) {
        int hit = confusion[c][c];
        int support = IntStream.of(confusion[c]).sum();
        int called = 0;
        for (int[] row : confusion) {
            called += row[c];
        }
        double precision = called == 0 ? 0 : (double) hit / called;
        double recall = support == 0 ? 0 : (double) hit / support;
        double f1 = hit == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return new ClassScore(
                predictions.classes().get(c),
                precision,
                recall,
                f1,
                support,
                averagePrecision(predictions, c, support));
    }

    /** Mean of the precision at each rise of recall (scikit-learn's average_precision_score); ties count as one step. */
    private static OptionalDouble averagePrecision(Predictions predictions, int c, int support) {
        float[][] probabilities = predictions.probabilities();
        if (probabilities.length == 0 || support == 0) {
            return OptionalDouble.empty();
        }
        int[] ranked = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i][c]))
                .mapToInt(Integer::intValue)
                .toArray();
        double sum = 0;
        int hits = 0;
        int hitsBefore = 0;
        for (int rank = 0; rank < ranked.length; rank++) {
            hits += predictions.truth()[ranked[rank]] == c ? 1 : 0;
            boolean tied =
                    rank + 1 < ranked.length && probabilities[ranked[rank]][c] == probabilities[ranked[rank + 1]][c];
            if (!tied) {
                sum += (double) (hits - hitsBefore) / support * hits / (rank + 1);
                hitsBefore = hits;
            }
        }
        return OptionalDouble.of(sum);
    }

    private static List<Wrong> wrong(Predictions predictions) {
        if (predictions.names().isEmpty() || predictions.probabilities().length == 0) {
            return List.of();
        }
        List<Wrong> out = new ArrayList<>();
        for (int i = 0; i < predictions.truth().length; i++) {
            int said = predictions.predicted()[i];
            if (said != predictions.truth()[i]) {
                out.add(new Wrong(
                        predictions.names().get(i),
                        predictions.classes().get(predictions.truth()[i]),
                        predictions.classes().get(said),
                        predictions.probabilities()[i][said]));
            }
        }
        out.sort(Comparator.comparingDouble(Wrong::confidence).reversed());
        return List.copyOf(out.subList(0, Math.min(MOST_WRONG, out.size())));
    }

    /** "94.8 %, 90.0–97.4 on 153 examples": the accuracy for a person. */
    public String headline() {
        return String.format(
                java.util.Locale.ROOT,
                "%.1f %%, %.1f–%.1f on %d examples",
                100 * accuracy,
                100 * interval[0],
                100 * interval[1],
                n);
    }

    @Override
    public Score primary() {
        return Score.share("accuracy", accuracy, interval);
    }

    @Override
    public List<Score> scores() {
        return List.of(primary(), Score.share("balanced_accuracy", balancedAccuracy(), null));
    }

    @Override
    public double loss() {
        return confidence.map(Confidence::nll).orElse(Double.NaN);
    }

    /** Answers that are no numbers were refused before. */
    @Override
    public int firstNotFinite() {
        return -1;
    }

    @Override
    public Optional<int[][]> confusionMatrix() {
        return Optional.of(confusion);
    }
}
