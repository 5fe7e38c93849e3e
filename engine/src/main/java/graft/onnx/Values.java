package graft.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Numbers with a shape, as they go into and come out of a model.
 *
 * @param data the elements row by row, little-endian
 */
public record Values(ElementType type, long[] shape, ByteBuffer data) {

    public static Values of(Tensor tensor) {
        return new Values(tensor.type(), tensor.shape(), tensor.bytes());
    }

    public static Values ofFloats(long[] shape, float... values) {
        ByteBuffer data = ByteBuffer.allocateDirect(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new Values(ElementType.FLOAT, shape, data);
    }

    public static Values ofLongs(long[] shape, long... values) {
        ByteBuffer data = ByteBuffer.allocateDirect(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        return new Values(ElementType.INT64, shape, data);
    }

    /** The elements of a FLOAT value. */
    public FloatBuffer floats() {
        if (type != ElementType.FLOAT) {
            throw new IllegalStateException("asked for floats of " + this);
        }
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    public Tensor toTensor(String name) {
        return Tensor.ofBytes(name, type, shape, data.duplicate());
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
