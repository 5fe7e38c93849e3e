package graft.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.Refusal;
import graft.files.Json;
import graft.image.Augmentation;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.Preprocessing;
import graft.network.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What earlier versions wrote opens. The files come from {@code graft train} of those versions with {@code --trainable last:3
 * --epochs 2 --batch 4 --optimizer adamw --lr 0.003 --momentum 0.8 --weight-decay 0.01 --schedule cosine --augment flip,rotate:20
 * --views 2 --early-stop 3 --class-weights --label-smoothing 0.1 --keep-statistics --no-dropout --seed 7 --no-shuffle --head-init
 * zeros --threads 2 --checkpoint-seconds 1 --skip-unreadable}; the later one also with {@code --accumulate 2
 * --checkpoint-activations}.
 */
class OldPlansTest {
    @TempDir
    Path folder;

    private static JsonNode json(String name) throws Exception {
        return Json.read(Path.of(OldPlansTest.class.getResource(name).toURI()), JsonNode.class);
    }

    private static FineTuningPlan typed(String run) {
        return FineTuningPlan.of(
                        Path.of("/home/ann/net.onnx"), Path.of("/home/ann/pictures"), Path.of("/home/ann", run))
                .with(PlanOptions.TRAINABLE, "last:3")
                .with(PlanOptions.EPOCHS, 2)
                .with(PlanOptions.BATCH, 4)
                .with(PlanOptions.OPTIMIZER, FineTuningPlan.OptimizerKind.ADAMW)
                .with(PlanOptions.LEARNING_RATE, 0.003)
                .with(PlanOptions.MOMENTUM, 0.8)
                .with(PlanOptions.WEIGHT_DECAY, 0.01)
                .with(PlanOptions.SCHEDULE, Schedule.COSINE)
                .with(PlanOptions.AUGMENT, new Augmentation(true, false, false, 20))
                .with(PlanOptions.VIEWS_PER_EXAMPLE, 2)
                .with(PlanOptions.EARLY_STOP, 3)
                .with(PlanOptions.CLASS_WEIGHTS, true)
                .with(PlanOptions.LABEL_SMOOTHING, 0.1)
                .with(PlanOptions.KEEP_STATISTICS, true)
                .with(PlanOptions.DROPOUT, false)
                .with(PlanOptions.SEED, 7L)
                .with(PlanOptions.SHUFFLE, false)
                .with(PlanOptions.HEAD_INIT, Head.Init.ZEROS)
                .with(PlanOptions.THREADS, 2)
                .with(PlanOptions.CHECKPOINT_SECONDS, 1.0)
                .with(PlanOptions.SKIP_UNREADABLE, true)
                .withPreprocessing(Optional.of(new Preprocessing(
                        32,
                        1,
                        new float[] {0.5f, 0.5f, 0.5f},
                        new float[] {0.25f, 0.25f, 0.25f},
                        Channels.RGB,
                        Layout.NCHW)));
    }

    @Test
    void aPlanOf010Opens() throws Exception {
        assertThat(Json.convert(json("plan-0.1.0.json"), FineTuningPlan.class)).isEqualTo(typed("run-0.1.0"));
    }

    @Test
    void aPlanWithoutGroupsOpens() throws Exception {
        assertThat(Json.convert(json("plan-flat.json"), FineTuningPlan.class))
                .isEqualTo(typed("run-today")
                        .with(PlanOptions.ACCUMULATE, 2)
                        .with(PlanOptions.CHECKPOINT_ACTIVATIONS, true));
    }

    @Test
    void whatItSaysOfAnOptionIsFoundInEachForm() throws Exception {
        JsonNode old = json("plan-0.1.0.json");
        JsonNode grouped = Json.tree(typed("run"));
        for (JsonNode plan : new JsonNode[] {old, grouped}) {
            assertThat(PlanJson.said(plan, PlanOptions.TRAINABLE).asText()).isEqualTo("last:3");
            assertThat(PlanJson.said(plan, PlanOptions.LEARNING_RATE).asDouble())
                    .isEqualTo(0.003);
            assertThat(PlanJson.said(plan, PlanOptions.VIEWS_PER_EXAMPLE).asInt())
                    .isEqualTo(2);
            assertThat(PlanJson.said(plan, PlanOptions.THREADS).asInt()).isEqualTo(2);
        }
    }

    @Test
    void resultsOfEarlierVersionsOpen() throws Exception {
        for (String name : new String[] {"result-0.1.0.json", "result-flat.json"}) {
            FineTuningResult result = Json.convert(json(name), FineTuningResult.class);
            assertThat(result.status()).isEqualTo("finished");
            assertThat(result.epochs()).hasSize(2);
            assertThat(result.classes()).containsExactly("blue", "red");
            assertThat(result.frozenUnchanged()).isTrue();
        }
    }

    @Test
    void aPlanIsWrittenInGroupsWithAListOfStages() {
        JsonNode json = Json.tree(typed("run"));
        assertThat(json.get("stages")).hasSize(1);
        assertThat(json.get("stages").get(0).get("epochs").asInt()).isEqualTo(2);
        assertThat(json.get("optimization").get("weight_decay").asDouble()).isEqualTo(0.01);
        assertThat(json.get("augmentation").get("views").asInt()).isEqualTo(2);
        assertThat(json.get("computing").get("device").asText()).isEqualTo("CPU");
    }

    @Test
    void scriptsFindTheKeysOfEarlierVersions() throws Exception {
        JsonNode old = json("plan-flat.json");
        JsonNode now = PlanJson.withoutGroups(Json.tree(Json.convert(old, FineTuningPlan.class)));
        old.fieldNames().forEachRemaining(key -> {
            if (!key.equals("computing")) {
                assertThat(now.get(key)).as(key).hasToString(old.get(key).toString());
            }
        });
        assertThat(now.get("computing").get("device"))
                .isEqualTo(old.get("computing").get("device"));
    }

    @Test
    void aPlanWithoutAStageIsRefused() throws Exception {
        ObjectNode json = (ObjectNode) Json.tree(typed("run"));
        json.putArray("stages");
        Path file = folder.resolve("plan.json");
        Files.writeString(file, json.toString());
        assertThatThrownBy(() -> Json.read(file, FineTuningPlan.class))
                .isInstanceOf(Refusal.class)
                .hasMessage(file + ": the plan has no stage.");
    }
}
