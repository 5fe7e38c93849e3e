package graft.run;

import graft.data.Split;
import graft.episodes.EpisodePlan;
import graft.image.Augmentation;
import graft.network.Head;
import graft.network.HeadShape;
import graft.network.LayerRates;
import graft.network.TrainableSpec;
import graft.ops.Precision;
import graft.ops.TorchEngine.Hardware;
import graft.options.Applies;
import graft.options.Kinds;
import graft.options.Option;
import graft.options.Range;
import graft.run.FineTuningPlan.Decayed;
import graft.run.FineTuningPlan.OptimizerKind;
import graft.text.Pooling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What can be set of a run: one line each. From here the command line, its help, the JSON of plans, the command that the window
 * starts, the window's form and {@code docs/options.md} have it.
 */
public final class PlanOptions {
    private static final List<Option<?>> TABLE = new ArrayList<>();

    public static final Option<String> TRAINABLE = add(Option.of(
                    "trainable",
                    new Kinds.Text(
                            "SPEC",
                            "head, bias, all, last:N, from:LAYER, or layer names with *",
                            TrainableSpec::checkForm),
                    "head",
                    PlanGroups.STAGE,
                    "What learns",
                    "What learns: head, bias (biases alone), all, last:N, from:LAYER or layer-name globs.")
            .setElsewhere());

    public static final Option<Integer> EPOCHS = add(
            Option.whole("epochs", 1, 1_000_000, 10, PlanGroups.STAGE, "Epochs", "How often every example is seen."));

    public static final Option<Double> LEARNING_RATE = add(Option.of(
                    "lr",
                    new RateKind(),
                    0.01,
                    PlanGroups.STAGE,
                    "Learning rate",
                    "How far each step goes; auto: a short range test chooses it. If the loss jumps, take a tenth of it.")
            .called("learning_rate"));

    public static final Option<Schedule> SCHEDULE = add(Option.choice(
            "schedule",
            Schedule.CONSTANT,
            PlanGroups.STAGE,
            "Schedule",
            "How the learning rate goes over the run: constant, cosine, onecycle, inverse or linear."));

    public static final Option<Integer> EARLY_STOP = add(Option.whole(
            "early-stop",
            0,
            1_000_000,
            0,
            PlanGroups.STAGE,
            "Early stop",
            "Stop after N epochs without a better validation score, or as good a one with a lower loss; 0 = never."));

    public static final Option<Double> WARMUP = add(Option.number(
            "warmup",
            Range.of(0, 1_000_000),
            0,
            PlanGroups.STAGE,
            "Warm-up",
            "Epochs, or parts of one, over which the learning rate rises from nearly nothing."));

    public static final Option<Double> LR_DECAY = add(
            Option.number(
                    "lr-decay",
                    new Range(0, 1, true, false, false),
                    1,
                    PlanGroups.STAGE,
                    "Rate per block",
                    "Each block of layers learns at so many times the rate of the one above it, the head at the full rate; 1 = all alike."));

    public static final Option<String> LR_FACTORS = add(Option.of(
            "lr-factors",
            new Kinds.Text("LIST", "GLOB:FACTOR, separated by commas: stem*:0.1,layer4*:0.5", LayerRates::checkForm),
            "",
            PlanGroups.STAGE,
            "Rates of layers",
            "Layers whose names match learn at so many times the rate; 0 = they do not change."));

    public static final Option<Fit> FIT = add(Option.choice(
                    "fit",
                    Fit.STEPS,
                    PlanGroups.STAGE,
                    "Fit",
                    "How weights are found: steps down the loss; at once: the head from the means of the classes' features"
                            + " (prototypes), or from the examples' features themselves (matching); by episodes; by pairs, and a logistic"
                            + " regression on what they have made of the features.")
            .setElsewhere());

    public static final Option<Optional<String>> RECIPE = add(Option.of(
                    "recipe",
                    new Recipes.Names(),
                    Optional.<String>empty(),
                    PlanGroups.RECIPES,
                    "Recipe",
                    "Stages that suit most networks, made for this one; --epochs and --lr (of the new head) are shared out.")
            .setElsewhere());

