package graft.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.Tensor;
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

    /** The caller closes it. */
    OnnxTensor toOnnx() throws OrtException {
        ByteBuffer direct = data.isDirect()
                ? data.duplicate()
                : ByteBuffer.allocateDirect(data.remaining())
                        .put(data.duplicate())
                        .flip();
        direct.order(ByteOrder.LITTLE_ENDIAN);
        OrtEnvironment environment = RuntimeStart.environment();
        OnnxJavaType javaType =
                switch (type) {
                    case FLOAT -> OnnxJavaType.FLOAT;
                    case DOUBLE -> OnnxJavaType.DOUBLE;
                    case FLOAT16 -> OnnxJavaType.FLOAT16;
                    case BFLOAT16 -> OnnxJavaType.BFLOAT16;
                    case INT8 -> OnnxJavaType.INT8;
                    case UINT8 -> OnnxJavaType.UINT8;
                    case INT16 -> OnnxJavaType.INT16;
                    case INT32 -> OnnxJavaType.INT32;
                    case INT64 -> OnnxJavaType.INT64;
                    case BOOL -> OnnxJavaType.BOOL;
                    default ->
                        throw new Refusal("Inputs of type " + type + " cannot be given to ONNX Runtime from Java.");
                };
        return OnnxTensor.createTensor(environment, direct, shape, javaType);
    }

    static Values of(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        ElementType type = elementType(info.onnxType);
        ByteBuffer data = ByteBuffer.allocateDirect(tensor.getByteBuffer().remaining());
        data.put(tensor.getByteBuffer()).flip();
        return new Values(type, info.getShape(), data.order(ByteOrder.LITTLE_ENDIAN));
    }

    static ElementType elementType(TensorInfo.OnnxTensorType type) {
        return switch (type) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> ElementType.FLOAT;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> ElementType.DOUBLE;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> ElementType.FLOAT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> ElementType.BFLOAT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> ElementType.INT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> ElementType.UINT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> ElementType.INT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> ElementType.UINT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> ElementType.INT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> ElementType.UINT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> ElementType.INT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> ElementType.UINT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> ElementType.BOOL;
            default -> throw new Refusal("Graft cannot read outputs of type " + type + ".");
        };
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
