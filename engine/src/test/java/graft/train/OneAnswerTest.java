package graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OneAnswerTest {
    private static final List<String> CLASSES = List.of("ants", "bees");

    @Test
    void aNetworkThatAlwaysSaysTheSameIsTold() {
        assertThat(OneAnswer.remark(new int[][] {{0, 7}, {0, 8}}, CLASSES)).hasValueSatisfying(said -> assertThat(said)
                .startsWith("All 15 validation examples are answered with bees"));
        assertThat(OneAnswer.remark(new int[][] {{1, 6}, {0, 8}}, CLASSES)).isEmpty();
        assertThat(OneAnswer.remark(new int[][] {{0, 0}, {0, 15}}, CLASSES))
                .as("they are")
                .isEmpty();
        assertThat(OneAnswer.remark(new int[][] {{0, 2}, {0, 3}}, CLASSES))
                .as("of few, by chance")
                .isEmpty();
    }
}
