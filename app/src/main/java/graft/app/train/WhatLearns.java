package graft.app.train;

import graft.Refusal;
import graft.app.task.ExampleSet;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.options.Settings;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/** What learns in the next run, and when: the card that is chosen, the padlocks, and the timeline that comes of both or is the user's own. */
final class WhatLearns {
    /** Parameters above which all of a network would learn too long for a first try on two cores. */
    private static final long LARGE = 5_000_000;

    private final ChosenNetwork network;
    private final ObservableValue<ExampleSet> data;
    private final RunSettings settings;
    private final ObjectProperty<Recipe> recipe = new SimpleObjectProperty<>(Recipe.PROBE);
    private final ReadOnlyObjectWrapper<Timeline> timeline = new ReadOnlyObjectWrapper<>(new Timeline(List.of()));
    private Path file;
    private Path opened;
    /** The card that was chosen last for each network that was open. */
    private final Map<Path, Recipe> cards = new HashMap<>();

    private boolean applying;
    /** Whether a network was opened for which no recipe is chosen yet. */
    private boolean fresh;
    /** Whether the timeline is the user's own. */
    private boolean own;
    /** What it was before each move of a bar, the last one first. */
    private final Deque<Moved> moves = new ArrayDeque<>();

    private boolean grasped = true;
    /** How a run of the past was set, until its network and its data are open. */
    private FineTuningPlan wanted;

    /** Which recipe was left by a padlock; null where none was. */
    private Left left;
    /** The rate of a run that was put back, as long as nobody set another; NaN where none was. */
    private double restoredRate = Double.NaN;

    private record Moved(Timeline timeline, boolean own) {}

    /**
     * A recipe, as it was until a padlock said otherwise.
     *
     * @param body the weights of the body that learnt
     */
    private record Left(Set<String> body, Recipe recipe, int epochs, double rate) {}

    WhatLearns(ChosenNetwork network, ObservableValue<ExampleSet> data, RunSettings settings) {
        this.network = network;
        this.data = data;
        this.settings = settings;
        network.networkProperty().addListener((property, old, now) -> {
            followPadlocks(old, now);
            restoreIfOpen();
        });
        data.addListener((property, old, now) -> restoreIfOpen());
        settings.property(PlanOptions.EPOCHS).addListener((property, old, now) -> drawTimeline());
        settings.property(PlanOptions.LEARNING_RATE).addListener((property, old, now) -> drawTimeline());
        settings.reset(recipe.get());
        settings.recipeProperty().bind(recipe);
        recipe.addListener((property, before, now) -> noteCard());
    }

    /** Who looks at another network in between finds the card of this one again. */
    private void noteCard() {
        if (opened != null && !fresh) {
            cards.put(opened, recipe.get());
        }
    }

    /** Padlocks set by hand are no longer what a recipe said; another network begins with the best first bet. */
    private void followPadlocks(Network before, Network now) {
        boolean other = !network.openedFile().equals(opened);
        boolean edited = !network.fileProperty().getValue().equals(file);
        opened = network.openedFile();
        file = network.fileProperty().getValue();
        if (other) {
            fresh = true;
        } else if (!edited && !applying && !learningBody(before).equals(learningBody(now))) {
            fresh = false;
            takePadlocks(learningBody(before), learningBody(now));
        }
        // A recipe speaks of the network with its new head, which comes with the data.
        if (fresh && now.head().isPresent() && !applying) {
            fresh = false;
            choose(cards.getOrDefault(opened, now.parameters() > LARGE ? Recipe.FEATURE_EXTRACTION : Recipe.PROBE));
        }
        drawTimeline();
    }

    /** Where the padlocks are as they were under a recipe, it is that recipe again. */
    private void takePadlocks(Set<String> before, Set<String> now) {
        Property<Integer> epochs = settings.property(PlanOptions.EPOCHS);
        Property<Double> rate = settings.property(PlanOptions.LEARNING_RATE);
        if (recipe.get() != Recipe.PADLOCKS) {
            left = new Left(before, recipe.get(), epochs.getValue(), rate.getValue());
            take(Recipe.PADLOCKS);
        } else if (left != null && left.body().equals(now)) {
            Left back = left;
            left = null;
            take(back.recipe());
            epochs.setValue(back.epochs());
            settings.expect(back.rate());
        }
    }

    private static Set<String> learningBody(Network network) {
        return network.body().stream()
                .flatMap(layer -> layer.weights().stream())
                .filter(network.trainable()::contains)
                .collect(Collectors.toSet());
    }

