package graft.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.deploy.ClientCode;
import graft.deploy.Deployer;
import graft.deploy.Deployment;
import graft.files.AsideFile;
import graft.files.Json;
import graft.image.ImageData;
import graft.inference.Batches;
import graft.inference.OrtSession;
import graft.judge.Evaluation;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.OnnxFile;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.options.Settings;
import graft.predict.AnswerFile;
import graft.predict.AnswerList;
import graft.predict.Prediction;
import graft.predict.PredictionPlan;
import graft.predict.Predictor;
import graft.progress.Event;
import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import graft.project.RunPictures;
import graft.project.RunRecorder;
import graft.quantize.QuantizationPlan;
import graft.quantize.Quantizer;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.FineTuningResult.Epoch;
import graft.run.PlanOptions;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import graft.train.FileJudge;
import graft.train.FineTuner;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that stands in no table, has no classes and wants less of its score, through loop, file, history and pictures. */
class AnyTaskTest {
    private static final int EPOCHS = 6;

    @TempDir
    Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void files() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Map<String, Integer> parts = new LinkedHashMap<>();
        parts.put("train", 60);
        parts.put("val", 25);
        parts.put("test", 7);
        data = NpzFiles.examples(folder.resolve("data.npz"), parts);
    }

    private Plans plan(String out) {
        return Plans.of(network, data, folder.resolve(out))
                .epochs(EPOCHS)
                .learningRate(0.05)
                .with(PlanOptions.TASK, Optional.of(Brightness.TASK.name()));
    }

    private FineTuningResult run(FineTuningPlan plan, Progress progress) {
        return FineTuner.run(plan, Brightness.TASK, NetworkFile.at(plan.network()), progress);
    }

    /** By hand: the root of the mean of squares of what ONNX Runtime answers, less the mean of each example's numbers. */
    private static double rmse(Path file, graft.data.Examples examples) {
        double sum = 0;
        try (OrtSession session = OrtSession.open(file, 1)) {
            for (int i = 0; i < examples.size(); i++) {
                FloatBuffer numbers = examples.inputs(new int[] {i}, 0)
                        .values()
                        .iterator()
                        .next()
                        .floats();
                double mean = 0;
                int count = numbers.remaining();
                while (numbers.hasRemaining()) {
                    mean += numbers.get() / (double) count;
                }
                double said = session.run(examples.inputs(new int[] {i}, 0))
                        .get(Brightness.VALUE)
                        .floats()
                        .get(0);
                sum += (said - mean) * (said - mean);
            }
        }
        return Math.sqrt(sum / examples.size());
    }

    private DataSet examples(Path file) {
        return ImageData.open(data, Optional.empty(), new DataOptions(1, false), Progress.NONE)
                .fedTo(file, OnnxFile.read(file).graph().inputs());
    }

    /** A program that prints classes would print the one column as "class 0 1.0000", whatever the picture. */
    @Test
    void thereIsNoProgramThatPrintsClassesOfATaskWithoutClasses() {
        Path file = run(plan("run").epochs(1).build(), Progress.NONE).network();
        assertThatThrownBy(() -> ClientCode.of(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        file + " was trained for image-brightness and answers with numbers, not with classes")
                .hasMessageContaining("graft predict");
    }

    @Test
    void theScoreIsThatOfTheWrittenFileAndTheLowestIsKept() {
        for (String trainable : List.of("head", "last:2")) {
            FineTuningResult result =
                    run(plan(trainable.replace(":", "")).trainable(trainable).build(), Progress.NONE);
            DataSet examples = examples(result.network());
            assertThat(result.metric()).isEqualTo("rmse");
            assertThat(result.valScore()).isCloseTo(rmse(result.network(), examples.val()), within(1e-6));
            assertThat(result.testScore())
                    .isCloseTo(rmse(result.network(), examples.test().orElseThrow()), within(1e-6));
            double least =
                    result.epochs().stream().mapToDouble(Epoch::valScore).min().getAsDouble();
            assertThat(result.epochs().get(result.bestEpoch() - 1).valScore()).isEqualTo(least);
            assertThat(least).isLessThan(result.epochs().get(0).valScore());
            // Validation has no padding and no weights: the loss is the square of the score.
            assertThat(result.epochs().get(1).valLoss())
                    .isCloseTo(Math.pow(result.epochs().get(1).valScore(), 2), within(1e-12));
            assertThat(result.frozenUnchanged()).isTrue();
            assertThat(OnnxFile.read(result.network()).metadata())
                    .containsEntry(Task.NOTE, "image-brightness")
                    .doesNotContainKey("graft.classes");
        }
    }

    @Test
    void resultAndEpochsSpeakOfTheScoreAndOfNoAccuracy() {
        List<String> lines = new ArrayList<>();
        FineTuningResult result = run(plan("run").build(), new Telling(lines, Integer.MAX_VALUE));
        assertThat(Json.tree(result).has("val_accuracy")).isFalse();
        assertThat(Json.tree(result).has("confusion")).isFalse();
        assertThat(Json.tree(result).get("val_score").doubleValue()).isEqualTo(result.valScore());
        assertThat(lines)
                .anySatisfy(line ->
                        assertThat(line).startsWith("Training 11 of ").contains(" on 60 examples; 25 to validate"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).matches("epoch 1: loss [\\d.]+, validation loss .*, rmse .*"));
        assertThat(String.join("\n", lines)).doesNotContain("accuracy", "NaN", "class");
    }

    @Test
    void aRunThatWasStoppedEndsAsOneThatWasNot() throws IOException {
        FineTuningResult whole = run(plan("whole").build(), Progress.NONE);
        FineTuningPlan plan =
                plan("parted").with(PlanOptions.CHECKPOINT_SECONDS, 0.0).build();
        FineTuningResult begun = run(plan, new Telling(new ArrayList<>(), 10));
        assertThat(begun.status()).isEqualTo("interrupted");
        FineTuningResult parted = FineTuner.resume(plan.out(), any -> Brightness.TASK, Optional.empty(), Progress.NONE);
        assertThat(parted.epochs().stream().map(Epoch::valScore).toList())
                .isEqualTo(whole.epochs().stream().map(Epoch::valScore).toList());
        Map<String, graft.onnx.Tensor> one =
                OnnxFile.read(whole.network()).graph().initializers();
        Map<String, graft.onnx.Tensor> other =
                OnnxFile.read(parted.network()).graph().initializers();
        assertThat(other.keySet()).isEqualTo(one.keySet());
        one.forEach((name, tensor) ->
                assertThat(other.get(name).sameAs(tensor)).as(name).isTrue());
    }

    @Test
    void paddingAddsNothingWhereTheFileFixesItsBatch() {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.of(8), Dim.of(3), Dim.of(8), Dim.of(8))));
        Path fixed = folder.resolve("fixed.onnx");
        OnnxFile.write(model.withGraph(editor.build()), fixed);
        FineTuningResult free = run(plan("free").batch(24).build(), Progress.NONE);
        network = fixed;
        FineTuningResult padded = run(plan("padded").batch(24).build(), Progress.NONE);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            assertThat(padded.epochs().get(epoch).trainLoss())
                    .isCloseTo(free.epochs().get(epoch).trainLoss(), within(1e-5));
        }
    }

    @Test
    void historyAndPicturesKnowNoAccuracy() throws IOException {
        FineTuningPlan plan = plan("run").build();
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            RunRecorder recorder = project.record(plan, Progress.NONE);
            FineTuningResult result = run(plan, recorder);
            recorder.ended(result);
            RunEntry entry = project.runs().get(0);
            assertThat(entry.metric()).isEqualTo("rmse");
            assertThat(entry.valScore()).isEqualTo(result.valScore());
            assertThat(entry.valAccuracy()).isNull();
            assertThat(project.metric(entry.id(), "val_rmse")).hasSize(EPOCHS);
            RunPictures.draw(result, Progress.NONE);
            assertThat(Files.exists(plan.out().resolve("confusion.csv"))).isFalse();
        }
    }

    @Test
    void theFileIsJudgedByTheTask() {
        FineTuningResult result = run(plan("run").build(), Progress.NONE);
        DataSet examples = examples(result.network()).answering(Brightness.Means::of);
        Evaluation found = FileJudge.judged(
                result.network(),
                examples.val(),
                Brightness.TASK.judging().of(examples.val().targets(), List.of()),
                0,
                1);
        assertThat(found.primary().value()).isCloseTo(result.valScore(), within(1e-12));
    }

    /** As a task says it: no classes. */
    private DataSet answered(Path file) {
        DataSet examples = examples(file).answering(Brightness.Means::of);
        assertThat(examples.classes()).isEmpty();
        return examples;
    }

    @Test
    void itsFormsAreComparedByItsScore() {
        FineTuningResult result = run(plan("run").trainable("last:2").build(), Progress.NONE);
        Deployment deployment = Deployer.deploy(
                result.network(),
                graft.meaning.Reading.USUAL,
                Brightness.TASK,
                answered(result.network()),
                folder.resolve("shipped"),
                5,
                Progress.NONE);
        assertThat(deployment.variants()).hasSize(5);
        DataSet examples = examples(network);
        for (Deployment.Variant form : deployment.variants()) {
            assertThat(form.score().name()).as(form.verdict()).isEqualTo("rmse");
            // Rounded to eight bits, a number is the one or the other; what is measured here must say the same as
            // there.
            assertThat(form.score().value()).isCloseTo(rmse(Path.of(form.file()), examples.val()), within(1e-4));
            assertThat(form.accuracy()).isNull();
            assertThat(form.agreement()).isNull();
            assertThat(form.spread()).isNotNull();
            assertThat(form.verdict()).doesNotContain("accura", "points");
        }
        assertThat(deployment.variants().get(0).score().value()).isCloseTo(result.valScore(), within(1e-9));
        assertThat(OnnxFile.read(Path.of(deployment.variants().get(1).file())).metadata())
                .containsEntry(Task.NOTE, "image-brightness");
    }

    @Test
    void predictionsAreTheNumbersOfItsOutput() throws IOException {
        FineTuningResult result = run(plan("run").build(), Progress.NONE);
        NetworkFile file = NetworkFile.at(result.network());
        PredictionPlan plan = new PredictionPlan(graft.meaning.Reading.USUAL, List.of(data), 3, false, 1);
        Reading.How how = new Reading.How(file.model(), Optional::empty, Settings.NONE, Set.of());
        AnswerList list = new AnswerList();
        List<String> lines = new ArrayList<>();
        Prediction said =
                new Predictor(plan, file, how, Optional.of(Brightness.TASK)).run(list, new Telling(lines, 1000));
        assertThat(said.task()).isEqualTo("image-brightness");
        assertThat(said.n()).isEqualTo(60 + 25 + 7);
        assertThat(said.classes()).isEmpty();
        assertThat(lines).anyMatch(line -> line.startsWith("--top and --proba are left aside"));
        DataSet examples = examples(network);
        try (OrtSession session = OrtSession.open(result.network(), 1)) {
            for (int i = 0; i < 7; i++) {
                float expected = session.run(examples.test().orElseThrow().inputs(new int[] {i}, 0))
                        .get(Brightness.VALUE)
                        .floats()
                        .get(0);
                assertThat(list.answers().get(i).get("input").asText()).isEqualTo(data + ": x_test[" + i + "]");
                assertThat(list.answers().get(i).get(Brightness.VALUE).floatValue())
                        .isCloseTo(expected, within(1e-6f));
            }
        }
        Path out = folder.resolve("answers.csv");
        AnswerFile.write(
                out,
                plan,
                result.network(),
                new Predictor(plan, file, how, Optional.of(Brightness.TASK)),
                Progress.NONE);
        List<String> rows = Files.readAllLines(out);
        assertThat(rows).hasSize(93);
        assertThat(rows.get(0)).isEqualTo("input,value");
    }

    @Test
    void itIsQuantizedLikeAnyOther() {
        FineTuningResult result = run(plan("run").trainable("last:2").build(), Progress.NONE);
        Model model = OnnxFile.read(result.network());
        Path out = folder.resolve("int8.onnx");
        Iterable<Map<String, Values>> examples =
                Batches.spread(answered(result.network()).train(), model, 32, 8);
        try (AsideFile aside = AsideFile.of(out)) {
            Quantizer.write(
                    Quantizer.quantize(model, QuantizationPlan.staticPerTensor(), examples, Progress.NONE),
                    aside,
                    model,
                    examples);
            aside.take();
        }
        assertThat(rmse(out, examples(network).val())).isLessThan(3 * result.valScore() + 0.05);
    }

    @Test
    void optionsOfOtherTasksAreSaidToBeLeftAside() {
        List<String> lines = new ArrayList<>();
        run(plan("run").with(PlanOptions.LABEL_SMOOTHING, 0.1).build(), new Telling(lines, Integer.MAX_VALUE));
        assertThat(lines).contains("--label-smoothing is left aside: it makes no difference to image-brightness.");
    }

    /** Notes what is told; cancels after some steps. */
    private static final class Telling implements Progress {
        private final List<String> lines;
        private int steps;

        Telling(List<String> lines, int steps) {
            this.lines = lines;
            this.steps = steps;
        }

        @Override
        public void report(Event event) {
            steps -= event.kind().equals("step") ? 1 : 0;
            if (event.line() != null) {
                lines.add(event.line());
            }
        }

        @Override
        public boolean isCancelled() {
            return steps <= 0;
        }
    }
}
