package graft.run;

import graft.Refusal;
import graft.image.Augmentation;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.Head;
import graft.network.TrainableSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that decides what a run gives, so that it can be repeated. Saved with the run.
 *
 * @param network the {@code .onnx} file to start from
 * @param data what to learn from
 * @param out the run folder
 * @param trainable what learns: {@code head}, {@code all}, {@code last:N}, {@code from:LAYER} or layer-name globs
 * @param batch examples that go through the network at once
 * @param accumulate how many such batches make a step: their gradients are added up
 * @param momentum of SGD; AdamW does not use it
 * @param earlyStop epochs without a better validation accuracy, or as good a one with a lower loss, after which to stop;
 *     0 = never
 * @param classWeights whether rare classes count more, so that all classes count the same together
 * @param labelSmoothing share of the target spread over all classes, 0…1
 * @param keepStatistics whether batch norms that learn keep their stored statistics
 * @param dropout whether dropout acts in the part that learns
 * @param views augmented views per example, gone through epoch by epoch; 0 = a new one every epoch
 * @param features the tensor the head stands on; empty = the old classifier's input
 * @param preprocessing of pictures; empty for data that is fed as it is
 * @param skipUnreadable whether pictures that cannot be read are left out instead of refused
 * @param threads for computing; 0 = one per core
 * @param checkpointSeconds least time between two checkpoints; 0 = one after every step
 * @param reading what the user says of the network's inputs and outputs
 */
public record FineTuningPlan(
        Path network,
        Path data,
        Path out,
        String trainable,
        int epochs,
        int batch,
        int accumulate,
        OptimizerKind optimizer,
        double learningRate,
        double momentum,
        double weightDecay,
        Schedule schedule,
        Augmentation augment,
        int earlyStop,
        boolean classWeights,
        double labelSmoothing,
        boolean keepStatistics,
        boolean dropout,
        long seed,
        int views,
        boolean shuffle,
        Head.Init headInit,
        Optional<String> features,
        Optional<Preprocessing> preprocessing,
        boolean skipUnreadable,
        int threads,
        double checkpointSeconds,
        Computing computing,
        Reading reading) {

    public FineTuningPlan {
        // The plans of runs that began before there was this choice have nothing of the kind.
        accumulate = accumulate == 0 ? 1 : accumulate;
        computing = computing == null ? Computing.USUAL : computing;
        reading = reading == null ? Reading.USUAL : reading;
        PlanOptions.EPOCHS.check(epochs);
        PlanOptions.BATCH.check(batch);
        PlanOptions.ACCUMULATE.check(accumulate);
        PlanOptions.LEARNING_RATE.check(learningRate);
        PlanOptions.MOMENTUM.check(momentum);
        PlanOptions.WEIGHT_DECAY.check(weightDecay);
        PlanOptions.EARLY_STOP.check(earlyStop);
        PlanOptions.LABEL_SMOOTHING.check(labelSmoothing);
        PlanOptions.VIEWS_PER_EXAMPLE.check(views);
        PlanOptions.THREADS.check(threads);
        PlanOptions.CHECKPOINT_SECONDS.check(checkpointSeconds);
        TrainableSpec.checkForm(required("trainable", trainable));
        required("network", network);
        required("data", data);
        required("out", out);
        required("optimizer", optimizer);
        required("schedule", schedule);
        required("augment", augment);
        required("head_init", headInit);
    }

    private static <T> T required(String name, T value) {
        if (value == null) {
            throw new Refusal("the plan does not say its " + name + ".");
        }
        return value;
    }

    /** Of a network whose file speaks for itself. */
    public FineTuningPlan(
            Path network,
            Path data,
            Path out,
            String trainable,
            int epochs,
            int batch,
            int accumulate,
            OptimizerKind optimizer,
            double learningRate,
            double momentum,
            double weightDecay,
            Schedule schedule,
            Augmentation augment,
            int earlyStop,
            boolean classWeights,
            double labelSmoothing,
            boolean keepStatistics,
            boolean dropout,
            long seed,
            int views,
            boolean shuffle,
            Head.Init headInit,
            Optional<String> features,
            Optional<Preprocessing> preprocessing,
            boolean skipUnreadable,
            int threads,
            double checkpointSeconds,
            Computing computing) {
        this(
                network,
                data,
                out,
                trainable,
                epochs,
                batch,
                accumulate,
                optimizer,
                learningRate,
                momentum,
                weightDecay,
                schedule,
                augment,
                earlyStop,
                classWeights,
                labelSmoothing,
                keepStatistics,
                dropout,
                seed,
                views,
                shuffle,
                headInit,
                features,
                preprocessing,
                skipUnreadable,
                threads,
                checkpointSeconds,
                computing,
                Reading.USUAL);
    }

    /** The same plan for data that were moved. */
    public FineTuningPlan withData(Path moved) {
        return new FineTuningPlan(
                network,
                moved,
                out,
                trainable,
                epochs,
                batch,
                accumulate,
                optimizer,
                learningRate,
                momentum,
                weightDecay,
                schedule,
                augment,
                earlyStop,
                classWeights,
                labelSmoothing,
                keepStatistics,
                dropout,
                seed,
                views,
                shuffle,
                headInit,
                features,
                preprocessing,
                skipUnreadable,
                threads,
                checkpointSeconds,
                computing,
                reading);
    }

    /** Examples per step. */
    public int stepSize() {
        return Math.multiplyExact(batch, accumulate);
    }

    /** The ways to change weights by gradients. */
    public enum OptimizerKind {
        SGD,
        ADAMW
    }
}
