package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.ops.TorchEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
