package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import graft.onnx.ElementType;

/** Element types as TorchScript numbers them, and casts that keep the gradient. */
final class Types {
    private Types() {}

    /** The number of {@code type} in TorchScript text. */
    static int code(DataType type) {
        return switch (type) {
            case UINT8 -> 0;
            case INT8 -> 1;
            case INT32 -> 3;
            case INT64 -> 4;
            case FLOAT16 -> 5;
            case FLOAT32 -> 6;
            case FLOAT64 -> 7;
            case BOOLEAN -> 11;
            default -> throw new IllegalStateException("the executor never makes arrays of type " + type);
        };
    }

    /**
     * The array itself where it has the type already.
     *
     * @throws Unsupported for types that the engine cannot hold
     */
    static NDArray cast(Call in, NDArray x, ElementType type) {
        return cast(in, x, ArrayTensors.dataType(type, "results of " + in.node()));
    }

    /** The array itself where it has the type already. */
    static NDArray cast(Call in, NDArray x, DataType type) {
        if (x.getDataType() == type) {
            return x;
        }
        // DJL's toType loses the gradient, which only casts between real numbers have.
        return x.getDataType().isFloating() && type.isFloating()
                ? in.torch("torch.to(a, " + code(type) + ")", x)
                : x.toType(type, false);
    }

    /** A literal of TorchScript for a number that is put among elements of {@code type}. */
    static String literal(double value, DataType type) {
        return type.isFloating() ? ShapeOps.literal(value) : Long.toString((long) value);
    }

    /** {@code True} or {@code False}. */
    static String literal(boolean value) {
        return value ? "True" : "False";
    }
}