    /** What the user changed stays. */
    private void take(Recipe next) {
        if (settings.property(PlanOptions.LEARNING_RATE).getValue() == restoredRate) {
            settings.rateByTestProperty().set(true); // the user set none: it came with a run of the past
        }
        restoredRate = Double.NaN;
        if (settings.rateByTestProperty().get()
                || settings.property(PlanOptions.LEARNING_RATE).getValue()
                        == recipe.get().learningRate()) {
            settings.expect(next.learningRate());
        }
        Property<Integer> epochs = settings.property(PlanOptions.EPOCHS);
        if (epochs.getValue() == recipe.get().epochs()) {
            epochs.setValue(next.epochs());
        }
        recipe.set(next);
    }

    /** What learns, when, by the recipe and the settings, or as the user moved it. */
    ReadOnlyObjectProperty<Timeline> timelineProperty() {
        return timeline.getReadOnlyProperty();
    }

    /** A bar is taken: what is moved until the next time is taken back at once. */
    void grasp() {
        grasped = true;
    }

    /** Takes the user's own stages; they stay until recipe, network, epochs or learning rate are others. */
    void move(Timeline moved) {
        if (grasped) {
            moves.push(new Moved(timeline.get(), own));
            grasped = false;
        }
        takeOwn(moved);
    }

    private void takeOwn(Timeline moved) {
        own = true;
        timeline.set(moved);
    }

    /** Takes the last move of a bar back; false where none is left. */
    boolean undoMove() {
        if (moves.isEmpty()) {
            return false;
        }
        Moved before = moves.pop();
        grasped = true;
        own = before.own();
        timeline.set(before.timeline());
        return true;
    }

    /** Whether the timeline is the user's own. */
    boolean isTimelineOwn() {
        return own;
    }

    private void drawTimeline() {
        Network now = network.networkProperty().getValue();
        own = false;
        moves.clear();
        grasped = true;
        if (now == null || applying) {
            timeline.set(new Timeline(now == null ? List.of() : timeline.get().stages()));
            return;
        }
        int epochs = settings.property(PlanOptions.EPOCHS).getValue();
        double rate = settings.property(PlanOptions.LEARNING_RATE).getValue();
        List<Stage> stages = recipe.get().stages(now, epochs, rate);
        if (!recipe.get().isKnown()) {
            timeline.set(new Timeline(List.of()));
            return;
        }
        timeline.set(new Timeline(
                stages.isEmpty()
                        ? List.of(new Stage(Settings.NONE
                                .with(PlanOptions.TRAINABLE, network.trainableSpec())
                                .with(PlanOptions.EPOCHS, epochs)
                                .with(PlanOptions.LEARNING_RATE, rate)))
                        : stages));
    }

    /** Chooses a recipe: sets the padlocks to what learns in the end, a good learning rate and a good length. */
    void choose(Recipe chosen) {
        Network now = network.networkProperty().getValue();
        if (chosen == Recipe.BIASES && now != null && !hasBiases(now)) {
            network.apply(chosen.spec(now)); // which says so
            return;
        }
        fresh = false;
        left = null;
        take(chosen); // the first: who listens to the network may put something else in its place
        String spec = now == null ? null : chosen.spec(now);
        if (spec != null) {
            applying = true;
            network.apply(spec);
            applying = false;
        }
        drawTimeline();
    }

    private static boolean hasBiases(Network network) {
        try {
            TrainableSpec.apply(network, "bias");
            return true;
        } catch (Refusal none) {
            return false;
        }
    }

    /** Sets everything as it was for a run of the past, as soon as its network and its data are open. */
    void restore(FineTuningPlan past) {
        wanted = past;
        restoreIfOpen();
    }

    private void restoreIfOpen() {
        if (wanted == null || applying || network.networkProperty().getValue() == null) {
            return;
        }
        FineTuningPlan past = wanted;
        RunSubject subject = RunSubject.of(past);
        // Data that are gone are not waited for: what is known of the run is set without them.
        boolean open = Files.exists(past.data())
                ? data.getValue() != null
                        && subject.isOf(
                                network.fileProperty().getValue(),
                                data.getValue().source())
                : subject.isOfNetwork(network.fileProperty().getValue());
        if (!open) {
            return;
        }
        wanted = null;
        fresh = false;
        applying = true;
        network.apply(past.get(PlanOptions.TRAINABLE));
        settings.take(past.settings());
        // Of several stages the settings say the last one's.
        Recipe followed = Recipe.of(past, network.networkProperty().getValue());
        if (followed.option().isPresent()) {
            settings.expect(followed.rateBehind(past, network.networkProperty().getValue()));
        }
        if (followed.option().isPresent() && past.stages().size() > 1) {
            settings.property(PlanOptions.LR_DECAY).setValue(PlanOptions.LR_DECAY.usual());
        }
        recipe.set(followed);
        restoredRate = settings.property(PlanOptions.LEARNING_RATE).getValue();
        applying = false;
        drawTimeline();
        if (past.stages().size() > 1 && !timeline.get().equals(Timeline.of(past))) {
            takeOwn(Timeline.of(past));
        }
    }

    ObjectProperty<Recipe> recipeProperty() {
        return recipe;
    }
}
