package graft.run;

import graft.options.Applies;
import graft.options.Group;
import graft.options.Kinds;
import graft.options.Option;
import graft.options.Range;
import java.util.List;
import java.util.Optional;

/** What can be set of techniques that learn from more than labelled examples; part of {@link PlanOptions#ALL}. */
public final class TransferOptions {
    public static final Group ADAPTATION = new Group("adaptation", "Another domain");
    public static final Group DISTILLATION = new Group("distillation", "A teacher");

    /** The ways to make features of two domains alike. */
    public enum Adaptation {
        NONE,
        /** A discriminator behind a reversed gradient (Ganin 2016). */
        DANN,
        /** Covariances of the features (Sun and Saenko 2016). */
        CORAL,
        /** Mean discrepancy under several Gaussians (Long 2015). */
        MMD,
        /** Features of the source re-coloured once, in closed form (Sun 2016). */
        CORAL_CLOSED
    }

    public static final Option<Adaptation> ADAPT = Option.choice(
            "adapt",
            Adaptation.NONE,
            ADAPTATION,
            "Adapt by",
            "Make features of the target domain like those of the source: dann, coral, mmd, or coral-closed for a head alone.");

    public static final Option<Optional<String>> TARGET = Option.of(
            "target",
            new Kinds.Name("DIR", "a folder"),
            Optional.<String>empty(),
            ADAPTATION,
            "Target examples",
            "Examples of the domain to be adapted to; class folders in it are judged by, never learnt from.");

    public static final Option<Double> ADAPT_WEIGHT = Option.number(
                    "adapt-weight",
                    Range.of(0, 1e9),
                    0,
                    ADAPTATION,
                    "Weight of adaptation",
                    "How much being alike counts beside being right; 0 = 0.3 for dann, 1 for mmd, 1000 for coral.")
            .applying(Applies.with(ADAPT));

    public static final Option<Optional<String>> TEACHER = Option.of(
            "teacher",
            new Kinds.Name("NET", "a network"),
            Optional.<String>empty(),
            DISTILLATION,
            "Teacher",
            "A trained network of the same classes, whose answers are learnt beside the labels.");

    public static final Option<Double> TEMPERATURE = Option.number(
                    "temperature",
                    Range.of(0.01, 1000),
                    4,
                    DISTILLATION,
                    "Temperature",
                    "How much the teacher's answers are softened: more shows what it takes for alike.")
            .labelled("T")
            .applying(Applies.with(TEACHER));

    public static final Option<Double> ALPHA = Option.number(
                    "alpha",
                    Range.of(0, 1),
                    0.5,
                    DISTILLATION,
                    "Share of the teacher",
                    "What of the loss is the teacher's; the rest is the labels'.")
            .labelled("A")
            .applying(Applies.with(TEACHER));

    public static final Option<Boolean> BASELINE = Option.flag(
                    "baseline",
                    ADAPTATION,
                    "With a baseline",
                    "First the same without --adapt and --teacher, in a folder of its own; the result says both.")
            .applying(new Applies(
                    "with --adapt or --teacher",
                    settings -> settings.get(ADAPT) != Adaptation.NONE
                            || settings.get(TEACHER).isPresent()));

    static final List<Option<?>> ALL = List.of(ADAPT, TARGET, ADAPT_WEIGHT, BASELINE, TEACHER, TEMPERATURE, ALPHA);

    private TransferOptions() {}
}