    public static final Option<Stages> STAGES = add(Option.of(
                    "stages",
                    new Stages.Form(),
                    Stages.NONE,
                    PlanGroups.RECIPES,
                    "Stages",
                    "Each stage goes on with what the one before learnt; what one does not say is as the options say.")
            .setElsewhere());

    public static final Option<Integer> WAY = add(Option.whole(
                    "way",
                    2,
                    10_000,
                    20,
                    PlanGroups.EPISODIC,
                    "Classes",
                    "Classes of an episode, drawn without replacement.")
            .setElsewhere());

    public static final Option<Integer> SHOT = add(Option.whole(
                    "shot",
                    1,
                    10_000,
                    1,
                    PlanGroups.EPISODIC,
                    "Examples",
                    "Examples that a class of an episode is known by.")
            .setElsewhere());

    public static final Option<Integer> QUERY = add(Option.whole(
                    "query",
                    1,
                    10_000,
                    5,
                    PlanGroups.EPISODIC,
                    "Questions",
                    "Examples of each class that an episode asks about.")
            .setElsewhere());

    public static final Option<Integer> PAIRS = add(Option.whole(
                    "pairs",
                    1,
                    10_000,
                    2,
                    PlanGroups.EPISODIC,
                    "Pairs",
                    "Of fit=pairs: pairs of one class, and as many of two, of each example in an epoch.")
            .setElsewhere());

    public static final Option<Integer> EPISODES = add(Option.whole(
                    "episodes",
                    1,
                    1_000_000,
                    50,
                    PlanGroups.EPISODIC,
                    "Episodes",
                    "Episodes of an epoch: one is a step.")
            .setElsewhere());

    public static final Option<Double> WITHIN = add(Option.number(
                    "within",
                    Range.of(0, 1),
                    0,
                    PlanGroups.EPISODIC,
                    "Within a group",
                    "Share of the episodes whose classes are all of one group: of those whose names begin alike, up to the first"
                            + " two underscores.")
            .setElsewhere());

    public static final Option<EpisodePlan.Distance> DISTANCE = add(Option.choice(
                    "distance",
                    EpisodePlan.Distance.EUCLIDEAN,
                    PlanGroups.EPISODIC,
                    "Distance",
                    "Of a question to a class of an episode: euclidean (squared) or cosine, to the mean of its examples; matching:"
                            + " by cosines to each of them. Cosines count --sharpness times.")
            .setElsewhere());

    public static final Option<Double> HELD_OUT = add(Option.number(
                    "held-out",
                    Range.of(0, 0.9),
                    0.1,
                    PlanGroups.EPISODIC,
                    "Classes held out",
                    "Share of the classes that nothing is learnt from: epochs are chosen by episodes of these; 0 = by other"
                            + " examples of all classes.")
            .setElsewhere());

    public static final Option<OptimizerKind> OPTIMIZER = add(Option.choice(
            "optimizer",
            OptimizerKind.SGD,
            PlanGroups.OPTIMIZATION,
            "Optimizer",
            "sgd with momentum is the sturdy choice, adamw often suits transformers."));

    public static final Option<Double> MOMENTUM = add(Option.number(
                    "momentum",
                    Range.below1(),
                    0.9,
                    PlanGroups.OPTIMIZATION,
                    "Momentum",
                    "How much of the last step the next one keeps.")
            .applying(Applies.where(OPTIMIZER, OptimizerKind.SGD)));

    public static final Option<Double> WEIGHT_DECAY = add(Option.number(
            "weight-decay",
            Range.of(0, 1e6),
            0,
            PlanGroups.OPTIMIZATION,
            "Weight decay",
            "How strongly weights are pulled towards zero."));

    public static final Option<Decayed> WEIGHT_DECAY_ON = add(Option.choice(
                    "weight-decay-on",
                    Decayed.ALL,
                    PlanGroups.OPTIMIZATION,
                    "Decay of",
                    "All that learns, or matrices: not biases and weights of norms, as transformers are fine-tuned.")
            .applying(Applies.with(WEIGHT_DECAY)));

    public static final Option<Integer> BATCH = add(Option.whole(
            "batch",
            1,
            65_536,
            16,
            PlanGroups.OPTIMIZATION,
            "Batch size",
            "Examples at once; more are steadier and need more memory."));

