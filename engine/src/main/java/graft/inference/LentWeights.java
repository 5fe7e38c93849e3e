package graft.inference;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.sun.jna.Memory;
import graft.onnx.Tensor;
import graft.onnx.Values;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights outside of Java's heap for as long as ONNX Runtime opens a model: it copies them into its own memory. The memory
 * is given back at once, for the next model or for PyTorch, not whenever Java collects its garbage.
 */
final class LentWeights implements AutoCloseable {
    private static final long ALIGNMENT = 64;

    private final Memory memory;
    private final Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();

    LentWeights(List<Tensor> weights) throws OrtException {
        memory = new Memory(
                ALIGNMENT + weights.stream().mapToLong(LentWeights::room).sum());
        long at = ALIGNMENT;
        try {
            for (Tensor weight : weights) {
                long bytes = weight.size() * weight.type().bytes();
                var place = memory.getByteBuffer(at, bytes).order(ByteOrder.LITTLE_ENDIAN);
                place.put(weight.bytes()).flip();
                tensors.put(weight.name(), OrtTensors.of(new Values(weight.type(), weight.shape(), place)));
                at += room(weight);
            }
        } catch (OrtException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static long room(Tensor weight) {
        long bytes = weight.size() * weight.type().bytes();
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    void lendTo(SessionOptions options) throws OrtException {
        options.addExternalInitializers(tensors);
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensorLike::close);
        memory.close();
    }
}
