package graft.cli;

import graft.image.Preprocessing;
import graft.run.FineTuningPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan as the command line that gives it: what a window does, a script can repeat. */
public final class TrainArguments {
    private final List<String> words = new ArrayList<>(List.of("train"));

    private TrainArguments() {}

    /** The arguments of {@code graft} that start a run by {@code plan}. */
    public static List<String> of(FineTuningPlan plan) {
        TrainArguments out = new TrainArguments();
        out.option("--network", plan.network());
        out.option("--data", plan.data());
        out.option("--out", plan.out());
        out.option("--trainable", plan.trainable());
        out.option("--epochs", plan.epochs());
        out.option("--batch", plan.batch());
        out.option("--accumulate", plan.accumulate());
        out.option("--optimizer", word(plan.optimizer()));
        out.option("--lr", plan.learningRate());
        out.option("--momentum", plan.momentum());
        out.option("--weight-decay", plan.weightDecay());
        out.option("--schedule", word(plan.schedule()));
        out.option("--augment", plan.augment());
        out.option("--early-stop", plan.earlyStop());
        out.flag("--class-weights", plan.classWeights());
        out.option("--label-smoothing", plan.labelSmoothing());
        out.flag("--keep-statistics", plan.keepStatistics());
        out.flag("--no-dropout", !plan.dropout());
        out.option("--seed", plan.seed());
        out.option("--views", plan.views());
        out.flag("--no-shuffle", !plan.shuffle());
        out.option("--head-init", word(plan.headInit()));
        plan.features().ifPresent(tensor -> out.option("--features", tensor));
        plan.preprocessing().ifPresent(out::preprocessing);
        out.flag("--skip-unreadable", plan.skipUnreadable());
        out.option("--threads", plan.threads());
        out.option("--checkpoint-seconds", plan.checkpointSeconds());
        out.option("--device", word(plan.computing().device()));
        out.option("--precision", word(plan.computing().precision()));
        out.flag("--checkpoint-activations", plan.computing().checkpointActivations());
        plan.reading().output().ifPresent(name -> out.option("--output", name));
        plan.reading().inputs().forEach((name, value) -> out.option("--input", name + "=" + value));
        return List.copyOf(out.words);
    }

    private void preprocessing(Preprocessing how) {
        how.settings().forEach((key, value) -> option("--" + key.substring("graft.".length()), value));
    }

    private void option(String name, Object value) {
        words.add(name + "=" + value);
    }

    private void flag(String name, boolean given) {
        if (given) {
            words.add(name);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