    public static final Option<Integer> ACCUMULATE = add(Option.whole(
            "accumulate",
            1,
            16_384,
            1,
            PlanGroups.OPTIMIZATION,
            "Batches per step",
            "Batches whose gradients are added up for one step, where memory is short."));

    public static final Option<Boolean> CLASS_WEIGHTS = add(Option.flag(
            "class-weights", PlanGroups.OPTIMIZATION, "Class weights", "Let all classes weigh the same in sum."));

    public static final Option<Double> LABEL_SMOOTHING = add(Option.number(
            "label-smoothing",
            Range.below1(),
            0,
            PlanGroups.OPTIMIZATION,
            "Label smoothing",
            "Share of the target that is spread over all classes."));

    public static final Option<Double> CLIP = add(Option.number(
            "clip",
            Range.of(0, 1e9),
            0,
            PlanGroups.OPTIMIZATION,
            "Longest gradient",
            "Gradients whose norm over all weights is larger are made that short; 0 = never."));

    public static final Option<Double> EMA = add(Option.number(
                    "ema",
                    Range.below1(),
                    0,
                    PlanGroups.OPTIMIZATION,
                    "Average of weights",
                    "Judge and keep a moving average of the weights, this much of it the one before (0.99); 0 = the weights.")
            .labelled("DECAY"));

    public static final Option<Boolean> SWA = add(Option.flag(
            "swa",
            PlanGroups.OPTIMIZATION,
            "Average of the end",
            "Judge and keep the plain average of the weights over the last quarter of a stage (SWA), batch-norm statistics taken"
                    + " anew."));

    public static final Option<Double> L2_SP = add(Option.number(
            "l2-sp",
            Range.of(0, 1e6),
            0,
            PlanGroups.OPTIMIZATION,
            "Pull to the start",
            "How strongly pre-trained weights are pulled back to the values that they came with; 0 = not at all."));

    static {
        ParameterEfficientOptions.ALL.forEach(PlanOptions::add);
    }

    public static final Option<Boolean> KEEP_STATISTICS = add(Option.flag(
            "keep-statistics",
            PlanGroups.OPTIMIZATION,
            "Keep batch-norm statistics",
            "Batch norms that learn keep the means and variances they came with."));

    public static final Option<Boolean> DROPOUT =
            add(Option.flag("dropout", PlanGroups.OPTIMIZATION, "Dropout", "Dropout acts where layers learn.")
                    .usually(true));

    public static final Option<Augmentation> AUGMENT = add(Option.of(
            "augment",
            new Kinds.Form<>(
                    Augmentation.class,
                    "LIST",
                    "none, or some of flip, crop, color, rotate[:DEGREES], affine[:DEGREES[:TRANSLATE[:SCALE[:SHEAR]]]], trivial and"
                            + " randaugment[:N[:M]], separated by commas",
                    Augmentation::parse),
            Augmentation.NONE,
            PlanGroups.AUGMENTATION,
            "Augmentation",
            "Varied views of the pictures to learn from; affine turns, shifts (share of the side), scales (0.9-1.1) and slants;"
                    + " TrivialAugment and RandAugment (N operations of magnitude M, 2:9) draw operations."));

    public static final Option<Integer> VIEWS_PER_EXAMPLE = add(Option.whole(
                    "views",
                    0,
                    10_000,
                    0,
                    PlanGroups.AUGMENTATION,
                    "Views",
                    "Views per example, gone through epoch by epoch and cached where the body is frozen; 0 = a new one"
                            + " every epoch.")
            .applying(Applies.with(AUGMENT)));

    public static final Option<Double> MIXUP = add(Option.number(
                    "mixup",
                    Range.of(0, 100),
                    0,
                    PlanGroups.AUGMENTATION,
                    "Mixup",
                    "Mix each example with another of its step by a share from Beta(A, A), and the class likewise (0.2); 0 = not.")
            .labelled("A"));

    public static final Option<Double> CUTMIX = add(Option.number(
                    "cutmix",
                    Range.of(0, 100),
                    0,
                    PlanGroups.AUGMENTATION,
                    "CutMix",
                    "Put a rectangle of another picture into each, its area from Beta(A, A), and mix the class by it (1); 0 = not.")
            .labelled("A"));

