package graft.run;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import graft.judge.Wilson;
import graft.progress.Event;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What came of a run.
 *
 * @param status {@code finished}; {@code stopped} when the user ended it with the best so far, {@code interrupted} when
 *     nothing was written yet: these two can be resumed
 * @param valScore of {@code network}, as ONNX Runtime answers from the file
 * @param metric what the scores are: {@code accuracy} where answers are classes
 * @param bestEpoch the epoch whose weights are in {@code network}, from 1
 * @param network the exported file; null until the run is finished
 * @param classes in the order of the network's answers; empty where answers are no classes
 * @param confusion of {@code network} on the validation examples, rows true, columns predicted; null where answers are no
 *     classes
 * @param parityMaxAbs largest difference between the engine's answers and those of ONNX Runtime on the written file
 * @param frozenTensors weights and statistics of the body that did not learn
 * @param frozenUnchanged whether they are the same, byte for byte, in both files as read again from disk
 * @param peakMib largest resident memory of the process
 * @param provenance what the result came from: hashes and versions
 * @param remarks what the user should know before using the network: that training diverged and was ended, or that its loss is
 *     far above that of guessing
 * @param testScore of {@code network} on examples that chose nothing; null where the data have none
 * @param testExamples how many these are
 * @param stages those that were begun
 * @param adapter of a run with thin matrices, what became of them; null of others
 * @param inserted of a run with adapters that stay in the network, where they are; null of others
 * @param task that the network was trained for
 * @param target scores on another domain; null where none was given
 * @param baseline what the same run without another domain and a teacher came to; null where it was not asked for
 */
