package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.inference.OrtSession;
import graft.network.PrototypeHead;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.testdata.FewShot;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected figures: {@code make_few_shot.py} beside {@code few_shot.json}. */
class AtOnceTest {
    @TempDir
    Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void networkAndData() throws IOException {
        network = FewShot.network(folder.resolve("net.onnx"));
        data = FewShot.data(folder.resolve("data.npz"));
    }

    private Plans recipe(String name) {
        return Plans.of(network, data, folder.resolve(name)).with(PlanOptions.RECIPE, Optional.of(name));
    }

    /** The outputs of a file on the validation examples, {@code [40, 3]}. */
    private static float[][] answers(Path file) {
        float[][] x = FewShot.rows("x_val");
        float[] flat = new float[x.length * x[0].length];
        for (int i = 0; i < x.length; i++) {
            System.arraycopy(x[i], 0, flat, i * x[0].length, x[0].length);
        }
        try (OrtSession session = OrtSession.open(file, 1)) {
            FloatBuffer said = session.run(Map.of("x", Values.ofFloats(new long[] {x.length, x[0].length}, flat)))
                    .get("logits")
                    .floats();
            float[][] out = new float[x.length][said.remaining() / x.length];
            for (float[] row : out) {
                said.get(row);
            }
            return out;
        }
    }

    @Test
    void prototypesAreTheClassMeansAndAnswerAsScikitLearnsNearestCentroid() {
        FineTuningResult result = FineTuner.run(recipe("prototypes").build(), Progress.NONE);
        Model written = OnnxFile.read(result.network());
        JsonNode centroids = FewShot.expected("centroids");
        FloatBuffer weight = floats(written, "head.weight");
        FloatBuffer bias = floats(written, "head.bias");
        for (JsonNode mean : centroids) {
            double squares = 0;
            for (JsonNode value : mean) {
                assertThat(weight.get() / 2).isCloseTo((float) value.asDouble(), within(1e-6f));
                squares += value.asDouble() * value.asDouble();
            }
            assertThat(bias.get()).isCloseTo((float) -squares, within(1e-5f));
        }
        float[][] answers = answers(result.network());
        int[] nearest = FewShot.whole("nearest");
        for (int i = 0; i < answers.length; i++) {
            assertThat(largest(answers[i])).isEqualTo(nearest[i]);
        }
        assertThat(result.valScore())
                .isCloseTo(FewShot.expected("nearest_accuracy").asDouble(), within(1e-12));
        assertThat(result.frozenUnchanged()).isTrue();
        assertThat(result.epochs()).hasSize(1);
        assertThat(written.metadata().get(PrototypeHead.NOTE)).matches("\\d+,\\d+,\\d+");
    }

    /** An average over steps has none to be of: it was the random head's, and at chance. */
    @Test
    void whatActsOnStepsLeavesAHeadThatIsFoundAtOnceAloneAndIsSaid() {
        FineTuningResult plain = FineTuner.run(recipe("prototypes").build(), Progress.NONE);
        List<String> notes = new ArrayList<>();
        FineTuningResult averaged = FineTuner.run(
                recipe("prototypes")
                        .out(folder.resolve("averaged"))
                        .with(PlanOptions.EMA, 0.9)
                        .with(PlanOptions.CLIP, 1.0)
                        .build(),
                event -> {
                    if (event.line() != null) {
                        notes.add(event.line());
                    }
                });
        assertThat(averaged.valScore()).isEqualTo(plain.valScore());
        assertThat(notes)
                .anyMatch(note -> note.startsWith("The head is found at once") && note.contains("--clip, --ema"));
    }

    @Test
    void matchingGivesTheProbabilitiesOfNumPyAsLogarithms() {
        FineTuningResult result = FineTuner.run(recipe("matching").build(), Progress.NONE);
        float[][] answers = answers(result.network());
        JsonNode expected = FewShot.expected("matching");
        for (int i = 0; i < answers.length; i++) {
            double sum = 0;
            for (int c = 0; c < answers[i].length; c++) {
                assertThat(Math.exp(answers[i][c]))
                        .isCloseTo(expected.get(i).get(c).asDouble(), within(2e-5));
                sum += Math.exp(answers[i][c]);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
        assertThat(result.frozenUnchanged()).isTrue();
    }

    /** Stopped before its look, or when it is through, it ends with the same bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"prototypes", "matching"})
    void aRunThatIsCancelledIsResumedToTheSameBytes(String name) throws IOException {
        FineTuningResult whole = FineTuner.run(recipe(name).build(), Progress.NONE);
        Path out = folder.resolve("again");
        Progress cancelled = new Progress() {
            @Override
            public void report(graft.progress.Event event) {}

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        try {
            FineTuner.run(recipe(name).out(out).build(), cancelled);
        } catch (RuntimeException stopped) {
            assertThat(stopped).isInstanceOf(java.util.concurrent.CancellationException.class);
        }
        FineTuningResult resumed = FineTuner.resume(out, Progress.NONE);
        assertThat(tensors(resumed.network())).isEqualTo(tensors(whole.network()));
        assertThat(Files.exists(out.resolve("plan.json"))).isTrue();
    }

    @Test
    void prototypesAreAFirstHeadThatStepsGoOnWith() {
        FineTuningResult result = FineTuner.run(
                Plans.of(network, data, folder.resolve("both"))
                        .with(
                                PlanOptions.STAGES,
                                PlanOptions.STAGES.kind().parse("head fit=prototypes; all epochs=4 lr=0.01"))
                        .build(),
                Progress.NONE);
        assertThat(result.epochs()).hasSize(5);
        assertThat(result.epochs().get(4).trainLoss())
                .isLessThan(result.epochs().get(0).trainLoss());
    }

    @Test
    void whatCannotBeFoundAtOnceIsRefused() throws IOException {
        assertThatThrownBy(() -> FineTuner.run(
                        recipe("all")
                                .with(PlanOptions.RECIPE, Optional.empty())
                                .with(PlanOptions.FIT, graft.run.Fit.PROTOTYPES)
                                .trainable("all")
                                .build(),
                        Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--trainable head");
        Path some = NpzFiles.rows(
                folder.resolve("some.npz"),
                Map.of("train", FewShot.rows("x_train"), "val", FewShot.rows("x_val")),
                Map.of("train", new int[23], "val", FewShot.whole("y_val")));
        assertThatThrownBy(() -> FineTuner.run(
                        Plans.of(network, some, folder.resolve("none"))
                                .with(PlanOptions.RECIPE, Optional.of("prototypes"))
                                .build(),
                        Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("some.npz");
    }

    private static FloatBuffer floats(Model model, String name) {
        return Values.of(model.graph().initializers().get(name)).floats();
    }

    private static int largest(float[] row) {
        int out = 0;
        for (int c = 1; c < row.length; c++) {
            out = row[c] > row[out] ? c : out;
        }
        return out;
    }

    private static String tensors(Path file) {
        StringBuilder out = new StringBuilder();
        for (Tensor tensor : OnnxFile.read(file).graph().initializers().values()) {
            byte[] bytes = new byte[tensor.bytes().remaining()];
            tensor.bytes().get(bytes);
            out.append(tensor.name()).append(java.util.Arrays.hashCode(bytes)).append('\n');
        }
        return out.toString();
    }
}