    static {
        TransferOptions.ALL.forEach(PlanOptions::add);
    }

    public static final Option<HeadShape> HEAD_SHAPE = add(Option.of(
            "head",
            new Kinds.Form<>(
                    HeadShape.class,
                    "PARTS",
                    "linear, or some of linear:WIDTH, dropout:RATE, relu, leakyrelu, elu, sigmoid, tanh, softplus and hardswish,"
                            + " separated by commas",
                    HeadShape::parse,
                    HeadShape::complaint),
            HeadShape.LINEAR,
            PlanGroups.HEAD,
            "New head",
            "What the new head has before its last linear layer, in order: linear:256,relu is a hidden layer, dropout:0.2 drops a"
                    + " fifth of the features at each step; linear = the last layer alone."));

    public static final Option<Head.Init> HEAD_INIT = add(Option.choice(
            "head-init",
            Head.Init.DEFAULT,
            PlanGroups.HEAD,
            "First weights",
            "default (as PyTorch's Linear), zeros, or own: those of the file's own last layer, class by class."));

    public static final Option<Double> SHARPNESS = add(Option.number(
                    "sharpness",
                    new Range(0, 1e4, true, false, false),
                    20,
                    PlanGroups.HEAD,
                    "Sharpness",
                    "Of matching, and of episodes by cosines: how many times a cosine counts before the softmax; more listens to"
                            + " the nearest ones only.")
            .setElsewhere());

    public static final Option<Optional<String>> FEATURES = add(Option.of(
                    "features",
                    new Kinds.Name("TENSOR", "a tensor of the network"),
                    Optional.<String>empty(),
                    PlanGroups.HEAD,
                    "Features",
                    "The tensor that the new head stands on; the old classifier's input where none is named.")
            .setElsewhere());

    public static final Option<Long> SEED = add(Option.of(
            "seed",
            new Kinds.Numeric<>(Range.whole(Long.MIN_VALUE, Long.MAX_VALUE), "N", Long::valueOf),
            1L,
            PlanGroups.EXAMPLES,
            "Seed",
            "Of everything random; the same seed gives the same run."));

    public static final Option<Double> VAL_SHARE = add(Option.number(
                    "val-share",
                    Range.of(0.01, 0.9),
                    Split.SHARE,
                    PlanGroups.EXAMPLES,
                    "Validate on",
                    "Share of each class that is set aside to judge by, where the data themselves do not say which.")
            .setElsewhere());

    public static final Option<Boolean> SHUFFLE =
            add(Option.flag("shuffle", PlanGroups.EXAMPLES, "Shuffle", "Examples come in a new order every epoch.")
                    .usually(true));

    public static final Option<Boolean> SKIP_UNREADABLE = add(Option.flag(
                    "skip-unreadable",
                    PlanGroups.EXAMPLES,
                    "Skip unreadable",
                    "Leave out pictures that cannot be read.")
            .setElsewhere());

    public static final Option<Optional<String>> TASK = add(Option.of(
                    "task",
                    new Kinds.Name("TASK", "the name of a task"),
                    Optional.<String>empty(),
                    PlanGroups.EXAMPLES,
                    "Task",
                    "What the network is to answer; where it is not given, the data decide.")
            .setElsewhere());

    public static final Option<Optional<String>> TEXT = add(Option.of(
                    "text",
                    new Kinds.Name("COLUMN", "a column's name, or its number from 1"),
                    Optional.<String>empty(),
                    PlanGroups.TEXTS,
                    "Text column",
                    "The column of the text; found where it is not given.")
            .setElsewhere());

    public static final Option<Optional<String>> TEXT_PAIR = add(Option.of(
                    "text-pair",
                    new Kinds.Name("COLUMN", "a column's name, or its number from 1"),
                    Optional.<String>empty(),
                    PlanGroups.TEXTS,
                    "Second text column",
                    "The column of a second text that is read together with the first.")
            .setElsewhere());

    public static final Option<Optional<String>> LABEL = add(Option.of(
                    "label",
                    new Kinds.Name("COLUMN", "a column's name, or its number from 1"),
                    Optional.<String>empty(),
                    PlanGroups.TEXTS,
                    "Label column",
                    "The column of the class; found where it is not given.")
            .setElsewhere());

