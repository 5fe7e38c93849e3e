package graft.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shares are those of the BERT paper: 15 % of the tokens, of which 80 % are masked, 10 % become others, 10 % stay. */
class MaskedExamplesTest {
    private static final int MASK = 3;

    private static MaskedExamples.Hiding hiding(long seed) {
        return new MaskedExamples.Hiding(MASK, new TreeSet<>(List.of(0, 1, 2, 3)), 1000, 0.15, seed, 8);
    }

    @Test
    void tokensAreHiddenInTheseShares() {
        int[] block = IntStream.range(0, 20_000).map(i -> 4 + i % 996).toArray();
        block[0] = 2;
        MaskedExamples.Hidden hidden = MaskedExamples.hidden(block, 0, hiding(1));
        int[] chosen = IntStream.range(0, block.length)
                .filter(t -> hidden.wanted()[t] != TokenTargets.NONE)
                .toArray();
        assertThat(chosen.length / 20_000.0).isCloseTo(0.15, within(1e-4));
        assertThat(chosen).doesNotContain(0);
        assertThat(IntStream.of(chosen)).allMatch(t -> hidden.wanted()[t] == block[t]);
        double masked =
                IntStream.of(chosen).filter(t -> hidden.ids()[t] == MASK).count();
        double same =
                IntStream.of(chosen).filter(t -> hidden.ids()[t] == block[t]).count();
        assertThat(masked / chosen.length).isCloseTo(0.8, within(0.03));
        assertThat(same / chosen.length).isCloseTo(0.1, within(0.03));
        assertThat(hidden.ids()).doesNotContain(0, 1);
        assertThat(IntStream.range(0, block.length).filter(t -> hidden.wanted()[t] == TokenTargets.NONE))
                .allMatch(t -> hidden.ids()[t] == block[t]);
    }

    @Test
    void aVersionAndASeedHideTheSameEachTimeAndOthersOthers() {
        int[] block = IntStream.range(4, 104).toArray();
        int[] one = MaskedExamples.hidden(block, 0, hiding(1)).ids();
        assertThat(MaskedExamples.hidden(block, 0, hiding(1)).ids()).isEqualTo(one);
        assertThat(MaskedExamples.hidden(block, 1, hiding(1)).ids()).isNotEqualTo(one);
        assertThat(MaskedExamples.hidden(block, 0, hiding(2)).ids()).isNotEqualTo(one);
    }
}
