package graft.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.testdata.Shared;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** A bi-directional LSTM over bytes, with the answer that its makers published beside it. */
class SentenceBoundaryTest {
    @Test
    void theAnswerIsThePublishedOne() throws IOException {
        Path reference = Shared.path("data/text-networks/sentence-boundary-lstm-io.npz");
        Model model = OnnxFile.read(Shared.path("data/text-networks/sentence-boundary-lstm.onnx"));
        Tensor text = Tensor.ofBytes("input", ElementType.UINT8, new long[] {2, 58}, member(reference, "input"));
        float[] wanted = new float[2 * 58 * 2];
        member(reference, "Add_26").asFloatBuffer().get(wanted);
        try (NDManager manager = TorchEngine.start(1);
                Executor executor = new Executor(model, manager, Set.of())) {
            NDArray y = executor.run(manager, Map.of("input", ArrayTensors.toArray(manager, text)), Mode.INFERENCE)
                    .get("output");
            assertThat(y.getShape().getShape()).containsExactly(2, 58, 2);
            assertThat(y.toFloatArray()).containsExactly(wanted, org.assertj.core.api.Assertions.within(1e-4f));
        }
    }

    /** The elements of an array: a {@code .npy} file says in its bytes 8 and 9 how long the rest of its head is. */
    private static ByteBuffer member(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] bytes = zip.getInputStream(zip.getEntry(name + ".npy")).readAllBytes();
            ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return all.position(10 + all.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
