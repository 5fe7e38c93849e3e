package graft.tags;

import static org.assertj.core.api.Assertions.assertThat;

import graft.text.Pieces;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowsTest {
    /** Words of two letters, each of two pieces, the first with the blank before it; [CLS] 101 and [SEP] 102 around them. */
    private static Windows cut(int words, int most) {
        String text = "ab ".repeat(words).strip();
        Sentence sentence = new Sentence(
                "s",
                text,
                new int[] {1},
                IntStream.range(0, words).map(i -> 3 * i).toArray(),
                IntStream.range(0, words).map(i -> 3 * i + 2).toArray(),
                List.of());
        int[] ids = new int[2 * words + 2];
        ids[0] = 101;
        ids[ids.length - 1] = 102;
        int[] from = new int[2 * words];
        int[] to = new int[2 * words];
        for (int i = 0; i < from.length; i++) {
            ids[i + 1] = i;
            from[i] = i % 2 == 0 ? Math.max(0, 3 * (i / 2) - 1) : 3 * (i / 2) + 1;
            to[i] = 3 * (i / 2) + i % 2 + 1;
        }
        return Windows.of(sentence, new Pieces(ids, new int[ids.length], 1, 1, from, to, true), most);
    }

    /** However long: each word is answered for once, by its first piece, within what the network can read. */
    @Property
    void noWordIsLost(@ForAll @IntRange(min = 1, max = 90) int words, @ForAll @IntRange(min = 4, max = 40) int most) {
        Windows found = cut(words, most);
        int[] answered = new int[words];
        for (Windows.Window window : found.list()) {
            int[] ids = window.tokens().ids();
            assertThat(ids).hasSizeLessThanOrEqualTo(most).startsWith(101).endsWith(102);
            for (int w = 0; w < window.words().length; w++) {
                answered[window.words()[w]]++;
                assertThat(ids[window.places()[w]]).isEqualTo(2 * window.words()[w]);
            }
        }
        assertThat(answered).containsOnly(1);
        assertThat(found.mute()).isZero();
    }

    @Test
    void aWordIsAnsweredForWhereMostIsSeenAroundIt() {
        // Ten pieces fit; windows begin at 0, 8, 14 of 24.
        Windows found = cut(12, 12);
        assertThat(found.list().stream().map(window -> window.tokens().ids()[1]).toList())
                .containsExactly(0, 8, 14);
        assertThat(Arrays.stream(found.list().get(0).words()).max()).hasValue(4);
    }
}
