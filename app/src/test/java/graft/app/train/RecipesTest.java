package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.jobs.DirectJobRunner;
import graft.app.network.NetworkViewModel;
import graft.app.network.SmallNetworks;
import graft.app.task.ExampleSet;
import graft.network.Layer;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTest {
    @TempDir
    Path folder;

    private final NetworkViewModel networks = new NetworkViewModel(
            new DirectJobRunner(), new InProcessWorker(), new SimpleObjectProperty<>(List.of("ants", "bees")));
    private TrainViewModel train;

    @BeforeEach
    void open() {
        train = new TrainViewModel(
                networks, new SimpleObjectProperty<ExampleSet>(), folder, new FakeProcess(), System::nanoTime);
        networks.open(SmallNetworks.write(folder.resolve("small.onnx"), 10));
    }

    private Layer last() {
        List<Layer> body = networks.networkProperty().get().body();
        return body.get(body.size() - 1);
    }

    @Test
    void aRecipeSetsThePadlocksAndStaysChosen() {
        train.choose(Recipe.TOP);
        assertThat(networks.trainableSpec()).isEqualTo("last:3");
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.TOP);
    }

    @Test
    void biasesAloneCanLearnWhereThereAreSome() {
        train.choose(Recipe.BIASES);
        assertThat(networks.trainableSpec()).isEqualTo("bias");
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.BIASES);
        assertThat(train.timelineProperty().get().stages().get(0).get(PlanOptions.TRAINABLE))
                .isEqualTo("bias");
        networks.padlocks().toggle(last());
        assertThat(networks.trainableSpec())
                .as("a padlock says which layers, whole")
                .doesNotContain("bias");
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.PADLOCKS);
    }

    /** The names are those of {@code graft train --recipe}. */
    @Test
    void aRecipeWithoutStepsHasNoRateAndNoEpochs() {
        train.choose(Recipe.PROTOTYPES);
        Timeline timeline = train.timelineProperty().get();
        assertThat(timeline.bars()).hasSize(1);
        Timeline.Bar head = timeline.bars().get(0);
        assertThat(timeline.isAtOnce(head)).isTrue();
        assertThat(timeline.learningAt(head, 0.5)).as("nothing to drag").isEqualTo(timeline);
        assertThat(train.withoutRateProperty().get()).isTrue();
        assertThat(networks.trainableSpec()).isEqualTo("head");
        train.choose(Recipe.EPISODES);
        assertThat(networks.trainableSpec()).isEqualTo("all");
        assertThat(train.withoutRateProperty().get()).isFalse();
    }

    @Test
    void whatTheExamplesAreToChooseIsNotGuessedBefore() {
        train.choose(Recipe.TOP);
        train.choose(Recipe.AUTO);
        assertThat(train.timelineProperty().get().bars()).isEmpty();
        assertThat(networks.trainableSpec()).as("padlocks stay").isEqualTo("last:3");
    }

    @Test
    void aPadlockSetByHandIsWhatThePadlocksSay() {
        train.choose(Recipe.FEATURE_EXTRACTION);
        networks.padlocks().toggle(last());
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.PADLOCKS);
        assertThat(train.settings().property(PlanOptions.LEARNING_RATE).getValue())
                .isEqualTo(0.01);
        assertThat(networks.trainableSpec()).isEqualTo("last:1");
    }

    @Test
    void aLearningRateOfOnesOwnStays() {
        train.settings().property(PlanOptions.LEARNING_RATE).setValue(0.3);
        networks.padlocks().toggle(last());
        assertThat(train.settings().property(PlanOptions.LEARNING_RATE).getValue())
                .isEqualTo(0.3);
    }

    @Test
    void anotherNetworkStartsWithTheBestFirstBet() {
        train.choose(Recipe.EVERYTHING);
        networks.open(SmallNetworks.write(folder.resolve("other.onnx"), 3));
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.PROBE);
        assertThat(networks.trainableSpec()).isEqualTo("last:1");
    }

    /** The built-in network's classifier has the names of the head that takes its place. */
    @Test
    void dataThatComeAfterTheNetworkMoveNoPadlock() {
        SimpleObjectProperty<List<String>> classes = new SimpleObjectProperty<>();
        NetworkViewModel early = new NetworkViewModel(new DirectJobRunner(), new InProcessWorker(), classes);
        TrainViewModel waiting = new TrainViewModel(
                early, new SimpleObjectProperty<ExampleSet>(), folder, new FakeProcess(), System::nanoTime);
        early.open(SmallNetworks.writeExported(folder.resolve("early.onnx")));
        classes.set(List.of("ants", "bees"));
        assertThat(waiting.recipeProperty().get()).isEqualTo(Recipe.PROBE);
        classes.set(List.of("ants", "bees", "wasps"));
        assertThat(waiting.recipeProperty().get()).isEqualTo(Recipe.PROBE);
    }
}
