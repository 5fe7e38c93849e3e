package graft.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@link Values} as ONNX Runtime's tensors, and back. */
final class OrtTensors {
    private OrtTensors() {}

    /** The caller closes it. */
    static OnnxTensor of(Values values) throws OrtException {
        ByteBuffer direct = values.data().isDirect()
                ? values.data().duplicate()
                : ByteBuffer.allocateDirect(values.data().remaining())
                        .put(values.data().duplicate())
                        .flip();
        direct.order(ByteOrder.LITTLE_ENDIAN);
        OrtEnvironment environment = RuntimeStart.environment();
        OnnxJavaType javaType =
                switch (values.type()) {
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
                        throw new Refusal(
                                "Inputs of type " + values.type() + " cannot be given to ONNX Runtime from Java.");
                };
        return OnnxTensor.createTensor(environment, direct, values.shape(), javaType);
    }

    static Values values(OnnxTensor tensor) {
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
}
