package graft.app.train;

import graft.network.Network;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.Recipes;
import graft.run.Stage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A usual way to fine-tune: those that the engine knows, and what the user unlocked. */
public enum Recipe {
    /** Only the new head: the body is computed once. */
    FEATURE_EXTRACTION("head", Group.USUAL, 30, 0.1),
    TOP("top", Group.USUAL, 15, 0.1),
    PROBE("probe-then-finetune", Group.USUAL, 15, 0.1),
    GRADUAL("gradual", Group.USUAL, 15, 0.1),
    EVERYTHING("all", Group.USUAL, 15, 0.1),
    /** Of the body nothing but what layers add: BitFit. */
    BIASES(null, Group.USUAL, 15, 0.1),
    /** Which of the usual ones, the examples decide when the run starts. */
    AUTO("auto", Group.USUAL, 15, 0.1),
    PROTOTYPES("prototypes", Group.FEW, 1, 0.1),
    MATCHING("matching", Group.FEW, 1, 0.1),
    EPISODES("episodes", Group.FEW, 15, 0.01),
    SETFIT("setfit", Group.FEW, 10, 0.1),
    /** What the padlocks say. */
    PADLOCKS(null, Group.OWN, 10, 0.01);

    /** What recipes have in common, as they stand together. */
    enum Group {
        USUAL,
        /** For a handful of examples per class. */
        FEW,
        OWN
    }

    private final String name;
    private final Group group;
    private final int epochs;
    private final double learningRate;

    Recipe(String name, Group group, int epochs, double learningRate) {
        this.name = name;
        this.group = group;
        this.epochs = epochs;
        this.learningRate = learningRate;
    }

    /** As the command line calls it; empty for {@link #PADLOCKS} and {@link #BIASES}, which are what learns in one stage. */
    Optional<String> option() {
        return Optional.ofNullable(name);
    }

    Group group() {
        return group;
    }

    /** Whether no step is taken, so that epochs and rates mean nothing. */
    boolean isAtOnce() {
        return name != null && Recipes.isAtOnce(name);
    }

    /** Whether the stages are known before the run starts. */
    boolean isKnown() {
        return this != AUTO;
    }

    /** A good first learning rate of the head for SGD with momentum 0.9; layers of the body get less by the recipe. */
    double learningRate() {
        return learningRate;
    }

    /** A good first length. */
    int epochs() {
        return epochs;
    }

    /** What it comes to for a network; empty for {@link #PADLOCKS} and {@link #AUTO}, and where the network cannot learn. */
    List<Stage> stages(Network network, int allEpochs, double rate) {
        if (name == null || !isKnown() || network.head().isEmpty()) {
            return List.of();
        }
        return Recipes.stages(name, network, allEpochs, rate);
    }

    /** What learns in the end, as {@code --trainable} takes it; null for {@link #PADLOCKS} and {@link #AUTO}, which leave the choice as it is. */
    String spec(Network network) {
        if (this == BIASES) {
            return "bias";
        }
        if (name == null || !isKnown()) {
            return null;
        }
        List<Stage> stages = stages(network, epochs, learningRate);
        return stages.isEmpty() ? "head" : stages.get(stages.size() - 1).get(PlanOptions.TRAINABLE);
    }

    /** The learning rate that was set for a plan which follows this: a recipe gives the layers of the body less than that. */
    double rateBehind(FineTuningPlan plan, Network network) {
        double first = plan.stages().get(0).get(PlanOptions.LEARNING_RATE);
        List<Stage> asSaid = stages(network, plan.get(PlanOptions.EPOCHS), first);
        if (asSaid.isEmpty()) {
            return first;
        }
        double exact = first * first / asSaid.get(0).get(PlanOptions.LEARNING_RATE);
        double typed = new BigDecimal(exact).round(new MathContext(6)).doubleValue();
        return first(network, plan, typed) == first ? typed : exact;
    }

    private double first(Network network, FineTuningPlan plan, double rate) {
        return stages(network, plan.get(PlanOptions.EPOCHS), rate).get(0).get(PlanOptions.LEARNING_RATE);
    }

    /** The one that a plan follows. */
    static Recipe of(FineTuningPlan plan, Network network) {
        Optional<String> named = plan.get(PlanOptions.RECIPE);
        String trainable = plan.get(PlanOptions.TRAINABLE);
        return Arrays.stream(values())
                .filter(recipe -> named.isPresent()
                        ? recipe.option().equals(named)
                        : plan.stages().size() == 1 && trainable.equals(recipe.spec(network)))
                .findFirst()
                .orElse(PADLOCKS);
    }
}
