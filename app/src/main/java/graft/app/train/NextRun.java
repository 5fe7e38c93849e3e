package graft.app.train;

import graft.app.task.ExampleSet;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.value.ObservableStringValue;
import javafx.beans.value.ObservableValue;

/** What the next run trains on, whatever run is shown. */
public final class NextRun {
    private final StringBinding words;
    private final StringBinding recipe;
    private final BooleanBinding other;

    NextRun(TrainViewModel train, ChosenNetwork network, ObservableValue<ExampleSet> data) {
        this.recipe =
                Bindings.createStringBinding(() -> recipe(train), train.recipeProperty(), train.timelineProperty());
        this.words = Bindings.createStringBinding(
                () -> words(train.awaitedProperty().get(), network, data.getValue(), recipe.get()),
                train.awaitedProperty(),
                network.fileProperty(),
                network.networkProperty(),
                data,
                recipe);
        this.other = Bindings.createBooleanBinding(
                () -> differs(train, network, data.getValue()),
                train.run().subjectProperty(),
                network.fileProperty(),
                data);
    }

    private static String recipe(TrainViewModel train) {
        String card = TrainViewModel.text("recipe." + train.recipeProperty().get());
        return train.isTimelineOwn() ? TrainViewModel.text("timeline.own", card) : card;
    }

    private static String words(String awaited, ChosenNetwork network, ExampleSet set, String recipe) {
        if (!awaited.isEmpty()) {
            return TrainViewModel.text("next.awaited", awaited);
        }
        if (set == null && network.networkProperty().getValue() == null) {
            return TrainViewModel.text("next.nothing");
        }
        return TrainViewModel.text(
                "next.run",
                set == null ? TrainViewModel.text("next.no.data") : set.source().getFileName(),
                network.networkProperty().getValue() == null
                        ? TrainViewModel.text("next.no.network")
                        : RunSubject.name(network.fileProperty().getValue()),
                recipe);
    }

    private static boolean differs(TrainViewModel train, ChosenNetwork network, ExampleSet set) {
        RunSubject shown = train.run().subjectProperty().get();
        return shown != null && !shown.isOf(network.fileProperty().getValue(), set == null ? null : set.source());
    }

    /** "Next run: flowers · mobilenetv2-0.35 · Everything", or what it waits for. */
    public ObservableStringValue wordsProperty() {
        return words;
    }

    /** Its card, and whether what learns when was changed by hand. */
    public ObservableStringValue recipeProperty() {
        return recipe;
    }

    /** Whether the run shown is of other data, or of another network. */
    public ObservableValue<Boolean> isOtherThanShown() {
        return other;
    }
}
