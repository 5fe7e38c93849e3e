package graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.data.ClassTargets;
import graft.judge.Judge;
import graft.onnx.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassJudgeTest {
    private static final List<String> CLASSES = List.of("a", "b");
    private static final ClassTargets TARGETS = ClassTargets.equal(new int[] {0, 1, 1, 0}, 2);

    private static Judge judge() {
        return new ClassJudge("y", TARGETS, CLASSES);
    }

    private static Map<String, Values> answers(float... scores) {
        return Map.of("y", Values.ofFloats(new long[] {scores.length / 2, 2}, scores));
    }

    @Test
    void judgesOfPartsFindTogetherWhatOneFindsOfTheWhole() {
        Judge whole = judge();
        whole.add(answers(2, 1, 0, 3, 5, 1, Float.NaN, 0), new int[] {0, 1, 2, 3}, 4);
        Judge first = judge();
        first.add(answers(5, 1, Float.NaN, 0), new int[] {2, 3}, 2);
        Judge second = judge();
        second.add(answers(2, 1, 0, 3), new int[] {0, 1}, 2);
        ClassCounts expected = (ClassCounts) whole.done();
        ClassCounts found = (ClassCounts) first.merge(second).done();
        assertThat(found.counts()).isDeepEqualTo(expected.counts());
        assertThat(found.n()).isEqualTo(4);
        assertThat(found.right()).isEqualTo(expected.right());
        assertThat(found.loss()).isEqualTo(Double.valueOf(expected.loss()));
        assertThat(found.firstNotFinite()).isEqualTo(3);
    }

    @Test
    void judgesOfOtherTargetsDoNotMerge() {
        Judge other = new ClassJudge("y", ClassTargets.equal(new int[] {0}, 2), CLASSES);
        assertThatThrownBy(() -> judge().merge(other)).isInstanceOf(IllegalArgumentException.class);
    }
}
