package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.train.Recipe;
import graft.app.train.TrainViewModel;
import graft.network.Layer;
import graft.run.PlanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphEditsTest {
    @TempDir
    Path folder;

    private final NetworkViewModel networks = new NetworkViewModel(
            new DirectJobRunner(), new InProcessWorker(), new SimpleObjectProperty<>(List.of("a", "b")));
    private Path file;

    @BeforeEach
    void open() {
        file = SmallNetworks.write(folder.resolve("chain.onnx"), 3);
        networks.edits().keepIn(folder.resolve("project"));
        networks.open(file);
    }

    private Layer layer(String name) {
        return networks.networkProperty().get().layers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> layers() {
        return networks.networkProperty().get().layers().stream()
                .map(Layer::name)
                .toList();
    }

    @Test
    void eachEditIsAFileOfItsOwnAndCanBeUndone() throws IOException {
        byte[] before = Files.readAllBytes(file);
        networks.padlocks().toggle(layer("conv2"));
        networks.edits().insert("batchnorm", layer("conv1"));
        assertThat(layers()).containsExactly("conv0", "conv1", "conv1.batchnorm", "conv2", "head");
        assertThat(networks.fileProperty().get()).isEqualTo(folder.resolve("project/chain-edit-1.onnx"));
        assertThat(networks.padlocks().isLearning(layer("conv2")))
                .as("padlocks stay")
                .isTrue();
        networks.edits().delete(layer("conv2"));
        assertThat(layers()).containsExactly("conv0", "conv1", "conv1.batchnorm", "head");
        assertThat(networks.deeds())
                .containsExactly("chain opened", "conv2 learns", "batchnorm inserted behind conv1", "conv2 deleted");
        networks.undo();
        assertThat(layers()).contains("conv2");
        networks.goTo(0);
        assertThat(networks.fileProperty().get()).isEqualTo(file);
        assertThat(networks.networkProperty().get().trainableParameters()).isEqualTo(10);
        networks.redo();
        networks.redo();
        assertThat(networks.fileProperty().get()).hasFileName("chain-edit-1.onnx");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aWrongEditIsRefusedInWordsAndNothingChanges() {
        networks.edits().delete(layer("conv0"));
        assertThat(networks.problemProperty().get())
                .contains("Without conv0, conv1")
                .contains("3×8×8");
        assertThat(networks.fileProperty().get()).isEqualTo(file);
        assertThat(networks.deeds()).hasSize(1);
    }

    @Test
    void theHeadStandsWhereTheNetworkIsCut() {
        networks.edits().cut(layer("conv1"));
        assertThat(layers()).containsExactly("conv0", "conv1", "head");
        assertThat(networks.nameProperty().get())
                .as("the page is of the network as it was edited")
                .isEqualTo("chain-edit-1");
        assertThat(networks.edits().isEditable(layer("head"))).isFalse();
    }

    @Test
    void aPadlockTakenBackBringsTheRecipeBack() {
        TrainViewModel train = new TrainViewModel(
                networks, new SimpleObjectProperty<>(), folder, new ProcessService(), System::nanoTime);
        networks.open(SmallNetworks.write(folder.resolve("another.onnx"), 3));
        train.choose(Recipe.PROBE);
        int epochs = train.settings().property(PlanOptions.EPOCHS).getValue();
        double rate = train.settings().property(PlanOptions.LEARNING_RATE).getValue();
        networks.padlocks().toggle(layer("conv0"));
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.PADLOCKS);
        networks.undo();
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.PROBE);
        assertThat(train.settings().property(PlanOptions.EPOCHS).getValue()).isEqualTo(epochs);
        assertThat(train.settings().property(PlanOptions.LEARNING_RATE).getValue())
                .isEqualTo(rate);
        assertThat(train.settings().rateByTestProperty().get()).isTrue();
    }

    @Test
    void anEditAndItsUndoLeaveRecipeAndPadlocksAsTheyWere() {
        TrainViewModel train = new TrainViewModel(
                networks, new SimpleObjectProperty<>(), folder, new ProcessService(), System::nanoTime);
        networks.open(SmallNetworks.write(folder.resolve("another.onnx"), 3));
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.PROBE);
        assertThat(networks.headlineProperty().get())
                .as("3·4·9+4, twice 4·4·9+4, and 4·2+2 of the head")
                .contains("another · 418");
        train.choose(Recipe.FEATURE_EXTRACTION);
        networks.edits().insert("dropout", layer("conv1"));
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.FEATURE_EXTRACTION);
        assertThat(networks.networkProperty().get().trainableParameters())
                .as("the head alone")
                .isEqualTo(10);
        assertThat(networks.deeds())
                .last()
                .asString()
                .as("nothing was done behind the user's back")
                .startsWith("dropout");
        networks.undo();
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.FEATURE_EXTRACTION);
        assertThat(networks.networkProperty().get().trainableParameters()).isEqualTo(10);
    }
}
