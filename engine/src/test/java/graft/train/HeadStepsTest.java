package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import graft.data.ClassTargets;
import graft.ops.TorchEngine;
import graft.run.FineTuningPlan;
import graft.testdata.Plans;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the same steps with PyTorch's own gradients, recorded. */
class HeadStepsTest {
    private static final int COUNT = 23;
    private static final int WIDTH = 7;
    private static final int CLASSES = 3;
    private static final int BATCH = 5;
    private static final int STEPS = 5;
    private static final double RATE = 0.1;

    private final Random random = new Random(4);
    private final float[] numbers = floats(COUNT * WIDTH);
    private final float[] start = floats(CLASSES * WIDTH);
    private final int[] labels = IntStream.range(0, COUNT).map(i -> i % CLASSES).toArray();
    private final int[] order =
            IntStream.range(0, COUNT).map(i -> (7 * i) % COUNT).toArray();
    private final float[] weights = {1, 2, 0.5f};

    private float[] floats(int n) {
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return out;
    }

    private static FineTuningPlan plan(boolean adamW) {
        Plans plans = Plans.of(Path.of("n"), Path.of("d"), Path.of("o")).batch(BATCH);
        return (adamW ? plans.adamW() : plans).build();
    }

    private Map<String, NDArray> head(NDManager manager) {
        Map<String, NDArray> out = new LinkedHashMap<>();
        out.put("w", manager.create(start, new Shape(CLASSES, WIDTH)));
        out.put("b", manager.create(new float[] {0.1f, -0.2f, 0.3f}));
        out.values().forEach(array -> array.setRequiresGradient(true));
        return out;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyStepsAtOnceEqualStepsWithRecordedGradients(boolean adamW) {
        FineTuningPlan plan = plan(adamW);
        try (NDManager manager = TorchEngine.start(1)) {
            NDArray features = manager.create(numbers, new Shape(COUNT, WIDTH));
            Map<String, NDArray> atOnce = head(manager);
            HeadSteps steps = new HeadSteps(
                    plan,
                    new ClassTargets(labels, weights, 0),
                    atOnce,
                    Optimizer.of(plan, atOnce, Map.of(), manager),
                    manager);
            double[] rates = new double[STEPS - 1];
            java.util.Arrays.fill(rates, RATE);
            List<HeadSteps.Outcome> outcomes = new java.util.ArrayList<>(steps.run(manager, features, order, 0, rates));
            outcomes.addAll(steps.run(manager, features, order, STEPS - 1, new double[] {RATE}));

            Map<String, NDArray> recorded = head(manager);
            Optimizer optimizer = Optimizer.of(plan, recorded, Map.of(), manager);
            for (int s = 0; s < STEPS; s++) {
                double loss = recordedStep(manager, features, recorded, optimizer, s);
                assertThat(outcomes.get(s).loss()).isCloseTo(loss, within(1e-5));
            }
            for (String name : recorded.keySet()) {
                float[] expected = recorded.get(name).toFloatArray();
                float[] actual = atOnce.get(name).toFloatArray();
                for (int i = 0; i < expected.length; i++) {
                    assertThat(actual[i]).as(name).isCloseTo(expected[i], within(1e-5f));
                }
            }
        }
    }

    private double recordedStep(
            NDManager manager, NDArray features, Map<String, NDArray> head, Optimizer optimizer, int s) {
        int from = s * BATCH;
        int to = Math.min(from + BATCH, COUNT);
        int[] examples = IntStream.range(from, to).map(i -> order[i]).toArray();
        ClassTargets targets = new ClassTargets(labels, weights, 0);
        float[] rows = new float[examples.length * WIDTH];
        for (int i = 0; i < examples.length; i++) {
            System.arraycopy(numbers, examples[i] * WIDTH, rows, i * WIDTH, WIDTH);
        }
        NDArray x = manager.create(rows, new Shape(examples.length, WIDTH));
        NDArray target = graft.ops.ArrayTensors.toArray(
                manager, targets.of(examples, examples.length).get(ClassTargets.NAME));
        TorchEngine.recordGradients(true);
        NDArray loss = x.matMul(head.get("w").transpose())
                .add(head.get("b"))
                .logSoftmax(1)
                .mul(target)
                .sum()
                .mul((float) (-1 / targets.weight(examples)));
        TorchEngine.backward(loss);
        TorchEngine.recordGradients(false);
        optimizer.step(manager, name -> TorchEngine.gradient(manager, head.get(name)), RATE);
        head.values().forEach(array -> array.getGradient().subi(array.getGradient()));
        return loss.getFloat();
    }
}
