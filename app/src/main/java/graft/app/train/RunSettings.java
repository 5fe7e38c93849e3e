package graft.app.train;

import graft.options.Option;
import graft.options.Settings;
import graft.run.PlanGroups;
import graft.run.PlanOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** What the user sets of a run besides what learns. Begins with the command line's defaults. */
public final class RunSettings {
    /** Of the window: with a few views each is computed once, and the next epochs are quick. */
    private static final int VIEWS = 4;

    /** What other screens set is not among them. */
    private static final List<Option<?>> OPTIONS = PlanOptions.ALL.stream()
            .filter(option -> !option.elsewhere() || option.group().equals(PlanGroups.EPISODIC))
            .toList();

    private final Map<Option<?>, Property<?>> properties = new LinkedHashMap<>();

    /** Whether a range test chooses the rate before the run, as long as nobody set one. */
    private final BooleanProperty rateByTest = new SimpleBooleanProperty(true);

    private final ObjectProperty<Recipe> recipe = new SimpleObjectProperty<>(Recipe.PROBE);

    RunSettings() {
        OPTIONS.forEach(option -> properties.put(option, new SimpleObjectProperty<>()));
        reset(Recipe.PROBE);
        property(PlanOptions.LEARNING_RATE).addListener((property, old, now) -> rateByTest.set(false));
    }

    /** Until then the rate is what the test is expected to come near to. */
    public BooleanProperty rateByTestProperty() {
        return rateByTest;
    }

    /** What they are for: some mean nothing to some recipes. */
    ObjectProperty<Recipe> recipeProperty() {
        return recipe;
    }

    /** Everything that can be set here, group by group. */
    public static List<Option<?>> all() {
        return OPTIONS;
    }

    /** Sets the rate that is expected, and leaves the choice to whom it was. */
    void expect(double rate) {
        boolean before = rateByTest.get();
        property(PlanOptions.LEARNING_RATE).setValue(rate);
        rateByTest.set(before);
    }

    /** The value of an option; never null. */
    @SuppressWarnings("unchecked") // each option has a property of its own values
    public <T> Property<T> property(Option<T> option) {
        return (Property<T>) properties.get(option);
    }

    /** What changes when one of the values does. */
    Observable[] observables() {
        return properties.values().toArray(Observable[]::new);
    }

    /** What is set. */
    Settings values() {
        Settings out = Settings.NONE;
        for (Option<?> option : OPTIONS) {
            out = with(out, option);
        }
        return out;
    }

    private <T> Settings with(Settings settings, Option<T> option) {
        return settings.with(option, property(option).getValue());
    }

    /** As they were set for a run. */
    void take(Settings past) {
        OPTIONS.forEach(option -> take(past, option));
        rateByTest.set(false);
    }

    private <T> void take(Settings past, Option<T> option) {
        property(option).setValue(past.get(option));
    }

    /** Back to the defaults, with the learning rate of a recipe. */
    void reset(Recipe recipe) {
        OPTIONS.forEach(this::reset);
        property(PlanOptions.LEARNING_RATE).setValue(recipe.learningRate());
        property(PlanOptions.EPOCHS).setValue(recipe.epochs());
        property(PlanOptions.VIEWS_PER_EXAMPLE).setValue(VIEWS);
        rateByTest.set(true);
    }

    private <T> void reset(Option<T> option) {
        property(option).setValue(option.usual());
    }
}
