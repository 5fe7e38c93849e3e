package graft.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import graft.project.RunEntry;
import graft.run.FineTuningPlan;
import graft.run.PlanJson;
import graft.run.PlanOptions;
import graft.run.RateKind;
import graft.run.Recipes;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a run is of: the screens show it beside the run's figures, whatever is open meanwhile.
 *
 * @param trainable what learns, as {@code --trainable} takes it
 * @param recipe "" = none
 * @param name that the user gave it; "" = none
 * @param earlyStop epochs without a better one after which it ends by itself; 0 = never
 */
public record RunSubject(
        Path network,
        Path data,
        String trainable,
        int epochs,
        int earlyStop,
        String optimizer,
        double learningRate,
        int batch,
        boolean augmented,
        String recipe,
        String name) {

    /** Of a plan that has stages of no recipe. */
    private static final String STAGES = "stages";

    static RunSubject of(FineTuningPlan plan) {
        return new RunSubject(
                plan.network(),
                plan.data(),
                plan.get(PlanOptions.TRAINABLE),
                plan.get(PlanOptions.EPOCHS),
                plan.get(PlanOptions.EARLY_STOP),
                plan.get(PlanOptions.OPTIMIZER).toString(),
                plan.get(PlanOptions.LEARNING_RATE),
                plan.get(PlanOptions.BATCH),
                !plan.get(PlanOptions.AUGMENT).isNone(),
                plan.get(PlanOptions.RECIPE).orElse(plan.stages().size() > 1 ? STAGES : ""),
                "");
    }

    /** Of a run that the history remembers, its plan as another version of Graft may have written it. */
    public static RunSubject of(RunEntry run) {
        JsonNode plan = run.plan();
        return new RunSubject(
                Path.of(run.network()),
                Path.of(run.data()),
                PlanJson.said(plan, PlanOptions.TRAINABLE).asText(),
                PlanJson.said(plan, PlanOptions.EPOCHS).asInt(),
                PlanJson.said(plan, PlanOptions.EARLY_STOP).asInt(),
                PlanJson.said(plan, PlanOptions.OPTIMIZER).asText(),
                PlanJson.said(plan, PlanOptions.LEARNING_RATE).asDouble(),
                PlanJson.said(plan, PlanOptions.BATCH).asInt(),
                isAugmented(PlanJson.said(plan, PlanOptions.AUGMENT)),
                PlanJson.said(plan, PlanOptions.RECIPE)
                        .asText(PlanJson.said(plan, PlanOptions.STAGES).isMissingNode() ? "" : STAGES),
                run.name());
    }

    /** Whether it is of the network and the data that are open; of none where either is null. */
    boolean isOf(Path openNetwork, Path openData) {
        return same(data, openData) && isOfNetwork(openNetwork);
    }

    boolean isOfNetwork(Path openNetwork) {
        return same(network, openNetwork) || same(HeadAgain.origin(network), openNetwork);
    }

    private static boolean same(Path mine, Path open) {
        return open != null
                && mine.toAbsolutePath()
                        .normalize()
                        .equals(open.toAbsolutePath().normalize());
    }

    /** As a plan writes it: an object with a value for each kind of change, or a word in earlier ones. */
    private static boolean isAugmented(JsonNode said) {
        if (!said.isObject()) {
            return !said.asText("none").equals("none") && !said.isMissingNode();
        }
        for (String change : List.of("flip", "crop", "color", "rotate", "affine", "policy")) {
            if (said.path(change).asBoolean()
                    || said.path(change).asDouble() != 0
                    || said.path(change).isObject()) {
                return true;
            }
        }
        return false;
    }

    /** Its own name, else what learns: "head", "top 10, augmented". */
    public String title() {
        if (!name.isEmpty()) {
            return name;
        }
        if (!recipe.isEmpty() && !recipe.equals("null")) {
            String words = recipe(recipe);
            return augmented ? TrainViewModel.text("run.augmented", words) : words;
        }
        String what = trainable.equals("head")
                ? "head"
                : trainable.equals("all") || trainable.equals("bias")
                        ? trainable
                        : trainable.matches("last:\\d+") ? "top" : "some";
        String words = TrainViewModel.text("run." + what, trainable.replaceFirst("^last:", ""));
        return augmented ? TrainViewModel.text("run.augmented", words) : words;
    }

    /** "probe, then fine-tune"; one of another version by the name that it has there. */
    public static String recipe(String name) {
        String key = "run.recipe." + name;
        return TrainViewModel.has(key) ? TrainViewModel.text(key) : name;
    }

    /** Whether no step was to be taken. */
    boolean isAtOnce() {
        return Recipes.isAtOnce(recipe);
    }

    /** Whether its file gives features, on which classes are put later. */
    public boolean givesFeatures() {
        return Recipe.EPISODES.option().filter(recipe::equals).isPresent();
    }

    /** "flowers · mobilenetv2-0.35". */
    public String source() {
        return TrainViewModel.text("subject", data.getFileName(), name(network));
    }

    /** "mobilenetv2-0.35". */
    static String name(Path network) {
        if (HeadAgain.isOfRun(network)) {
            return TrainViewModel.text("subject.run", network.getParent().getFileName());
        }
        return network.getFileName().toString().replaceFirst("(?i)\\.onnx$", "");
    }

    /** "last:10 · 10 epochs · SGD 0.001 · batch 16". */
    public String words() {
        if (isAtOnce()) {
            return TrainViewModel.text("subject.at.once", recipe(recipe));
        }
        return TrainViewModel.text(
                "subject.settings", trainable, epochs, optimizer.toUpperCase(Locale.ROOT), rate(), batch);
    }

    private String rate() {
        return RateKind.isAuto(learningRate) ? TrainViewModel.text("rate.auto") : TimelineView.rate(learningRate);
    }

    /** The same, once the examples have chosen the recipe. */
    RunSubject by(String chosen) {
        return new RunSubject(
                network, data, trainable, epochs, earlyStop, optimizer, learningRate, batch, augmented, chosen, name);
    }

    /** The same of a network and data that lie elsewhere now. */
    RunSubject at(FineTuningPlan places) {
        return new RunSubject(
                places.network(),
                places.data(),
                trainable,
                epochs,
                earlyStop,
                optimizer,
                learningRate,
                batch,
                augmented,
                recipe,
                name);
    }

    /** The same, once a test has chosen the rate. */
    RunSubject at(double rate) {
        return new RunSubject(
                network, data, trainable, epochs, earlyStop, optimizer, rate, batch, augmented, recipe, name);
    }
}
