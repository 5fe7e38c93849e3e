package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import graft.ops.TorchEngine;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected numbers are the rule on paper, in double precision. */
class OptimizerTest {
    private static final double RATE = 0.1;

    /** The weight 2 after three steps, each with the gradient of w², which is 2w. */
    private static double after(int steps, double momentum, double decay) {
        try (NDManager manager = TorchEngine.start(1)) {
            NDArray weight = manager.create(new float[] {2f});
            weight.setRequiresGradient(true);
            Optimizer optimizer = Optimizer.sgd(Map.of("w", weight), momentum, decay, Map.of(), manager);
            for (int i = 0; i < steps; i++) {
                try (NDManager step = manager.newSubManager()) {
                    TorchEngine.recordGradients(true);
                    TorchEngine.backward(weight.mul(weight).sum());
                    TorchEngine.recordGradients(false);
                    optimizer.step(step, name -> TorchEngine.gradient(step, weight), RATE);
                    weight.getGradient().subi(weight.getGradient());
                }
            }
            return weight.toFloatArray()[0];
        }
    }

    @Test
    void momentumAddsUpAndDecayPullsTowardsZero() {
        double w = 2;
        double v = 0;
        for (int i = 0; i < 3; i++) {
            v = 0.9 * v + 2 * w + 0.5 * w;
            w -= RATE * v;
        }
        assertThat(after(3, 0.9, 0.5)).isCloseTo(w, within(1e-6));
    }

    @Test
    void withoutMomentumTheStepIsTheGradient() {
        assertThat(after(2, 0, 0)).isCloseTo(2 * 0.8 * 0.8, within(1e-6));
        assertThat(after(1, 0, 0.5)).isCloseTo(2 - RATE * 5, within(1e-6));
    }

    /** Three steps of AdamW on every element by itself, with the gradient of w². */
    private static double[] adamW(float[] start, double decay) {
        double[] w = new double[start.length];
        for (int i = 0; i < w.length; i++) {
            w[i] = start[i];
            double mean = 0;
            double square = 0;
            for (int step = 1; step <= 3; step++) {
                double gradient = 2 * w[i];
                mean = 0.9 * mean + 0.1 * gradient;
                square = 0.999 * square + 0.001 * gradient * gradient;
                w[i] -= RATE * decay * w[i];
                w[i] -= RATE
                        * (mean / (1 - Math.pow(0.9, step)))
                        / (Math.sqrt(square / (1 - Math.pow(0.999, step))) + 1e-8);
            }
        }
        return w;
    }

    /** A matrix, and as kernels lie in memory: channels last. */
    @ParameterizedTest
    @CsvSource({"30, 40, false", "1200, 700, false", "1200, 700, true"})
    void adamWChangesLargeWeightsByTheSameRule(int rows, int columns, boolean transposed) {
        try (NDManager manager = TorchEngine.start(2)) {
            float[] start = new float[rows * columns];
            Random random = new Random(3);
            for (int i = 0; i < start.length; i++) {
                start[i] = (float) random.nextGaussian();
            }
            NDArray made = manager.create(start, new Shape(rows, columns));
            NDArray weight = transposed ? made.transpose() : made;
            Optimizer optimizer = Optimizer.adamW(Map.of("w", weight), 0.05, Map.of(), manager);
            for (int i = 0; i < 3; i++) {
                try (NDManager step = manager.newSubManager()) {
                    NDArray leaf = weight.stopGradient();
                    leaf.attach(step);
                    leaf.setRequiresGradient(true);
                    TorchEngine.recordGradients(true);
                    TorchEngine.backward(leaf.mul(leaf).sum());
                    TorchEngine.recordGradients(false);
                    optimizer.step(step, name -> TorchEngine.gradient(step, leaf), RATE);
                }
            }
            double[] expected = adamW(start, 0.05);
            float[] actual = made.toFloatArray();
            for (int i = 0; i < start.length; i++) {
                assertThat((double) actual[i]).isCloseTo(expected[i], within(2e-6));
            }
        }
    }
}
