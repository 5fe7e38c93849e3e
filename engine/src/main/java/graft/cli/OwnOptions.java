package graft.cli;

import graft.options.Group;
import graft.options.Option;
import graft.options.Range;
import graft.quantize.CalibrationMethod;
import graft.quantize.QuantizationPlan.Method;
import graft.trust.ConformalSets;

/** Options of one command each. */
final class OwnOptions {
    static final Group GROUP = new Group("options", HelpText.OWN);

    static final Option<Double> MAX_LOSS = Option.number(
                    "max-loss",
                    Range.of(0, 100),
                    1,
                    GROUP,
                    "Loss",
                    "Percentage points of accuracy that may be lost; per cent of a score that is no share.")
            .labelled("POINTS");

    static final Option<Integer> CALIBRATION_EXAMPLES =
            Option.whole("calibration-examples", 1, 1_000_000, 200, GROUP, "Examples", "At most so many examples.");

    static final Option<Method> METHOD = Option.choice(
            "method", Method.STATIC, GROUP, "Method", "static takes the ranges from examples, dynamic as it computes.");

    static final Option<CalibrationMethod> CALIBRATION = Option.choice(
            "calibration", CalibrationMethod.MINMAX, GROUP, "Calibration", "How ranges are taken from examples.");

    static final Option<Boolean> PER_CHANNEL = Option.flag(
            "per-channel",
            GROUP,
            "Per channel",
            "One scale per output channel of each weight; the dynamic method always has.");

    static final Option<ConformalSets.Kind> CONFORMAL_SCORE = Option.choice(
            "score",
            ConformalSets.Kind.LAC,
            GROUP,
            "Score",
            "lac makes the smallest sets, aps covers hard kinds too, raps is for many classes.");

    static final Option<graft.explain.Method> EXPLAINED_BY = Option.choice(
            "method",
            graft.explain.Method.AUTO,
            GROUP,
            "Method",
            "grad-cam goes by gradients, occlusion hides one part after the other; auto takes the first where it applies.");

    static final Option<Integer> SAMPLES =
            Option.whole("samples", 1, 1_000_000, 4, GROUP, "Samples", "Entries of each weight.");

    static final Option<Integer> STEPS =
            Option.whole("steps", 1, 1_000_000, 12, GROUP, "Steps", "Steps, the first two not counted.");

    static final Option<Integer> MAX_TOKENS =
            Option.whole("max-tokens", 1, 1_000_000, 100, GROUP, "Tokens", "At most so many tokens are written.");

    static final Option<Double> TEMPERATURE = Option.number(
            "temperature",
            Range.of(0, 100),
            0.8,
            GROUP,
            "Temperature",
            "Scores are divided by it before a token is drawn: less is surer; 0 = always the likeliest token.");

    static final Option<Integer> TOP_K = Option.whole(
            "top-k", 0, 1_000_000, 50, GROUP, "Top k", "Drawn from so many of the likeliest tokens; 0 = from all.");

    static final Option<Double> TOP_P = Option.number(
            "top-p",
            new Range(0, 1, true, false, false),
            1,
            GROUP,
            "Top p",
            "Drawn from the likeliest tokens that come to this probability together; 1 = from all.");

    static final Option<Double> REPETITION_PENALTY = Option.number(
            "repetition-penalty",
            Range.of(1, 100),
            1,
            GROUP,
            "Repetition penalty",
            "Makes tokens that were there so many times less likely, by their scores; 1 = as the network has it.");

    static final Option<Integer> TOP = Option.whole(
                    "top", 1, 1_000_000, 1, GROUP, "Top", "So many of the likeliest classes, the answer first.")
            .labelled("K");

    static final Option<Boolean> PROBABILITIES =
            Option.flag("proba", GROUP, "Probabilities", "The probabilities of all classes as well.");

    private OwnOptions() {}
}
