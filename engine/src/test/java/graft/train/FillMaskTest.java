package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import graft.data.DataSet;
import graft.files.Json;
import graft.inference.OrtSession;
import graft.language.LanguageData;
import graft.network.Importer;
import graft.onnx.Graph;
import graft.onnx.OnnxFile;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.testdata.Plans;
import graft.text.Documents;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder learns from unlabelled texts by filling gaps, its new scores tied to its embedding; its body then learns a task. */
class FillMaskTest {
    private static final int HIDDEN = 3;

    @TempDir
    Path folder;

    private Path network;
    private Path texts;

    @BeforeEach
    void anEncoderWithATokenForGaps() throws Exception {
        Path fixtures = Path.of(getClass().getResource("/pytorch").toURI());
        network = Files.copy(fixtures.resolve("text/net.onnx"), folder.resolve("net.onnx"));
        Files.copy(fixtures.resolve("language/tokenizer.json"), folder.resolve("tokenizer.json"));
        texts = fixtures.resolve("language/texts");
    }

    private Plans plans() {
        return Plans.of(network, texts, folder.resolve("run"))
                .with(PlanOptions.TASK, Optional.of("fill-mask"))
                .with(PlanOptions.BLOCK_SIZE, 12)
                .trainable("all")
                .epochs(2)
                .batch(4)
                .learningRate(0.05)
                .seed(0);
    }

    @Test
    void theLossIsThatOfTheHiddenTokensAndTheBodyGoesOnToAnotherTask() throws Exception {
        FineTuningResult result = FineTuner.run(plans().build(), Progress.NONE);
        Graph after = OnnxFile.read(result.network()).graph();
        assertThat(after.initializers()).containsKey("head.bias");
        assertThat(after.initializers().values().stream()
                        .filter(tensor -> tensor.shape().length == 2 && tensor.shape()[0] == 40)
                        .count())
                .isOne(); // the embedding is the last layer too
        double loss = result.epochs().get(result.bestEpoch() - 1).valLoss();
        assertThat(loss).isCloseTo(byHand(result.network()), within(1e-4));
        Path labelled =
                Path.of(getClass().getResource("/pytorch/text/train.tsv").toURI());
        FineTuningResult next = FineTuner.run(
                Plans.of(result.network(), labelled, folder.resolve("next"))
                        .epochs(1)
                        .build(),
                Progress.NONE);
        assertThat(next.task()).isEqualTo("text-classification");
        assertThat(OnnxFile.read(next.network()).graph().initializers()).doesNotContainKey("head.table");
    }

    /** {@code pytorch/language/make_gaps.py} is the recipe; what is hidden is the same there. */
    @Test
    void updatesOfScoresTiedToTheEmbeddingEqualPyTorchs() throws Exception {
        Path fixtures =
                Path.of(getClass().getResource("/pytorch/language/gaps.json").toURI());
        JsonNode gaps = new ObjectMapper().readTree(fixtures.toFile());
        DataSet data = data(network);
        for (int i = 0; i < gaps.get("ids").size(); i++) {
            assertThat(numbers(data.train().inputs(new int[] {i}, 0).get("input_ids")))
                    .as("what is hidden in block " + i)
                    .isEqualTo(Json.convert(gaps.get("ids").get(i), long[].class));
        }
        FineTuningResult result = FineTuner.run(plans().epochs(1).inOrder().build(), Progress.NONE);
        double loss = new ObjectMapper()
                .readTree(fixtures.resolveSibling("gaps-loss.json").toFile())
                .asDouble();
        assertThat(result.epochs().get(0).trainLoss()).isCloseTo(loss, within(1e-5));
        assertThat(TextEqualityTest.assertSameUpdates(
                        network, fixtures.resolveSibling("after-gaps.onnx"), result.network()))
                .isEqualTo(36); // biases of keys are left out
    }

    private DataSet data(Path read) {
        return LanguageData.filled(
                Documents.open(texts, Optional.empty(), 0, false, 0.2, Progress.NONE),
                read,
                Importer.open(read).model(),
                0,
                new LanguageData.Feeding(Optional.empty(), 12, Set.of(), 0.15, 0),
                Progress.NONE);
    }

    private static long[] numbers(Values values) {
        long[] out = new long[values.data().remaining() / Long.BYTES];
        values.data()
                .duplicate()
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(out);
        return out;
    }

    /** −log softmax of what was hidden, from plain answers of ONNX Runtime. */
    private double byHand(Path written) {
        DataSet data = data(written);
        double sum = 0;
        int count = 0;
        try (OrtSession session = OrtSession.open(written, 1)) {
            for (int i = 0; i < data.val().size(); i++) {
                Map<String, Values> fed = data.val().inputs(new int[] {i}, 0);
                Values logits = session.run(fed, "logits");
                FloatBuffer scores = logits.floats();
                Map<String, Values> targets = data.val().targets().of(new int[] {i}, 1);
                LongBuffer wanted = targets.get("token")
                        .data()
                        .duplicate()
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer();
                FloatBuffer counted = targets.get("counted").floats();
                LongBuffer ids = fed.get("input_ids")
                        .data()
                        .duplicate()
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer();
                for (int t = 0; t < 12; t++) {
                    if (counted.get(t) == 1) {
                        double all = 0;
                        for (int token = 0; token < 40; token++) {
                            all += Math.exp(scores.get(t * 40 + token));
                        }
                        sum += Math.log(all) - scores.get(t * 40 + (int) wanted.get(t));
                        count++;
                    } else {
                        assertThat(ids.get(t)).isNotEqualTo(HIDDEN);
                    }
                }
            }
        }
        return sum / count;
    }

    @Test
    void aDecoderAndATokenizerWithoutATokenForGapsAreRefused() throws Exception {
        Path decoder =
                Path.of(getClass().getResource("/pytorch/language/net.onnx").toURI());
        assertThatThrownBy(() -> FineTuner.run(
                        Plans.of(decoder, texts, folder.resolve("no"))
                                .with(PlanOptions.TASK, Optional.of("fill-mask"))
                                .with(PlanOptions.BLOCK_SIZE, 12)
                                .build(),
                        Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(decoder + " reads from left to right");
        Path encoder = Path.of(getClass().getResource("/pytorch/text/net.onnx").toURI());
        assertThatThrownBy(() -> FineTuner.run(
                        Plans.of(encoder, texts, folder.resolve("neither"))
                                .with(PlanOptions.TASK, Optional.of("fill-mask"))
                                .with(PlanOptions.BLOCK_SIZE, 12)
                                .build(),
                        Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("tokenizer.json has no token for what is hidden ([MASK], <mask>)");
    }
}
