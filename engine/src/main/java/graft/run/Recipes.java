package graft.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import graft.Refusal;
import graft.network.BodyBlocks;
import graft.network.Network;
import graft.options.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All recipes: one line each. */
public final class Recipes {
    /** More steps than these open too little at a time to be worth their features computed anew. */
    private static final int MOST_OPENINGS = 4;

    private static final List<Recipe> ALL = List.of(
            new Recipe(
                    "head",
                    "Head only",
                    "Only the new head learns: seconds instead of minutes, for few examples, or to see at once what a network is"
                            + " worth.",
                    (body, budget) -> List.of(budget.head(budget.epochs()))),
            new Recipe(
                    "top",
                    "Head and top",
                    "The head and the uppermost blocks learn, at a tenth of the rate: for some hundred examples that resemble"
                            + " what the network was trained on.",
                    (body, budget) -> List.of(budget.alike(body, top(body)))),
            new Recipe(
                    "probe-then-finetune",
                    "Probe, then fine-tune",
                    "First the head on frozen features, then the uppermost blocks too, lower ones at lower rates: the sturdy choice for"
                            + " some hundred examples and more.",
                    Recipes::probeThenFineTune),
            new Recipe(
                    "gradual",
                    "Gradual unfreezing",
                    "First the head, then more and more of the body from the top down: for few examples, where all at once would"
                            + " forget what the network knows.",
                    Recipes::gradual),
            new Recipe(
                    "all",
                    "Everything",
                    "Everything learns from the first step, at a tenth of the rate: for thousands of examples, or ones unlike those"
                            + " that the network was trained on.",
                    (body, budget) -> List.of(budget.alike(body, 0))),
            new Recipe(
                    "prototypes",
                    "Prototypes",
                    "No training: each class becomes the mean of its examples' features; for a handful of examples per class, and"
                            + " where classes come and go (`graft add-class`).",
                    (body, budget) -> List.of(budget.atOnce(Fit.PROTOTYPES))),
            new Recipe(
                    "matching",
                    "Matching",
                    "No training: the file keeps the examples' features and answers by those that are nearest; for a handful of"
                            + " examples of classes that look like several things.",
                    (body, budget) -> List.of(budget.atOnce(Fit.MATCHING))),
            new Recipe(
                    "episodes",
                    "Episodes",
                    "Everything learns by episodes that features lie near the mean of their class: where classes to come are known by"
                            + " a handful of examples, and many others are there to learn from. The file gives features; `--recipe"
                            + " prototypes` puts classes on it.",
                    (body, budget) -> List.of(budget.episodes())),
            new Recipe(
                    "setfit",
                    "Pairs (SetFit)",
                    "Everything learns by pairs which examples are of one class, then the head is a logistic regression: for 8 to 64"
                            + " labelled texts per class and a network for sentences, with `--optimizer adamw --lr 0.0002`.",
                    (body, budget) -> List.of(budget.pairs(body))));

    /** In the place of a name: which one is found out from the examples. */
    private static final String AUTO = "auto";

    private Recipes() {}

    /**
     * Whether a plan leaves it to Graft which recipe it follows.
     *
     * @throws Refusal where it says itself what learns as well
     */
    public static boolean isToBeChosen(FineTuningPlan plan) {
        boolean toBeChosen = plan.get(PlanOptions.RECIPE).filter(AUTO::equals).isPresent();
        if (toBeChosen) {
            refuseOwnChoice(AUTO, plan);
        }
        return toBeChosen;
    }

    public static List<Recipe> all() {
        return ALL;
    }

    /** @throws Refusal where there is none of this name */
    public static Recipe named(String name) {
        return Recipe.of(name)
                .orElseThrow(() -> new Refusal("There is no recipe \"" + name + "\"; there are " + names() + "."));
    }

    /** Whether a recipe, the first one, leaves the body as it is. */
    public static boolean isOfHeadAlone(String name) {
        return ALL.get(0).name().equals(name);
    }

    /** Whether a recipe takes no step, so that rates and epochs mean nothing to it. */
    public static boolean isAtOnce(String name) {
        return Fit.named(name).filter(Fit::isAtOnce).isPresent();
    }

    private static String names() {
        return String.join(", ", ALL.stream().map(Recipe::name).toList());
    }

    /**
     * What a recipe comes to for a network, opened or with its head.
     *
     * @param epochs of all stages
     * @param rate of the head while the body is frozen
     */
    public static List<Stage> stages(String name, Network network, int epochs, double rate) {
        return stages(name, BodyBlocks.of(network, Optional.empty()), epochs, rate);
    }

    private static List<Stage> stages(String name, BodyBlocks body, int epochs, double rate) {
        Recipe recipe = named(name);
        Recipe.Budget budget = new Recipe.Budget(epochs, rate);
        return body.blocks().isEmpty() && Fit.named(name).isEmpty()
                ? List.of(budget.head(epochs))
                : recipe.expansion().stages(body, budget);
    }

