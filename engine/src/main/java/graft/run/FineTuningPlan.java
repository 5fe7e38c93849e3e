package graft.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.options.Option;
import graft.options.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that decides what a run gives, so that it can be repeated. Saved with the run.
 *
 * @param network the {@code .onnx} file to start from
 * @param data what to learn from
 * @param out the run folder
 * @param settings a value for each of {@link PlanOptions}
 * @param preprocessing of pictures; empty for data that is fed as it is
 * @param reading what the user says of the network's inputs and outputs
 */
public record FineTuningPlan(
        Path network, Path data, Path out, Settings settings, Optional<Preprocessing> preprocessing, Reading reading) {

    public FineTuningPlan {
        settings = ofEpisodes(Stages.settled(settings.complete(PlanOptions.ALL)));
        List<Stage> said = settings.get(PlanOptions.STAGES).list();
        if (said.stream().anyMatch(stage -> RateKind.isAuto(stage.get(PlanOptions.LEARNING_RATE)))) {
            throw new Refusal(
                    "--lr auto chooses the rate of a run of one stage or of a recipe; these stages do not all say theirs."
                            + " Write lr=… into each stage of --stages, or give --lr a number.");
        }
    }

    /** A step that is an episode has as many examples as that. */
    private static Settings ofEpisodes(Settings settings) {
        int each = settings.get(PlanOptions.SHOT) + settings.get(PlanOptions.QUERY);
        return Fit.of(settings) != Fit.EPISODES
                ? settings
                : settings.with(PlanOptions.BATCH, Math.multiplyExact(settings.get(PlanOptions.WAY), each))
                        .with(PlanOptions.ACCUMULATE, 1);
    }

    /** Everything as it usually is: {@link #with} changes it. */
    public static FineTuningPlan of(Path network, Path data, Path out) {
        return new FineTuningPlan(network, data, out, Settings.NONE, Optional.empty(), Reading.USUAL);
    }

    public <T> T get(Option<T> option) {
        return settings.get(option);
    }

    /** @throws graft.Refusal where the value is beyond its limits */
    public <T> FineTuningPlan with(Option<T> option, T value) {
        return with(Settings.NONE.with(option, value));
    }

    public FineTuningPlan with(Settings more) {
        return new FineTuningPlan(network, data, out, settings.and(more), preprocessing, reading);
    }

    /** The same from another network. */
    public FineTuningPlan withNetwork(Path other) {
        return new FineTuningPlan(other, data, out, settings, preprocessing, reading);
    }

    public FineTuningPlan withOut(Path folder) {
        return new FineTuningPlan(network, data, folder, settings, preprocessing, reading);
    }

    /** The same plan for data that were moved. */
    public FineTuningPlan withData(Path moved) {
        return new FineTuningPlan(network, moved, out, settings, preprocessing, reading);
    }

    public FineTuningPlan withPreprocessing(Optional<Preprocessing> how) {
        return new FineTuningPlan(network, data, out, settings, how, reading);
    }

    public FineTuningPlan withReading(Reading said) {
        return new FineTuningPlan(network, data, out, settings, preprocessing, said);
    }

    /** At least one. */
    public List<Stage> stages() {
        List<Stage> several = get(PlanOptions.STAGES).list();
        return several.isEmpty() ? List.of(Stage.of(settings)) : several;
    }

    /** Whether the plan names a recipe whose stages for its network are not known yet. */
    public boolean isToBeExpanded() {
        return get(PlanOptions.RECIPE).isPresent()
                && get(PlanOptions.STAGES).list().isEmpty();
    }

    /** Whether a range test is to choose the learning rate before the run begins. */
    public boolean isRateToBeChosen() {
        return RateKind.isAuto(get(PlanOptions.LEARNING_RATE));
    }

    /** Whether its only stage takes no step. */
    public boolean isAtOnce() {
        return get(PlanOptions.RECIPE)
                .map(Recipes::isAtOnce)
                .orElse(get(PlanOptions.FIT).isAtOnce());
    }

    /** The plan as if the head alone learnt: for the rate of a recipe, which is the head's. */
    public FineTuningPlan ofHeadAlone() {
        return with(Settings.NONE
                .with(PlanOptions.RECIPE, Optional.empty())
                .with(PlanOptions.STAGES, Stages.NONE)
                .with(PlanOptions.TRAINABLE, PlanOptions.TRAINABLE.usual()));
    }

    /** The plan as if it had this stage alone. */
    public FineTuningPlan alone(Stage stage) {
        return with(PlanOptions.RECIPE, Optional.empty()).with(PlanOptions.STAGES, new Stages(List.of(stage)));
    }

    /** Examples per step. */
    public int stepSize() {
        return Math.multiplyExact(get(PlanOptions.BATCH), get(PlanOptions.ACCUMULATE));
    }

    /** On what is computed, and how. */
    public Computing computing() {
        return Computing.of(settings);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FineTuningPlan ofJson(JsonNode json) {
        return PlanJson.read(json);
    }

    @JsonValue
    JsonNode json() {
        return PlanJson.of(this);
    }

    /** The ways to change weights by gradients. */
    public enum OptimizerKind {
        SGD,
        ADAMW
    }

    /** What weight decay pulls towards zero. */
    public enum Decayed {
        ALL,
        /** All but biases and weights of norms. */
        MATRICES
    }
}
