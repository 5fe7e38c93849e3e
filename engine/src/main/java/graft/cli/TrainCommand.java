package graft.cli;

import graft.data.Augmentation;
import graft.network.Head;
import graft.progress.Progress;
import graft.train.FineTuner;
import graft.train.FineTuningPlan;
import graft.train.FineTuningPlan.OptimizerKind;
import graft.train.FineTuningResult;
import graft.train.Schedule;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft train}. */
@Command(name = "train", description = "Fine-tunes a network on examples.", sortOptions = false)
final class TrainCommand extends RunCommand {
    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description =
                    "What to start from: an .onnx file, a folder that holds one, or a built-in network (graft-resnet, minilm).")
    private Path network;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private DataArguments data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run folder to make.")
    private Path out;

    @Option(
            names = "--trainable",
            defaultValue = "head",
            paramLabel = "SPEC",
            description = "What learns: head, all, last:N, from:LAYER or layer-name globs (default: head).")
    private String trainable;

    @Option(names = "--epochs", defaultValue = "10", description = "Passes over the examples (default: 10).")
    private int epochs;

    @Option(names = "--batch", defaultValue = "16", description = "Examples at once (default: 16).")
    private int batch;

    @Option(
            names = "--accumulate",
            defaultValue = "1",
            paramLabel = "N",
            description = "Batches whose gradients are added up for one step, where memory is short (default: 1).")
    private int accumulate;

    @Option(names = "--optimizer", defaultValue = "sgd", description = "sgd or adamw (default: sgd).")
    private OptimizerKind optimizer;

    @Option(names = "--lr", defaultValue = "0.01", description = "Learning rate (default: 0.01).")
    private double learningRate;

    @Option(names = "--momentum", defaultValue = "0.9", description = "Momentum of sgd (default: 0.9).")
    private double momentum;

    @Option(names = "--weight-decay", defaultValue = "0", description = "Weight decay (default: 0).")
    private double weightDecay;

    @Option(
            names = "--schedule",
            defaultValue = "constant",
            description = "constant, cosine or onecycle (default: constant).")
    private Schedule schedule;

    @Option(
            names = "--augment",
            defaultValue = "none",
            description = "Comma-separated: flip, crop, color, rotate[:DEGREES] (default: none).")
    private String augment;

    @Option(
            names = "--early-stop",
            defaultValue = "0",
            paramLabel = "N",
            description = "Stop after N epochs without a better validation accuracy, or as good a one with a lower loss"
                    + " (default: never).")
    private int earlyStop;

    @Option(names = "--class-weights", description = "Let all classes weigh the same in sum.")
    private boolean classWeights;

    @Option(names = "--label-smoothing", defaultValue = "0", description = "Share spread over all classes, 0 to 1.")
    private double labelSmoothing;

    @Option(names = "--keep-statistics", description = "Batch norms that learn keep their stored statistics.")
    private boolean keepStatistics;

    @Option(names = "--no-dropout", description = "Dropout does nothing.")
    private boolean noDropout;

    @Option(
            names = "--views",
            defaultValue = "0",
            paramLabel = "K",
            description =
                    "Augmented views per example, gone through epoch by epoch and cached where the body is frozen;"
                            + " 0 = a new one every epoch (default).")
    private int views;

    @Option(names = "--no-shuffle", description = "Keep the order of the examples.")
    private boolean noShuffle;

    @Option(names = "--head-init", defaultValue = "default", description = "default (as PyTorch's Linear) or zeros.")
    private Head.Init headInit;

    @Option(names = "--features", paramLabel = "TENSOR", description = "The tensor the new head stands on.")
    private Optional<String> features;

    @Option(names = "--threads", defaultValue = "0", description = "0 = one per core (default).")
    private int threads;

    @Option(
            names = "--checkpoint-seconds",
            defaultValue = "2",
            paramLabel = "S",
            description = "Least time between two checkpoints; 0 = one after every step (default: 2).")
    private double checkpointSeconds;

    @Mixin
    private ComputingOptions computing;

    @Override
    protected Path folder() {
        return out;
    }

    @Override
    protected FineTuningResult train(FineTuningPlan plan, Progress progress) {
        data.preparationLines().forEach(progress::note);
        return FineTuner.run(plan, progress);
    }

    @Override
    protected int examplesAtOnce() {
        return batch;
    }

    @Override
    protected FineTuningPlan plan() {
        return new FineTuningPlan(
                network.toAbsolutePath().normalize(),
                data.source().toAbsolutePath().normalize(),
                out.toAbsolutePath().normalize(),
                trainable,
                epochs,
                batch,
                accumulate,
                optimizer,
                learningRate,
                momentum,
                weightDecay,
                schedule,
                Augmentation.parse(augment),
                earlyStop,
                classWeights,
                labelSmoothing,
                keepStatistics,
                !noDropout,
                data.seed(),
                views,
                !noShuffle,
                headInit,
                features,
                data.preprocessing(network, options.reading(), Progress.NONE),
                data.skipUnreadable(),
                threads,
                checkpointSeconds,
                computing.computing(),
                options.reading());
    }
}
