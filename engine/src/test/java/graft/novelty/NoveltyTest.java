package graft.novelty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoveltyTest {
    /** By hand: unit vectors at 0 to 5 times 10 degrees; the fifth nearest to one at 0 is 40 degrees away, 2·sin 20°. */
    @Test
    void theFifthNearestCountsWhateverTheLength() {
        float[][] known = IntStream.range(0, 6)
                .mapToObj(i -> new float[] {
                    (float) ((i + 1) * Math.cos(Math.toRadians(10 * i))),
                    (float) ((i + 1) * Math.sin(Math.toRadians(10 * i)))
                })
                .toArray(float[][]::new);
        Neighbours neighbours = Neighbours.of(known, 0.5);

        // Rounding to a 127th moves a direction by up to 0.3 degrees.
        assertThat(neighbours.distance(new float[] {7, 0})).isCloseTo(2 * Math.sin(Math.toRadians(20)), within(0.006));
        Neighbours again = Neighbours.read(Path.of("n.onnx"), Map.of("k", neighbours.note()), "k")
                .orElseThrow();
        assertThat(again.threshold()).isEqualTo(0.5);
        assertThat(again.rows()).isDeepEqualTo(neighbours.rows());
    }

    @Test
    void aDamagedNoteIsRefused() {
        for (String note : List.of("", "?", "AAAA", "AAAAAQAAAAI/8AAAAAAAAAE=", "f///////////////////////")) {
            assertThatThrownBy(() -> Neighbours.read(Path.of("n.onnx"), Map.of("k", note), "k"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("n.onnx")
                    .hasMessageContaining("graft ood");
        }
    }

    /** Of 39 distances ⌈40 · 0.95⌉ = 38 may be kept; of 10 the largest. */
    @Test
    void theThresholdCountsOneExampleMore() {
        assertThat(NotedExamples.quantile(
                        IntStream.rangeClosed(1, 39).mapToDouble(i -> 40 - i).toArray()))
                .isEqualTo(38);
        assertThat(NotedExamples.quantile(
                        IntStream.rangeClosed(1, 10).mapToDouble(i -> i).toArray()))
                .isEqualTo(10);
    }

    /** What is noted of examples holds for the weights that looked at them. */
    @Test
    void aFileThatLearnsOnNotesNothingOfEarlierExamples() {
        Model noted = Model.create("test", 8, 13).withMetadata(Map.of(MadeByGraft.EXAMPLES, "x", "other", "y"));
        assertThat(MadeByGraft.forget(noted).metadata())
                .doesNotContainKey(MadeByGraft.EXAMPLES)
                .containsKey("other");
    }
}
