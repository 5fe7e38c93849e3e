package graft.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against sums written out, as the processor chooses and by the other way. */
class PointwiseConvolutionTest {
    private static final int BATCH = 4;
    private static final int CHANNELS = 48;
    private static final int SIDE = 7;

    @AfterEach
    void tryAgain() {
        PointwiseConvolution.right = Optional.empty();
    }

    private static float[] random(int size, long seed) {
        Random random = new Random(seed);
        float[] out = new float[size];
        for (int i = 0; i < size; i++) {
            out[i] = random.nextFloat() - 0.5f;
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"112, 1, 1, false", "112, 1, 1, true", "80, 2, 1, true", "112, 1, 2, true", "64, 3, 1, false"})
    void itIsTheSumOverChannels(int results, int stride, int group, boolean otherWay) {
        if (otherWay) {
            PointwiseConvolution.right = Optional.of(false);
        }
        int each = CHANNELS / group;
        float[] weight = random(results * each, 1);
        float[] bias = random(results, 2);
        float[] x = random(BATCH * CHANNELS * SIDE * SIDE, 3);
        Model model = Model.create("graft tests", 8, 17);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(
                ValueInfo.of("x", ElementType.FLOAT, Dim.of(BATCH), Dim.of(CHANNELS), Dim.of(SIDE), Dim.of(SIDE))));
        editor.put(Tensor.ofFloats("w", new long[] {results, each, 1, 1}, weight));
        editor.put(Tensor.ofFloats("b", new long[] {results}, bias));
        editor.nodes()
                .add(Node.of("Conv", "conv", List.of("x", "w", "b"), List.of("y"))
                        .with("strides", (long) stride, (long) stride)
                        .with("group", (long) group));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        int side = (SIDE + stride - 1) / stride;
        try (NDManager manager = TorchEngine.start(2);
                Executor executor = new Executor(model.withGraph(editor.build()), manager, Set.of())) {
            NDArray input =
                    ArrayTensors.toArray(manager, Tensor.ofFloats("x", new long[] {BATCH, CHANNELS, SIDE, SIDE}, x));
            NDArray output =
                    executor.run(manager, Map.of("x", input), Mode.INFERENCE).get("y");
            assertThat(output.getShape().getShape()).containsExactly(BATCH, results, side, side);
            float[] y = output.toFloatArray();
            for (int at = 0; at < y.length; at += 13) {
                int column = at % side;
                int row = at / side % side;
                int result = at / (side * side) % results;
                int example = at / (side * side * results);
                double sum = bias[result];
                for (int c = 0; c < each; c++) {
                    int channel = result / (results / group) * each + c;
                    sum += (double) weight[result * each + c]
                            * x[((example * CHANNELS + channel) * SIDE + row * stride) * SIDE + column * stride];
                }
                assertThat((double) y[at]).isCloseTo(sum, within(1e-4));
            }
        }
    }
}
