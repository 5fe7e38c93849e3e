package graft.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.inference.OrtSession;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Values;
import graft.testdata.Shared;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealNetworksTest {

    @ParameterizedTest
    @CsvSource({
        "mobilenetv2-0.35-imagenet.onnx, input, 2, 3, 224",
        "mobilenetv2-0.35-recyclables.onnx, input, 2, 3, 224",
        "squeezenet1.0-imagenet.onnx, data_0, 2, 3, 224",
        "resnet20-cifar10.onnx, input, 3, 3, 32",
        "cifar10-small-cnn.onnx, modelInput, 3, 3, 32",
        "mnist-cntk.onnx, Input3, 1, 1, 28"
    })
    void answersEqualThoseOfOnnxRuntime(String file, String input, int batch, int channels, int size) {
        Model model = OnnxFile.read(Shared.network(file));
        float[] numbers = new float[batch * channels * size * size];
        Random random = new Random(1);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat() * 2 - 1;
        }
        Values x = Values.ofFloats(new long[] {batch, channels, size, size}, numbers);
        try (NDManager manager = TorchEngine.start(2);
                Executor executor = new Executor(model, manager, Set.of());
                OrtSession ort = OrtSession.open(model, 2)) {
            FloatBuffer expected =
                    ort.run(Map.of(input, x)).values().iterator().next().floats();
            try (NDManager step = manager.newSubManager()) {
                NDArray fed = ArrayTensors.toArray(step, x.data(), new Shape(x.shape()), DataType.FLOAT32);
                NDArray y = executor.run(step, Map.of(input, fed), Mode.INFERENCE)
                        .values()
                        .iterator()
                        .next();
                FloatBuffer actual =
                        y.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
                assertThat(actual.remaining()).isEqualTo(expected.remaining());
                for (int i = 0; i < expected.remaining(); i++) {
                    assertThat(actual.get(i))
                            .isCloseTo(
                                    expected.get(i),
                                    org.assertj.core.data.Offset.offset(
                                            1e-4f * Math.max(1, Math.abs(expected.get(i)))));
                }
            }
        }
    }
}
