package graft.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.data.ClassTargets;
import graft.inference.OrtSession;
import graft.onnx.Model;
import graft.onnx.Values;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected values: torch.nn.functional.cross_entropy in double precision. */
class CrossEntropyTest {
    private static final Values LOGITS = Values.ofFloats(new long[] {2, 3}, 1.5f, -0.25f, 0.5f, 0, 2, -1);
    private static final int[] BOTH = {0, 1};
    private static final float PLAIN = 1.80135075f;
    private static final float WEIGHTED = 1.42421053f;

    /** ONNX Runtime runs it: it is a model like any other. */
    private static float loss(ClassTargets targets, int[] examples, int real, double weight) {
        Model model = CrossEntropy.over("logits").graph();
        Map<String, Values> inputs = new HashMap<>(targets.of(examples, real));
        inputs.put("logits", LOGITS);
        inputs.put(Objective.SHARE, Values.ofFloats(new long[0], (float) (1 / weight)));
        try (OrtSession session = OrtSession.openPlain(model)) {
            return session.run(inputs).get(Objective.LOSS).floats().get(0);
        }
    }

    @Test
    void itIsTheMeanOfTheLosses() {
        ClassTargets targets = ClassTargets.equal(new int[] {0, 2}, 3);
        assertThat(loss(targets, BOTH, 2, targets.weight(BOTH))).isCloseTo(PLAIN, within(1e-6f));
    }

    @Test
    void weightsAndSmoothingAreThoseOfPyTorch() {
        ClassTargets targets = new ClassTargets(new int[] {0, 2}, new float[] {1, 2, 0.5f}, 0.1);
        assertThat(loss(targets, BOTH, 2, targets.weight(BOTH))).isCloseTo(WEIGHTED, within(1e-6f));
    }

    @Test
    void paddingAddsNothing() {
        ClassTargets targets = ClassTargets.equal(new int[] {0, 2}, 3);
        float first = loss(targets, new int[] {0, 0}, 1, 1);
        // −log softmax of (1.5, −0.25, 0.5) at 0 = log(1 + e^−1.75 + e^−1)
        assertThat(first).isCloseTo((float) Math.log(1 + Math.exp(-1.75) + Math.exp(-1)), within(1e-6f));
    }

    @Test
    void sharesOfMicroBatchesAddUpToTheStep() {
        ClassTargets targets = new ClassTargets(new int[] {0, 2}, new float[] {1, 2, 0.5f}, 0.1);
        double weight = targets.weight(BOTH);
        // The second example alone stands in the first row, before padding.
        Map<String, Values> inputs = new HashMap<>(targets.of(new int[] {1}, 1));
        inputs.put("logits", Values.ofFloats(new long[] {1, 3}, 0, 2, -1));
        inputs.put(Objective.SHARE, Values.ofFloats(new long[0], (float) (1 / weight)));
        try (OrtSession session =
                OrtSession.openPlain(CrossEntropy.over("logits").graph())) {
            float second = session.run(inputs).get(Objective.LOSS).floats().get(0);
            assertThat(second + loss(targets, new int[] {0, 0}, 1, weight)).isCloseTo(WEIGHTED, within(1e-6f));
        }
    }
}
