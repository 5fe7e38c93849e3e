package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import graft.data.ClassTargets;
import graft.files.Json;
import graft.inference.OrtSession;
import graft.objective.Adversary;
import graft.objective.CovarianceDistance;
import graft.objective.CrossEntropy;
import graft.objective.MeanDiscrepancy;
import graft.objective.Objective;
import graft.objective.SoftTargets;
import graft.objective.Streams;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.TorchEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Losses and gradients of objectives over two streams and a teacher are PyTorch's, computed in double; {@code make_objectives.py} is
 * the recipe. ONNX Runtime computes the losses too.
 */
class ObjectiveEqualityTest {
    private static final int EXAMPLES = 6;
    private static final int WIDTH = 5;
    private static final String OTHERS = Streams.of("target", "features");
    private static JsonNode expected;

    @BeforeAll
    static void readExpected() throws Exception {
        Path file = Path.of(ObjectiveEqualityTest.class
                .getResource("/pytorch/objectives.json")
                .toURI());
        expected = Json.read(Files.readString(file), JsonNode.class);
    }

    private static float[] floats(JsonNode list) {
        float[] out = new float[list.size()];
        IntStream.range(0, out.length).forEach(i -> out[i] = (float) list.get(i).asDouble());
        return out;
    }

    /** What is given to an objective: features or logits, which get gradients, and what else it takes. */
    private record Case(
            String name, Objective objective, Map<String, Values> answers, Map<String, Values> known, double progress) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Map<String, Values> features(int padding) {
        Map<String, Values> out = new LinkedHashMap<>();
        out.put("features", padded(floats(expected.get("source")), padding));
        out.put(OTHERS, padded(floats(expected.get("target")), padding));
        return out;
    }

    /** Rows of padding hold anything, as the last example again does. */
    private static Values padded(float[] rows, int padding) {
        float[] all = Arrays.copyOf(rows, rows.length + padding * WIDTH);
        Arrays.fill(all, rows.length, all.length, 7);
        return Values.ofFloats(new long[] {EXAMPLES + padding, WIDTH}, all);
    }

    private static Map<String, Values> counts(int padding) {
        float[] counts = new float[EXAMPLES + padding];
        Arrays.fill(counts, 0, EXAMPLES, 1);
        Values all = Values.ofFloats(new long[] {counts.length}, counts);
        return Map.of(Objective.COUNTS, all, Streams.of("target", Objective.COUNTS), all);
    }

    static Stream<Case> overStreams() {
        return Stream.of(0, 2)
                .flatMap(padding -> Stream.of(
                        new Case(
                                "adversary",
                                Adversary.between("features", OTHERS, WIDTH, 1),
                                features(padding),
                                counts(padding),
                                expected.get("progress").asDouble()),
                        new Case(
                                "covariance",
                                CovarianceDistance.between("features", OTHERS, WIDTH),
                                features(padding),
                                counts(padding),
                                0),
                        new Case(
                                "discrepancy",
                                MeanDiscrepancy.between("features", OTHERS),
                                features(padding),
                                counts(padding),
                                0)));
    }

    private static Case softTargets() {
        long[] places = new long[expected.get("places").size()];
        IntStream.range(0, places.length)
                .forEach(i -> places[i] = expected.get("places").get(i).asLong());
        int[] examples = IntStream.range(0, EXAMPLES).toArray();
        Map<String, Values> known = new HashMap<>(
                ClassTargets.equal(new int[EXAMPLES], places.length).of(examples, EXAMPLES));
        known.put("teacher/logits", Values.ofFloats(new long[] {EXAMPLES, 6}, floats(expected.get("teacher"))));
        return new Case(
                "soft_targets",
                SoftTargets.between(
                        "logits",
                        "teacher/logits",
                        places,
                        expected.get("temperature").asDouble()),
                Map.of("logits", Values.ofFloats(new long[] {EXAMPLES, 4}, floats(expected.get("student")))),
                known,
                0);
    }

    @ParameterizedTest
    @MethodSource("overStreams")
    void lossesAndGradientsOverTwoStreamsArePyTorchs(Case of) {
        check(of);
    }

    @Test
    void theLossOfSoftTargetsAndItsGradientArePyTorchs() {
        check(softTargets());
    }

