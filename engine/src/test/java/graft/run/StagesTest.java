package graft.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.files.Json;
import graft.network.Importer;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.onnx.OnnxFile;
import graft.testdata.TinyNetworks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StagesTest {
    @TempDir
    Path folder;

    private static FineTuningPlan plan() {
        return FineTuningPlan.of(Path.of("/net.onnx"), Path.of("/data"), Path.of("/run"));
    }

    private static FineTuningPlan plan(String stages) {
        return plan().with(PlanOptions.LEARNING_RATE, 0.5)
                .with(PlanOptions.STAGES, PlanOptions.STAGES.kind().parse(stages));
    }

    @Test
    void whatAStageDoesNotSayIsAsTheOptionsSay() {
        List<Stage> stages = plan("head epochs=3; trainable=conv1,conv*, epochs=5, lr=0.25 schedule=cosine")
                .stages();
        assertThat(stages).extracting(stage -> stage.get(PlanOptions.TRAINABLE)).containsExactly("head", "conv1,conv*");
        assertThat(stages).extracting(stage -> stage.get(PlanOptions.EPOCHS)).containsExactly(3, 5);
        assertThat(stages)
                .extracting(stage -> stage.get(PlanOptions.LEARNING_RATE))
                .containsExactly(0.5, 0.25);
        assertThat(stages.get(1).get(PlanOptions.SCHEDULE)).isEqualTo(Schedule.COSINE);
    }

    @Test
    void ofTheWholePlanAllEpochsAreSaid() {
        FineTuningPlan plan = plan("head epochs=3; all epochs=5 lr=0.25");
        assertThat(plan.get(PlanOptions.EPOCHS)).isEqualTo(8);
        assertThat(PlanJson.said(Json.tree(plan), PlanOptions.EPOCHS).asInt()).isEqualTo(8);
        assertThat(Json.tree(plan).get("stages")).hasSize(2);
        assertThat(Json.read(Json.write(plan), FineTuningPlan.class)).isEqualTo(plan);
    }

    @Test
    void oneStageIsAPlanWithoutAList() {
        assertThat(plan("last:2 epochs=4 lr=0.25"))
                .isEqualTo(plan().with(PlanOptions.TRAINABLE, "last:2")
                        .with(PlanOptions.EPOCHS, 4)
                        .with(PlanOptions.LEARNING_RATE, 0.25));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "head epochs=x | epochs: 'x' is no whole number",
                "head epochs=0 | epochs must be a whole number from 1 to 1000000; it was 0.",
                "head epochs=1 epochs=2 | the stage 'head epochs=1 epochs=2' says epochs twice",
                "head momentum=0.5 | a stage has no momentum; it has trainable, epochs, lr",
                "head epochs=2 batch=4 | a stage has no batch",
                "epoch=3 | a stage has no epoch; it has",
                "head all | 'head all' says nothing of a stage; write KEY=VALUE",
                "; | there is no stage in ';'",
            })
    void whatIsNoStageIsSaidToBeNone(String stages, String words) {
        assertThatThrownBy(() -> PlanOptions.STAGES.kind().parse(stages))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private Network network() {
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), file);
        return Importer.open(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"head", "top", "probe-then-finetune", "gradual", "all"})
    void theStagesOfARecipeHaveAllItsEpochsAndNameLayersOfTheNetwork(String recipe) {
        Network network = network();
        for (int epochs = 1; epochs < 9; epochs++) {
            List<Stage> stages = Recipes.stages(recipe, network, epochs, 0.01);
            assertThat(stages.stream()
                            .mapToInt(stage -> stage.get(PlanOptions.EPOCHS))
                            .sum())
                    .isEqualTo(epochs);
            for (Stage stage : stages) {
                assertThat(stage.get(PlanOptions.EPOCHS)).isPositive();
                TrainableSpec.layers(network, stage.get(PlanOptions.TRAINABLE));
            }
        }
    }

    @Test
    void gradualUnfreezingOpensTheBodyFromTheTop() {
        assertThat(Recipes.stages("all", network(), 3, 0.13).get(0).settings().get(PlanOptions.LEARNING_RATE))
                .as("as one writes it, not 0.013000000000000001")
                .isEqualTo(0.013);
        List<String> opened = Recipes.stages("gradual", network(), 9, 0.01).stream()
                .map(stage -> stage.get(PlanOptions.TRAINABLE))
                .toList();
        assertThat(opened.get(0)).isEqualTo("head");
        assertThat(opened.get(opened.size() - 1)).isEqualTo("all");
        Network network = network();
        List<Integer> layers = opened.stream()
                .map(spec -> TrainableSpec.layers(network, spec).size())
                .toList();
        assertThat(layers).isSorted();
        assertThat(Recipes.stages("probe-then-finetune", network, 9, 0.01))
                .extracting(Stage::words)
                .containsExactly("head, 3 epochs at 0.01", "from:conv2, 6 epochs at 0.001");
    }

    @Test
    void aPlanKeepsTheStagesOfItsRecipeThoughTheRecipeMayChange() {
        FineTuningPlan asked =
                plan().with(PlanOptions.RECIPE, PlanOptions.RECIPE.kind().parse("all"));
        assertThat(Json.read(Json.write(asked), FineTuningPlan.class)).isEqualTo(asked);
        FineTuningPlan expanded = Recipes.expanded(asked, network());
        assertThat(expanded.stages()).hasSize(1);
        assertThat(expanded.get(PlanOptions.LEARNING_RATE)).isEqualTo(0.001);
        FineTuningPlan read = Json.read(Json.write(expanded), FineTuningPlan.class);
        assertThat(read).isEqualTo(expanded);
        assertThat(Recipes.expanded(read, network())).isEqualTo(expanded);
    }

    @Test
    void aRecipeAndWhatLearnsExcludeEachOther() {
        FineTuningPlan asked = plan().with(
                        PlanOptions.RECIPE, PlanOptions.RECIPE.kind().parse("gradual"))
                .with(PlanOptions.TRAINABLE, "last:2");
        assertThatThrownBy(() -> Recipes.expanded(asked, network()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("says itself what learns");
    }
}
