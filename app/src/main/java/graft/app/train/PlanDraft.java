package graft.app.train;

import graft.app.task.ExampleSet;
import graft.options.Settings;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.RateKind;
import graft.run.Stages;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.value.ObservableValue;

/** The plan of what would be run now: network, data, settings and what learns, as they are set. */
final class PlanDraft {
    private final ChosenNetwork network;
    private final ObservableValue<ExampleSet> data;
    private final RunSettings settings;
    private final WhatLearns learns;

    PlanDraft(ChosenNetwork network, ObservableValue<ExampleSet> data, RunSettings settings, WhatLearns learns) {
        this.network = network;
        this.data = data;
        this.settings = settings;
        this.learns = learns;
    }

    /** @param folder where it would run */
    FineTuningPlan into(Path folder) {
        boolean pictures = data.getValue().files().isPresent();
        return FineTuningPlan.of(
                        network.fileProperty().getValue(), data.getValue().source(), folder)
                .with(settings.values())
                .with(data.getValue().how())
                .with(whatLearns())
                .with(rate())
                .with(layerRates())
                .with(PlanOptions.FEATURES, network.features())
                .with(PlanOptions.SKIP_UNREADABLE, true) // the Data screen lists what cannot be read
                .withPreprocessing(
                        pictures ? Optional.of(network.preprocessingProperty().getValue()) : Optional.empty())
                .withReading(network.reading());
    }

    /** What the settings say of the rates of layers, and what was set at the layers themselves, which counts more. */
    private Settings layerRates() {
        String ofLayers = network.rateFactors();
        String typed = settings.values().get(PlanOptions.LR_FACTORS);
        return ofLayers.isEmpty()
                ? Settings.NONE
                : Settings.NONE.with(PlanOptions.LR_FACTORS, typed.isBlank() ? ofLayers : typed + "," + ofLayers);
    }

    /** Left to a test where nobody set one; stages of the user's own have the rates that their bars show. */
    private Settings rate() {
        return settings.rateByTestProperty().get() && !learns.isTimelineOwn()
                ? Settings.NONE.with(PlanOptions.LEARNING_RATE, RateKind.AUTO)
                : Settings.NONE;
    }

    /** A recipe by its name, as long as the user moved nothing: whoever repeats the run by its command reads what it was. */
    private Settings whatLearns() {
        Optional<String> named = learns.recipeProperty().get().option();
        if (learns.isTimelineOwn()) {
            return Settings.NONE.with(
                    PlanOptions.STAGES,
                    new Stages(learns.timelineProperty().get().stages()));
        }
        return named.isEmpty() || learns.recipeProperty().get() == Recipe.FEATURE_EXTRACTION
                ? Settings.NONE.with(PlanOptions.TRAINABLE, network.trainableSpec())
                : Settings.NONE.with(PlanOptions.RECIPE, named);
    }
}
