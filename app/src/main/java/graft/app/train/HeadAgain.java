package graft.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.files.Json;
import graft.options.Option;
import graft.options.Settings;
import graft.run.FineTuningPlan;
import graft.run.PlanGroups;
import graft.run.PlanOptions;
import graft.run.RateKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A new head for the network that a run has trained, on the features that this one has learnt: all below stays as it is. */
public final class HeadAgain {
    /** A longer row of runs, each from what the one before wrote, is not followed. */
    private static final int MOST = 100;

    /** What is set of examples and of computing holds for any run on them; all else is of what learns. */
    private static final Set<Option<?>> KEPT = Set.of(
            PlanOptions.BATCH, PlanOptions.CLASS_WEIGHTS, PlanOptions.LABEL_SMOOTHING, PlanOptions.SKIP_UNREADABLE);

    private static final String PLAN = "plan.json";

    private HeadAgain() {}

    /**
     * @param now what would be run if Train were pressed
     * @param ran the plan of the run that trained the network
     * @param trained what that run exported
     */
    static FineTuningPlan plan(FineTuningPlan now, FineTuningPlan ran, Path trained) {
        Settings kept = Settings.NONE;
        for (Option<?> option : PlanOptions.ALL) {
            boolean ofExamples = option.group().equals(PlanGroups.EXAMPLES)
                    || option.group().equals(PlanGroups.TEXTS)
                    || option.group().equals(PlanGroups.COMPUTING);
            if (ofExamples && option != PlanOptions.FEATURES || KEPT.contains(option)) {
                kept = with(kept, option, now);
            }
        }
        return FineTuningPlan.of(trained, now.data(), now.out())
                .with(kept)
                .with(PlanOptions.TRAINABLE, "head")
                .with(PlanOptions.EPOCHS, Recipe.FEATURE_EXTRACTION.epochs())
                .with(PlanOptions.LEARNING_RATE, RateKind.AUTO)
                .withPreprocessing(ran.preprocessing());
    }

    private static <T> Settings with(Settings settings, Option<T> option, FineTuningPlan from) {
        return settings.with(option, from.get(option));
    }

    /** Whether a run has exported it, in whose folder it still lies. */
    static boolean isOfRun(Path network) {
        return network.endsWith("network.onnx")
                && network.getParent() != null
                && Files.isRegularFile(network.resolveSibling(PLAN));
    }

    /** The network that a row of such runs began with. */
    public static Path origin(Path network) {
        Path at = network;
        for (int i = 0; i < MOST; i++) {
            if (!isOfRun(at)) {
                return at;
            }
            String before;
            try {
                before = Json.read(at.resolveSibling(PLAN), JsonNode.class)
                        .path("network")
                        .asText();
            } catch (Refusal e) {
                return at; // where the plan cannot be read, the run says so itself
            }
            if (before.isEmpty()) {
                return at;
            }
            at = Path.of(before);
        }
        return at;
    }
}
