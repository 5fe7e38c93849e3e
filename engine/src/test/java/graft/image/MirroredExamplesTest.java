package graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.ClassTargets;
import graft.data.Examples;
import graft.data.Targets;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MirroredExamplesTest {
    private static float[] mirrored(Layout layout, long[] shape, float... numbers) {
        FloatBuffer out = new MirroredExamples(new Fed(Values.ofFloats(shape, numbers)), layout)
                .inputs(new int[] {0}, Examples.PLAIN)
                .get("x")
                .floats();
        float[] all = new float[out.remaining()];
        out.get(all);
        return all;
    }

    @Test
    void eachRowOfEachChannelIsTurnedRound() {
        assertThat(mirrored(Layout.NCHW, new long[] {1, 2, 2, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
                .containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
        assertThat(mirrored(Layout.NHWC, new long[] {1, 2, 3, 2}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
                .containsExactly(5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8);
    }

    private record Fed(Values values) implements Examples {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public String name(int i) {
            return "one";
        }

        @Override
        public String key(int i) {
            return "one";
        }

        @Override
        public Targets targets() {
            return ClassTargets.equal(new int[] {0}, 2);
        }

        @Override
        public Map<String, Values> inputs(int[] examples, long view) {
            return Map.of("x", values);
        }

        @Override
        public Examples fedTo(Path file, List<ValueInfo> inputs) {
            return this;
        }

        @Override
        public long bytes() {
            return 0;
        }
    }
}
