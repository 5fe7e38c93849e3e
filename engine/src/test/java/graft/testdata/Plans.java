package graft.testdata;

import graft.image.Augmentation;
import graft.image.Preprocessing;
import graft.network.Head;
import graft.options.Option;
import graft.run.Computing;
import graft.run.FineTuningPlan;
import graft.run.FineTuningPlan.OptimizerKind;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.Optional;

/** Plans with the command line's defaults, without dropout; three epochs on two threads. */
public final class Plans {
    private FineTuningPlan plan;

    private Plans(FineTuningPlan plan) {
        this.plan = plan;
    }

    public static Plans of(Path network, Path data, Path out) {
        return new Plans(FineTuningPlan.of(network, data, out))
                .with(PlanOptions.EPOCHS, 3)
                .with(PlanOptions.DROPOUT, false)
                .with(PlanOptions.THREADS, 2);
    }

    public <T> Plans with(Option<T> option, T value) {
        plan = plan.with(option, value);
        return this;
    }

    public Plans out(Path folder) {
        plan = plan.withOut(folder);
        return this;
    }

    public Plans trainable(String spec) {
        return with(PlanOptions.TRAINABLE, spec);
    }

    public Plans epochs(int count) {
        return with(PlanOptions.EPOCHS, count);
    }

    public Plans batch(int size) {
        return with(PlanOptions.BATCH, size);
    }

    public Plans accumulate(int batches) {
        return with(PlanOptions.ACCUMULATE, batches);
    }

    public Plans adamW() {
        return with(PlanOptions.OPTIMIZER, OptimizerKind.ADAMW);
    }

    public Plans learningRate(double rate) {
        return with(PlanOptions.LEARNING_RATE, rate);
    }

    public Plans weightDecay(double decay) {
        return with(PlanOptions.WEIGHT_DECAY, decay);
    }

    public Plans earlyStop(int patience) {
        return with(PlanOptions.EARLY_STOP, patience);
    }

    public Plans augment(String spec, int viewsPerExample) {
        return with(PlanOptions.AUGMENT, Augmentation.parse(spec)).with(PlanOptions.VIEWS_PER_EXAMPLE, viewsPerExample);
    }

    public Plans seed(long number) {
        return with(PlanOptions.SEED, number);
    }

    public Plans preprocessing(Preprocessing how) {
        plan = plan.withPreprocessing(Optional.of(how));
        return this;
    }

    public Plans inOrder() {
        return with(PlanOptions.SHUFFLE, false);
    }

    public Plans headInit(Head.Init init) {
        return with(PlanOptions.HEAD_INIT, init);
    }

    public Plans computing(Computing how) {
        return with(PlanOptions.DEVICE, how.device())
                .with(PlanOptions.PRECISION, how.precision())
                .with(PlanOptions.CHECKPOINT_ACTIVATIONS, how.checkpointActivations());
    }

    public FineTuningPlan build() {
        return plan;
    }
}
