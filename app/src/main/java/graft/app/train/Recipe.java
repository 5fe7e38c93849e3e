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
    FEATURE_EXTRACTION("head", 30, 0.1),
    TOP("top", 15, 0.1),
    PROBE("probe-then-finetune", 15, 0.1),
    GRADUAL("gradual", 15, 0.1),
    EVERYTHING("all", 15, 0.1),
    /** What the padlocks say. */
    PADLOCKS(null, 10, 0.01);

    private final String name;
    private final int epochs;
    private final double learningRate;

    Recipe(String name, int epochs, double learningRate) {
        this.name = name;
        this.epochs = epochs;
        this.learningRate = learningRate;
    }

    /** As the command line calls it; empty for {@link #PADLOCKS}. */
    Optional<String> option() {
        return Optional.ofNullable(name);
    }

    /** A good first learning rate of the head for SGD with momentum 0.9; layers of the body get less by the recipe. */
    double learningRate() {
        return learningRate;
    }

    /** A good first length. */
    int epochs() {
        return epochs;
    }

    /** What it comes to for a network; empty for {@link #PADLOCKS}, and where the network cannot learn. */
    List<Stage> stages(Network network, int allEpochs, double rate) {
        if (name == null || network.head().isEmpty()) {
            return List.of();
        }
        return Recipes.stages(name, network, allEpochs, rate);
    }

    /** What learns in the end, as {@code --trainable} takes it; null for {@link #PADLOCKS}, which leaves the choice as it is. */
    String spec(Network network) {
        if (name == null) {
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
