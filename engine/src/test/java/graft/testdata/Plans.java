package graft.testdata;

import graft.image.Augmentation;
import graft.image.Preprocessing;
import graft.network.Head;
import graft.run.Computing;
import graft.run.FineTuningPlan;
import graft.run.FineTuningPlan.OptimizerKind;
import graft.run.Schedule;
import java.nio.file.Path;
import java.util.Optional;

/** Plans with the command line's defaults, without dropout; on two threads. */
public final class Plans {
    private final Path network;
    private final Path data;
    private Path out;
    private String trainable = "head";
    private int epochs = 3;
    private int batch = 16;
    private int accumulate = 1;
    private OptimizerKind optimizer = OptimizerKind.SGD;
    private double learningRate = 0.01;
    private double weightDecay;
    private int earlyStop;
    private Augmentation augment = Augmentation.NONE;
    private int views;
    private long seed = 1;
    private Optional<Preprocessing> preprocessing = Optional.empty();
    private boolean shuffle = true;
    private Head.Init headInit = Head.Init.DEFAULT;
    private Computing computing = Computing.USUAL;

    private Plans(Path network, Path data, Path out) {
        this.network = network;
        this.data = data;
        this.out = out;
    }

    public static Plans of(Path network, Path data, Path out) {
        return new Plans(network, data, out);
    }

    public Plans out(Path folder) {
        out = folder;
        return this;
    }

    public Plans trainable(String spec) {
        trainable = spec;
        return this;
    }

    public Plans epochs(int count) {
        epochs = count;
        return this;
    }

    public Plans batch(int size) {
        batch = size;
        return this;
    }

    public Plans accumulate(int batches) {
        accumulate = batches;
        return this;
    }

    public Plans adamW() {
        optimizer = OptimizerKind.ADAMW;
        return this;
    }

    public Plans learningRate(double rate) {
        learningRate = rate;
        return this;
    }

    public Plans weightDecay(double decay) {
        weightDecay = decay;
        return this;
    }

    public Plans earlyStop(int patience) {
        earlyStop = patience;
        return this;
    }

    public Plans augment(String spec, int viewsPerExample) {
        augment = Augmentation.parse(spec);
        views = viewsPerExample;
        return this;
    }

    public Plans seed(long number) {
        seed = number;
        return this;
    }

    public Plans preprocessing(Preprocessing how) {
        preprocessing = Optional.of(how);
        return this;
    }

    public Plans inOrder() {
        shuffle = false;
        return this;
    }

    public Plans headInit(Head.Init init) {
        headInit = init;
        return this;
    }

    public Plans computing(Computing how) {
        computing = how;
        return this;
    }

    public FineTuningPlan build() {
        return new FineTuningPlan(
                network,
                data,
                out,
                trainable,
                epochs,
                batch,
                accumulate,
                optimizer,
                learningRate,
                0.9,
                weightDecay,
                Schedule.CONSTANT,
                augment,
                earlyStop,
                false,
                0,
                false,
                false,
                seed,
                views,
                shuffle,
                headInit,
                Optional.empty(),
                preprocessing,
                false,
                2,
                2,
                computing);
    }
}
