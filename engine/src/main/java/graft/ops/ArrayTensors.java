package graft.ops;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.onnx.ElementType;
import graft.onnx.Tensor;
import graft.onnx.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tensors of files as arrays of the engine, and back. */
public final class ArrayTensors {
    private ArrayTensors() {}

    /** An array that owns its memory and belongs to {@code manager}. */
    public static NDArray toArray(NDManager manager, Tensor tensor) {
        DataType type = dataType(tensor.type(), "tensor " + tensor.name());
        return toArray(manager, tensor.bytes(), new Shape(tensor.shape()), type);
    }

    /** An array that owns its memory and belongs to {@code manager}; {@code data} is little-endian. */
    public static NDArray toArray(NDManager manager, ByteBuffer data, Shape shape, DataType type) {
        if (shape.size() == 0) {
            return manager.create(shape, type);
        }
        if (manager.getDevice().isGpu()) {
            return manager.create(data.duplicate().order(ByteOrder.LITTLE_ENDIAN), shape, type);
        }
        // Written where PyTorch keeps it: a buffer on the way would stay until Java collects it, which may be never.
        NDArray own = manager.create(shape, type);
        own.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN).put(data.duplicate());
        return own;
    }

    /** An array of an ONNX element type that owns its memory and belongs to {@code manager}. */
    public static NDArray toArray(NDManager manager, ElementType type, long[] shape, ByteBuffer data) {
        return toArray(manager, data, new Shape(shape), dataType(type, "an input"));
    }

    /** Floats as an array of {@code rows × columns}; belongs to {@code manager}. */
    public static NDArray toArray(NDManager manager, float[] values, int rows, int columns) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return toArray(manager, data, new Shape(rows, columns), DataType.FLOAT32);
    }

    /**
     * A number as an array without axes; belongs to {@code manager}.
     *
     * <p>To be used where gradients are recorded: for {@code array.mul(number)} DJL puts the number into memory of Java and lets
     * go of it at once, though PyTorch reads it again in the backward pass.
     */
    public static NDArray number(NDManager manager, float value) {
        ByteBuffer data = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        return toArray(manager, data.putFloat(0, value), new Shape(), DataType.FLOAT32);
    }

    public static Tensor toTensor(String name, NDArray array) {
        return Tensor.over(
                name, elementType(array.getDataType()), array.getShape().getShape(), toBytes(array));
    }

    /**
     * The values of arrays where they lie, by name: for whoever writes them at once.
     *
     * @param lent owns what is needed on the way; once it is closed, or an array changed, the tensors are of no use
     */
    public static Map<String, Tensor> lend(NDManager lent, Map<String, NDArray> arrays) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            // What lies in another order in memory, or on a GPU, is copied by DJL to where the array asked belongs.
            NDArray same = array.stopGradient();
            same.attach(lent);
            out.put(
                    name,
                    Tensor.over(
                            name,
                            elementType(array.getDataType()),
                            array.getShape().getShape(),
                            same.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN)));
        });
        return out;
    }

    /** As it is fed: an array that owns its memory and belongs to {@code manager}. */
    public static NDArray toArray(NDManager manager, Values values) {
        return toArray(manager, values.type(), values.shape(), values.data());
    }

    /** Copies of the values of arrays, by name. */
    public static Map<String, Values> toValues(Map<String, NDArray> arrays) {
        Map<String, Values> out = new LinkedHashMap<>();
        arrays.forEach((name, array) -> out.put(
                name,
                new Values(elementType(array.getDataType()), array.getShape().getShape(), toBytes(array))));
        return out;
    }

    /** A copy of the values, little-endian. */
    public static ByteBuffer toBytes(NDArray array) {
        if (!array.getDevice().isGpu()) {
            return array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }
        // DJL would leave the copy that it makes on the way to the array's manager, for a weight the whole run.
        try (NDArray host = array.toDevice(Device.cpu(), false)) {
            return host.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /**
     * @throws Unsupported for the types that PyTorch's JVM binding cannot hold: handing it one would end the process
     */
    static DataType dataType(ElementType type, String what) {
        return switch (type) {
            case FLOAT -> DataType.FLOAT32;
            case DOUBLE -> DataType.FLOAT64;
            case FLOAT16 -> DataType.FLOAT16;
            case INT64 -> DataType.INT64;
            case INT32 -> DataType.INT32;
            case INT8 -> DataType.INT8;
            case UINT8 -> DataType.UINT8;
            case BOOL -> DataType.BOOLEAN;
            default ->
                throw new Unsupported("The engine cannot compute with " + what + " of type " + type
                        + ". Convert the network to fp32 first, or keep this part frozen.");
        };
    }

    static ElementType elementType(DataType type) {
        return switch (type) {
            case FLOAT32 -> ElementType.FLOAT;
            case FLOAT64 -> ElementType.DOUBLE;
            case FLOAT16 -> ElementType.FLOAT16;
            case INT64 -> ElementType.INT64;
            case INT32 -> ElementType.INT32;
            case INT8 -> ElementType.INT8;
            case UINT8 -> ElementType.UINT8;
            case BOOLEAN -> ElementType.BOOL;
            default -> throw new IllegalStateException("the executor never makes arrays of type " + type);
        };
    }
}