    /** The cross-entropy's weight is 1 − alpha, as its share in a sum. */
    @Test
    void aSumOfWeightedObjectivesHasTheGradientsOfItsParts() {
        Case soft = softTargets();
        float alone = loss(soft);
        Case hard = new Case("hard", CrossEntropy.over("logits"), soft.answers, soft.known, 0);
        Objective sum = CrossEntropy.over("logits").times(0.25).plus(0.75, soft.objective);
        assertThat(loss(new Case("sum", sum, soft.answers, soft.known, 0)))
                .isCloseTo(0.25f * loss(hard) + 0.75f * alone, within(1e-5f));
    }

    private static float loss(Case of) {
        Map<String, Values> inputs = new HashMap<>(of.answers);
        inputs.putAll(of.known);
        inputs.put(Objective.SHARE, Values.ofFloats(new long[0], 1f / EXAMPLES));
        inputs.put(Objective.PROGRESS, Values.ofFloats(new long[0], (float) of.progress));
        inputs.keySet().retainAll(of.objective.takes());
        try (OrtSession session = OrtSession.openPlain(of.objective.asAnswered())) {
            return session.run(inputs).get(Objective.LOSS).floats().get(0);
        }
    }

    private static void check(Case of) {
        double wanted = expected.get(of.name).get("loss").asDouble();
        assertThat((double) softened(of)).as("by ONNX Runtime").isCloseTo(wanted, within(1e-5));
        try (NDManager manager = TorchEngine.start(1);
                StepLoss loss = new StepLoss(of.objective, manager)) {
            loss.set(discriminator(loss));
            Map<String, NDArray> answers = new LinkedHashMap<>();
            of.answers.forEach((name, values) -> {
                NDArray array = ArrayTensors.toArray(manager, values);
                array.setRequiresGradient(true);
                answers.put(name, array);
            });
            TorchEngine.recordGradients(true);
            NDArray value;
            try {
                value = loss.of(manager, answers, of.known, EXAMPLES, of.progress);
                TorchEngine.backward(value);
            } finally {
                TorchEngine.recordGradients(false);
            }
            assertThat((double) value.getFloat()).isCloseTo(wanted, within(1e-5));
            List<float[]> gradients = new ArrayList<>();
            answers.values()
                    .forEach(array -> gradients.add(
                            TorchEngine.gradient(manager, array).orElseThrow().toFloatArray()));
            loss.arrays()
                    .keySet()
                    .forEach(name -> gradients.add(
                            loss.gradient(manager, name).orElseThrow().toFloatArray()));
            JsonNode lists = expected.get(of.name).get("gradients");
            assertThat(gradients).hasSize(lists.size());
            for (int i = 0; i < gradients.size(); i++) {
                same(gradients.get(i), floats(lists.get(i)));
            }
        }
    }

    /** ONNX Runtime is given the discriminator of the recipe, too. */
    private static float softened(Case of) {
        var editor = of.objective.graph().graph().edit();
        List<String> names = List.copyOf(editor.initializers().keySet().stream()
                .filter(of.objective.learning()::contains)
                .toList());
        for (int i = 0; i < names.size(); i++) {
            Tensor old = editor.initializers().get(names.get(i));
            editor.put(Tensor.ofFloats(
                    old.name(),
                    old.shape(),
                    floats(expected.get("discriminator").get(i))));
        }
        Objective given = new Objective(
                of.objective.name(), of.objective.graph().withGraph(editor.build()), of.objective.learning());
        return loss(new Case(of.name, given, of.answers, of.known, of.progress));
    }

    private static Map<String, Tensor> discriminator(StepLoss loss) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        List<String> names = List.copyOf(loss.arrays().keySet());
        for (int i = 0; i < names.size(); i++) {
            NDArray array = loss.arrays().get(names.get(i));
            out.put(
                    names.get(i),
                    Tensor.ofFloats(
                            names.get(i),
                            array.getShape().getShape(),
                            floats(expected.get("discriminator").get(i))));
        }
        return out;
    }

    /** What counts; rows of padding have a gradient of zero. */
    private static void same(float[] actual, float[] wanted) {
        double largest = 0;
        for (float value : wanted) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .isCloseTo(i < wanted.length ? wanted[i] : 0, within(1e-5 * Math.max(largest, 1e-2)));
        }
    }
}
