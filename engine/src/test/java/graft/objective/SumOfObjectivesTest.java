package graft.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.data.ClassTargets;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** ONNX Runtime is the second source: it runs the sum and both parts. */
class SumOfObjectivesTest {
    private static final Values LOGITS = Values.ofFloats(new long[] {2, 3}, 1.5f, -0.25f, 0.5f, 0, 2, -1);
    private static final Values TEACHER = Values.ofFloats(new long[] {2, 3}, 0.5f, 0.25f, 1, -1, 0, 1);

    /** Half the squared distance to a teacher's scores; its tensors are called as some of the cross-entropy are. */
    private static Objective distance() {
        Dim batch = Dim.free("N");
        return Objective.of(
                "distance",
                List.of(ValueInfo.of("logits", ElementType.FLOAT, batch, Dim.free("classes"))),
                List.of(ValueInfo.of("teacher", ElementType.FLOAT, batch, Dim.free("classes"))),
                List.of(
                        Node.of("Sub", "log_softmax", List.of("logits", "teacher"), List.of("log_probabilities")),
                        Node.of(
                                "Mul",
                                "of_targets",
                                List.of("log_probabilities", "log_probabilities"),
                                List.of("shares")),
                        Node.of("ReduceSum", "sum", List.of("shares"), List.of("sum_of_losses"))
                                .with("keepdims", 0L)),
                "sum_of_losses");
    }

    private static float loss(Objective objective) {
        ClassTargets targets = ClassTargets.equal(new int[] {0, 2}, 3);
        Map<String, Values> all = new HashMap<>(targets.of(new int[] {0, 1}, 2));
        all.put("logits", LOGITS);
        all.put("teacher", TEACHER);
        all.put(Objective.SHARE, Values.ofFloats(new long[0], 0.5f));
        all.keySet()
                .retainAll(objective.graph().graph().inputs().stream()
                        .map(ValueInfo::name)
                        .toList());
        try (OrtSession session = OrtSession.openPlain(objective.graph())) {
            return session.run(all).get(Objective.LOSS).floats().get(0);
        }
    }

    @Test
    void theSumIsOneGraphThatGivesBothLosses() {
        Objective one = CrossEntropy.over("logits");
        Objective sum = one.plus(0.25, distance());
        assertThat(loss(sum)).isCloseTo(loss(one) + 0.25f * loss(distance()), within(1e-6f));
        assertThat(sum.name()).isEqualTo("cross-entropy + distance");
        assertThat(sum.graph().graph().outputNames()).containsExactly(Objective.LOSS);
        // By hand: 0.5 · (1 + 0.25 + 0.25 + 1 + 4 + 4).
        assertThat(loss(distance())).isCloseTo(5.25f, within(1e-6f));
    }

    @Test
    void sumsAddUpToo() {
        Objective sum = distance().plus(2, CrossEntropy.over("logits")).plus(0.5, distance());
        assertThat(loss(sum)).isCloseTo(1.5f * loss(distance()) + 2 * loss(CrossEntropy.over("logits")), within(1e-5f));
    }

    @Test
    void aSumIsNoCrossEntropyThatIsComputedFaster() {
        assertThat(CrossEntropy.is(CrossEntropy.over("logits").plus(0, distance())))
                .isFalse();
    }

    @Test
    void whatIsTakenByOneNameIsOfOneType() {
        Objective other = Objective.of(
                "other",
                List.of(),
                List.of(ValueInfo.of(CrossEntropy.TARGET, ElementType.INT64, Dim.free("N"))),
                List.of(
                        Node.of("Cast", "cast", List.of(CrossEntropy.TARGET), List.of("numbers"))
                                .with("to", 1L),
                        Node.of("ReduceSum", "sum", List.of("numbers"), List.of("total"))
                                .with("keepdims", 0L)),
                "total");
        assertThatThrownBy(() -> CrossEntropy.over("logits").plus(1, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target");
    }
}