    /**
     * The plan with the stages of its recipe, which it then follows whatever becomes of the recipe; itself where it has none, or has
     * them already.
     *
     * @param network that of the plan, as it was opened
     * @throws Refusal where the plan says itself what learns
     */
    public static FineTuningPlan expanded(FineTuningPlan plan, Network network) {
        if (!plan.isToBeExpanded()) {
            return plan;
        }
        String name = plan.get(PlanOptions.RECIPE).orElseThrow();
        refuseOwnChoice(name, plan);
        BodyBlocks body = BodyBlocks.of(network, plan.get(PlanOptions.FEATURES));
        List<Stage> stages =
                stages(name, body, plan.get(PlanOptions.EPOCHS), plan.get(PlanOptions.LEARNING_RATE)).stream()
                        .map(stage -> given(plan, stage))
                        .toList();
        return plan.with(PlanOptions.STAGES, new Stages(stages));
    }

    /** @throws Refusal where a plan says itself what learns, which its recipe does */
    private static void refuseOwnChoice(String recipe, FineTuningPlan plan) {
        String trainable = plan.get(PlanOptions.TRAINABLE);
        if (!trainable.equals(PlanOptions.TRAINABLE.usual())) {
            throw new Refusal("The recipe " + recipe + " says itself what learns. Leave out --trainable " + trainable
                    + ", or leave out --recipe; --stages has both say their part.");
        }
    }

    /** A decay that the user chose counts for every stage. */
    private static Stage given(FineTuningPlan plan, Stage stage) {
        double decay = plan.get(PlanOptions.LR_DECAY);
        return decay == PlanOptions.LR_DECAY.usual()
                ? stage
                : new Stage(stage.settings().with(PlanOptions.LR_DECAY, decay));
    }

    /** The last stage of the network, or the last third of its blocks where that is more of them. */
    private static int top(BodyBlocks body) {
        int count = body.blocks().size();
        int last = body.openings().get(body.openings().size() - 1);
        return Math.max(Math.min(last, count - Math.max(1, count / 3)), Math.min(1, count - 1));
    }

    private static List<Stage> probeThenFineTune(BodyBlocks body, Recipe.Budget budget) {
        int probe = Math.max(1, budget.epochs() / 3);
        return budget.epochs() < 2
                ? List.of(budget.from(body, top(body), 1))
                : List.of(budget.head(probe), budget.from(body, top(body), budget.epochs() - probe));
    }

    private static List<Stage> gradual(BodyBlocks body, Recipe.Budget budget) {
        List<Integer> opened = openings(body, Math.min(MOST_OPENINGS, budget.epochs() - 1));
        List<Stage> out = new ArrayList<>();
        int left = budget.epochs();
        int first = left / (opened.size() + 1);
        out.add(budget.head(first));
        left -= first;
        for (int i = 0; i < opened.size(); i++) {
            int count = left / (opened.size() - i);
            out.add(budget.from(body, opened.get(i), count));
            left -= count;
        }
        return out;
    }

    /** The blocks from which on the body learns, stage by stage, the last one 0; none where there may be none. */
    private static List<Integer> openings(BodyBlocks body, int most) {
        List<Integer> natural = body.openings();
        List<Integer> out = new ArrayList<>();
        if (most >= 1 && natural.size() >= 2 && natural.size() <= most) {
            natural.forEach(block -> out.add(0, block));
            return out;
        }
        int count = body.blocks().size();
        int steps = Math.min(most, count);
        for (int i = steps - 1; i >= 0; i--) {
            out.add(Math.round((float) i * count / Math.max(1, steps)));
        }
        return out.stream().distinct().toList();
    }

    /** The name of a recipe, or none. */
    record Names() implements Kind<Optional<String>> {
        @Override
        public Optional<String> parse(String text) {
            if (text.isBlank()) {
                return Optional.empty();
            }
            if (!choices().contains(text.strip())) {
                throw new IllegalArgumentException("'" + text + "' is none of " + words());
            }
            return Optional.of(text.strip());
        }

        @Override
        public String text(Optional<String> value) {
            return value.orElse("");
        }

        @Override
        public String label() {
            return String.join("|", choices());
        }

        @Override
        public String words() {
            return String.join(", ", choices());
        }

        @Override
        public List<String> choices() {
            return Stream.concat(Stream.of(AUTO), ALL.stream().map(Recipe::name))
                    .toList();
        }

        @Override
        public JsonNode json(Optional<String> value) {
            return value.<JsonNode>map(TextNode::valueOf).orElse(NullNode.getInstance());
        }

        @Override
        public Optional<String> of(JsonNode json) {
            return json.isNull() ? Optional.empty() : parse(json.asText());
        }

        @Override
        public boolean mayBeNull() {
            return true;
        }
    }
}