    public static final Option<Optional<String>> TOKENIZER = add(Option.of(
            "tokenizer",
            new Kinds.Name("FILE", "tokenizer.json or vocab.txt"),
            Optional.<String>empty(),
            PlanGroups.TEXTS,
            "Tokenizer",
            "The file of the tokenizer; what lies beside the network where it is not given."));

    public static final Option<Integer> MAX_LENGTH = add(
            Option.whole(
                    "max-length",
                    0,
                    1_000_000,
                    0,
                    PlanGroups.TEXTS,
                    "Longest text",
                    "Tokens after which a text is cut; 0 = as the network's file says, else 128 (of questions with passages 384)."));

    public static final Option<Integer> DOC_STRIDE = add(Option.whole(
            "doc-stride",
            0,
            1_000_000,
            0,
            PlanGroups.TEXTS,
            "Overlap of windows",
            "Tokens that two windows of a long passage share; 0 = as the network's file says, else 128."));

    public static final Option<Integer> MAX_ANSWER_LENGTH = add(Option.whole(
            "max-answer-length",
            0,
            10_000,
            0,
            PlanGroups.TEXTS,
            "Longest answer",
            "Tokens of an answer at most; 0 = as the network's file says, else 30."));

    public static final Option<Integer> BLOCK_SIZE = add(Option.whole(
            "block-size",
            0,
            1_000_000,
            0,
            PlanGroups.TEXTS,
            "Block",
            "Tokens of the blocks that texts without labels are cut into; 0 = as the network's file says, else as many as it"
                    + " reads at once, 128 at most."));

    public static final Option<Double> MASK_SHARE = add(Option.number(
            "mask-share",
            Range.of(0.01, 0.9),
            0.15,
            PlanGroups.TEXTS,
            "Hidden",
            "Share of the tokens of a text that are hidden, to be found out (fill-mask)."));

    public static final Option<Pooling> POOLING = add(Option.choice(
            "pooling",
            Pooling.AUTO,
            PlanGroups.TEXTS,
            "Pooling",
            "How the tokens of a text become one: mean of them, cls (the first), or the network's own pooler; auto: as"
                    + " 1_Pooling/config.json beside the network says, else the mean."));

    public static final Option<Hardware> DEVICE =
            add(Option.choice("device", Hardware.CPU, PlanGroups.COMPUTING, "Device", "cpu or cuda."));

    public static final Option<Precision> PRECISION = add(Option.choice(
            "precision",
            Precision.FP32,
            PlanGroups.COMPUTING,
            "Precision",
            "Of products while learning: fp32, or bf16, faster on processors that know bfloat16."));

    public static final Option<Boolean> CHECKPOINT_ACTIVATIONS = add(Option.flag(
            "checkpoint-activations",
            PlanGroups.COMPUTING,
            "Less memory",
            "Keep little for the backward pass and compute it again: less memory, more time."));

    public static final Option<Integer> THREADS =
            add(Option.whole("threads", 0, 1024, 0, PlanGroups.COMPUTING, "Threads", "0 = one per core."));

    public static final Option<Double> CHECKPOINT_SECONDS = add(Option.number(
            "checkpoint-seconds",
            Range.of(0, 31_536_000),
            2,
            PlanGroups.SAVING,
            "Seconds between checkpoints",
            "Least time between two checkpoints; 0 = one after every step."));

    public static final Option<Kept> KEEP = add(Option.choice(
            "keep",
            Kept.BEST,
            PlanGroups.SAVING,
            "Keep",
            "Which epoch's weights are written: best by the validation score, or last."));

    /** Which weights a run ends with. */
    public enum Kept {
        BEST,
        LAST
    }

    /** All of them, in the order of their groups. */
    public static final List<Option<?>> ALL = Collections.unmodifiableList(TABLE);

    private PlanOptions() {}

    private static <T> Option<T> add(Option<T> option) {
        if (TABLE.stream().anyMatch(other -> other.key().equals(option.key()))) {
            throw new IllegalStateException("two options are called " + option.key());
        }
        TABLE.add(option);
        return option;
    }
}
