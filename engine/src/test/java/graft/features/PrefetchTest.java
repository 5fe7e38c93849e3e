package graft.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrefetchTest {
    /** Tells what it was asked for, and fails for example 13. */
    private static final class Source implements Features {
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private boolean closed;

        @Override
        public Map<String, Values> of(int[] examples, long view) {
            asked.add(Arrays.toString(examples) + " " + view);
            if (examples[0] == 13) {
                throw new Refusal("example 13");
            }
            return Map.of(examples[0] + "/" + view, Values.ofFloats(new long[] {1}, 1));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Source source = new Source();
    private final Prefetch features = new Prefetch(source);

    private String of(int example, long view) {
        return features.of(new int[] {example}, view).keySet().iterator().next();
    }

    @Test
    void whatWasExpectedIsMadeOnce() {
        features.expect(new int[] {5}, 1);
        assertThat(of(5, 1)).isEqualTo("5/1");
        assertThat(of(5, 1)).isEqualTo("5/1");
        assertThat(source.asked).containsExactly("[5] 1", "[5] 1");
    }

    @Test
    void whatWasNotExpectedIsRightToo() {
        features.expect(new int[] {5}, 1);
        assertThat(of(6, 1)).isEqualTo("6/1");
        features.expect(new int[] {5}, 1);
        assertThat(of(5, 2)).isEqualTo("5/2");
        assertThat(of(5, 1)).isEqualTo("5/1");
    }

    @Test
    void aFailureComesWhereTheBatchIsAskedFor() {
        features.expect(new int[] {13}, 0);
        assertThatThrownBy(() -> of(13, 0)).isInstanceOf(Refusal.class).hasMessage("example 13");
        features.expect(new int[] {13}, 0);
        assertThat(of(1, 0)).isEqualTo("1/0");
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        features.expect(new int[] {5}, 1);
        features.close();
        assertThat(source.asked).containsExactly("[5] 1");
        assertThat(source.closed).isTrue();
    }
}
