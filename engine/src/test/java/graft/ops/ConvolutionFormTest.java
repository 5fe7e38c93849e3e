package graft.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the same node in double precision, for which PyTorch has kernels of its own: results and both gradients. */
class ConvolutionFormTest {
    private static final int BATCH = 3;
    private static final double CLOSE = 1e-4;

    @AfterEach
    void tryAgain() {
        ConvolutionForm.right = Optional.empty();
    }

    /** An operator with the shapes of its input and weight. */
    private record Convolution(
            String op, long[] input, long[] weight, long stride, long pad, long dilation, long group) {
        private Model model(ElementType type) {
            int axes = weight.length - 2;
            GraphEditor editor = Model.create("graft tests", 8, 17).graph().edit();
            editor.inputs(List.of(ValueInfo.of(
                    "x", type, Arrays.stream(input).mapToObj(Dim::of).toArray(Dim[]::new))));
            long results = op.equals("Conv") ? weight[0] : weight[1] * group;
            editor.put(numbers("w", type, weight, 1));
            editor.put(numbers("b", type, new long[] {results}, 2));
            editor.nodes()
                    .add(Node.of(op, "conv", List.of("x", "w", "b"), List.of("y"))
                            .with("strides", Window.repeat(stride, axes))
                            .with("pads", Window.repeat(pad, 2 * axes))
                            .with("dilations", Window.repeat(dilation, axes))
                            .with("group", group));
            editor.outputs(List.of(ValueInfo.ofName("y")));
            return Model.create("graft tests", 8, 17).withGraph(editor.build());
        }

        /** The output, and the gradients of its sum of squares. */
        private List<double[]> answers(ElementType type) {
            try (NDManager manager = TorchEngine.start(2);
                    Executor executor = new Executor(model(type), manager, Set.of("w"))) {
                NDArray x = ArrayTensors.toArray(manager, numbers("x", type, input, 3));
                x.setRequiresGradient(true);
                TorchEngine.recordGradients(true);
                NDArray y =
                        executor.run(manager, Map.of("x", x), Mode.INFERENCE).get("y");
                TorchEngine.backward(y.square().sum());
                TorchEngine.recordGradients(false);
                return List.of(
                        doubles(y),
                        doubles(TorchEngine.gradient(manager, x).orElseThrow()),
                        doubles(executor.gradient(manager, "w").orElseThrow()));
            }
        }
    }

    private static Tensor numbers(String name, ElementType type, long[] shape, long seed) {
        Random random = new Random(seed);
        int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        ByteBuffer data = ByteBuffer.allocate(size * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            float value = random.nextFloat() - 0.5f;
            if (type == ElementType.DOUBLE) {
                data.putDouble(value);
            } else {
                data.putFloat(value);
            }
        }
        return Tensor.ofBytes(name, type, shape, data.flip().order(ByteOrder.LITTLE_ENDIAN));
    }

    private static double[] doubles(NDArray array) {
        return Arrays.stream(array.toArray()).mapToDouble(Number::doubleValue).toArray();
    }

    private static void check(Convolution convolution, boolean detour) {
        if (detour) {
            ConvolutionForm.right = Optional.of(false);
        }
        List<double[]> found = convolution.answers(ElementType.FLOAT);
        List<double[]> wanted = convolution.answers(ElementType.DOUBLE);
        for (int i = 0; i < wanted.size(); i++) {
            double largest = Arrays.stream(wanted.get(i)).map(Math::abs).max().orElseThrow();
            assertThat(found.get(i)).hasSameSizeAs(wanted.get(i));
            double difference = 0;
            for (int k = 0; k < wanted.get(i).length; k++) {
                difference = Math.max(difference, Math.abs(found.get(i)[k] - wanted.get(i)[k]));
            }
            assertThat(difference)
                    .as(List.of("results", "gradient of the input", "gradient of the weight")
                            .get(i))
                    .isLessThan(CLOSE * largest);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "112, 1, 1, 1, false",
        "112, 1, 1, 1, true",
        "80, 1, 2, 1, true",
        "112, 1, 1, 2, true",
        "64, 1, 3, 1, false",
        "100, 3, 1, 1, false",
        "100, 3, 1, 1, true",
        "20, 4, 2, 1, true",
        "24, 2, 1, 3, true",
        "96, 3, 1, 48, false",
        "96, 3, 2, 48, true",
        "48, 3, 1, 48, true"
    })
    void pictures(int results, int kernel, int stride, int group, boolean detour) {
        long[] input = {BATCH, 48, 9, 7};
        long[] weight = {results, 48 / group, kernel, kernel};
        check(new Convolution("Conv", input, weight, stride, kernel / 2, 1, group), detour);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 2, 1, 1, 1, false",
        "8, 2, 1, 1, 1, true",
        "24, 3, 2, 2, 1, true",
        "10, 1, 1, 1, 1, true",
        "10, 1, 2, 1, 1, true",
        "20, 3, 1, 1, 2, true",
        "40, 3, 1, 1, 20, true"
    })
    void rows(int results, int kernel, int stride, int dilation, int group, boolean detour) {
        long[] input = {BATCH, 20, 13};
        long[] weight = {results, 20 / group, kernel};
        check(new Convolution("Conv", input, weight, stride, kernel / 2, dilation, group), detour);
    }

    @ParameterizedTest
    @CsvSource({"24, 3, 1, true", "10, 1, 1, true", "40, 3, 2, true"})
    void volumes(int results, int kernel, int stride, boolean detour) {
        long[] input = {BATCH, 20, 5, 4, 6};
        long[] weight = {results, 20, kernel, kernel, kernel};
        check(new Convolution("Conv", input, weight, stride, kernel / 2, 1, 1), detour);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void transposed(boolean detour) {
        check(
                new Convolution("ConvTranspose", new long[] {BATCH, 20, 5, 6}, new long[] {20, 10, 3, 3}, 2, 1, 1, 1),
                detour);
        check(new Convolution("ConvTranspose", new long[] {BATCH, 20, 7}, new long[] {20, 12, 4}, 2, 1, 1, 1), detour);
        long[] point = {20, 10, 1, 1};
        check(new Convolution("ConvTranspose", new long[] {BATCH, 20, 5, 6}, point, 1, 0, 1, 1), detour);
        long[] volume = {8, 10, 2, 2, 2};
        check(new Convolution("ConvTranspose", new long[] {BATCH, 8, 4, 3, 5}, volume, 2, 0, 1, 1), detour);
    }
}