// What is an accuracy goes before the last component: behind it Jackson would find it set already.
@JsonPropertyOrder({"status", "epochs", "val_accuracy", "test_accuracy", "target_accuracy"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FineTuningResult(
        String status,
        List<Epoch> epochs,
        @JsonAlias("val_accuracy") Double valScore,
        String metric,
        Integer bestEpoch,
        Path network,
        List<String> classes,
        int[][] confusion,
        Double parityMaxAbs,
        long trainableParameters,
        int frozenTensors,
        Boolean frozenUnchanged,
        CacheUse featureCache,
        double seconds,
        long peakMib,
        Map<String, String> provenance,
        List<String> remarks,
        @JsonAlias("test_accuracy") Double testScore,
        Integer testExamples,
        List<StageDone> stages,
        Merged adapter,
        Inserted inserted,
        String task,
        OnTarget target,
        Baseline baseline) {

    public static final String STOPPED = "stopped";
    private static final String ACCURACY = "accuracy";

    public FineTuningResult {
        // Results of earlier versions have none.
        remarks = remarks == null ? List.of() : remarks;
        stages = stages == null ? List.of() : stages;
        metric = metric == null ? ACCURACY : metric;
        task = task == null ? "image-classification" : task;
    }

    /**
     * How a network fares on another domain, whose labels chose nothing.
     *
     * @param score of {@code network}, as ONNX Runtime answers from the file
     * @param examples that were judged
     * @param interval [low, high] in which the score lies with 95 % on unseen examples of that domain; null where that is not known
     */
    public record OnTarget(double score, int examples, double[] interval) {}

    /**
     * Adapters that stay in the network.
     *
     * @param size how many numbers go through each
     * @param layers behind which they stand
     * @param parameters that learnt in them
     * @param file where they are kept without the network
     */
    public record Inserted(int size, List<String> layers, long parameters, Path file) {}

    /**
     * A run of the same plan without another domain and without a teacher.
     *
     * @param out its run folder
     * @param targetScore null where no target was judged
     * @param targetGain what the run has more on the target
     * @param valGain what it has more on the validation examples
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Baseline(Path out, double valScore, Double targetScore, Double targetGain, double valGain) {}

    /** Of another domain, where it is an accuracy, 0…1; else null. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Double targetAccuracy() {
        return target != null && metric.equals(ACCURACY) ? target.score() : null;
    }

    /** The score where it is an accuracy, 0…1; else null. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Double valAccuracy() {
        return metric.equals(ACCURACY) ? valScore : null;
    }

    /** How many examples to validate {@link #confusion} counts; null where answers are no classes. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Integer valExamples() {
        return confusion == null
                ? null
                : Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
    }

    /** [low, high], in which the accuracy on unseen examples of the kind lies with 95 % (Wilson); null where answers are no classes. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public double[] valInterval() {
        return confusion == null || valExamples() == 0
                ? null
                : Wilson.interval(
                        IntStream.range(0, confusion.length)
                                .map(i -> confusion[i][i])
                                .sum(),
                        valExamples());
    }

    /** Accuracy of always naming the class that most validation examples are of, 0…1; null where answers are no classes. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Double majority() {
        return confusion == null || valExamples() == 0
                ? null
                : Arrays.stream(confusion)
                                .mapToInt(row -> IntStream.of(row).sum())
                                .max()
                                .orElse(0)
                        / (double) valExamples();
    }

    /** The test score where it is an accuracy, 0…1; else null. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Double testAccuracy() {
        return metric.equals(ACCURACY) ? testScore : null;
    }

    /**
     * One pass over the training examples. Training figures are those of the steps themselves, weights changing.
     *
     * @param epoch from 1, over all stages
     * @param stage from 1
     * @param trainScore of the kind of {@code valScore}; NaN where no such number exists for a single example
     * @param metric what the scores are
     * @param targetScore of the examples of another domain, which choose nothing; null where there are none
     */
    // What is an accuracy goes before the last component: behind it Jackson would find it set already.
    @JsonPropertyOrder({
        "epoch",
        "stage",
        "train_loss",
        "train_accuracy",
        "train_score",
        "val_loss",
        "val_accuracy",
        "target_accuracy",
        "target_score"
    })
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Epoch(
            int epoch,
            int stage,
            double trainLoss,
            @JsonAlias("train_accuracy") double trainScore,
            double valLoss,
            @JsonAlias("val_accuracy") double valScore,
            String metric,
            double seconds,
            @JsonAlias("target_accuracy") Double targetScore)
            implements Event {
        public Epoch {
            // Epochs of earlier versions do not say these.
            metric = metric == null ? ACCURACY : metric;
            stage = Math.max(1, stage);
        }

        /** Of one domain. */
        public Epoch(
                int epoch,
                int stage,
                double trainLoss,
                double trainScore,
                double valLoss,
                double valScore,
                String metric,
                double seconds) {
            this(epoch, stage, trainLoss, trainScore, valLoss, valScore, metric, seconds, null);
        }

        /** The score where it is an accuracy, 0…1; else null. */
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public Double trainAccuracy() {
            return metric.equals(ACCURACY) ? trainScore : null;
        }

        /** The score where it is an accuracy, 0…1; else null. */
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public Double valAccuracy() {
            return metric.equals(ACCURACY) ? valScore : null;
        }

        /** The score of the target domain where it is an accuracy, 0…1; else null. */
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public Double targetAccuracy() {
            return metric.equals(ACCURACY) ? targetScore : null;
        }

        @Override
        public String kind() {
            return "epoch";
        }

        @Override
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "epoch %d: loss %.4f, %svalidation loss %.4f, %s %.4f%s (%.1f s)",
                    epoch,
                    trainLoss,
                    Double.isNaN(trainScore) ? "" : String.format(Locale.ROOT, "%s %.4f, ", metric, trainScore),
                    valLoss,
                    metric,
                    valScore,
                    targetScore == null ? "" : String.format(Locale.ROOT, ", target %s %.4f", metric, targetScore),
                    seconds);
        }
    }

    /**
     * A stage, and how far it came.
     *
     * @param stage from 1
     * @param trainable what learnt
     * @param epochs that it was to have
     * @param firstEpoch the run's epoch that it began with, from 1
     * @param epochsDone fewer where it stopped early
     */
    public record StageDone(
            int stage,
            String trainable,
            double learningRate,
            double lrDecay,
            int epochs,
            int firstEpoch,
            int epochsDone,
            long trainableParameters) {}

    /**
     * Thin matrices that were added to weights.
     *
     * @param rank of them
     * @param layers beside which they learnt
     * @param parameters of the thin matrices alone
     * @param tensorsChanged weights that are others in the file for it; all other tensors but the head's are as they were, where
     *     {@code frozenUnchanged} says so
     * @param maxAbsDifference largest difference of answers, the file's to those with the thin matrices beside the weights, both
     *     by ONNX Runtime
     * @param maxAbs the largest of the answers, at least 1
     * @param file what was learnt without the network that it was learnt beside
     */
    public record Merged(
            int rank,
            double alpha,
            List<String> layers,
            long parameters,
            int tensorsChanged,
            double maxAbsDifference,
            double maxAbs,
            Path file) {}

    /**
     * What was computed once instead of every epoch.
     *
     * @param views per training example
     * @param seconds spent on filling it
     */
    public record CacheUse(int views, long bytes, double seconds) {}

    /** Whether the user ended it before its plan was done: there is a network, and more to learn. */
    public boolean wasStopped() {
        return status.equals(STOPPED);
    }
}
