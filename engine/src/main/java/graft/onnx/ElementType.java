package graft.onnx;

import graft.Refusal;

/** Element types of tensors, with the numbers of {@code TensorProto.DataType} and the width in bytes. */
public enum ElementType {
    FLOAT(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    UINT16(4, 2),
    INT16(5, 2),
    INT32(6, 4),
    INT64(7, 8),
    STRING(8, 0),
    BOOL(9, 1),
    FLOAT16(10, 2),
    DOUBLE(11, 8),
    UINT32(12, 4),
    UINT64(13, 8),
    COMPLEX64(14, 8),
    COMPLEX128(15, 16),
    BFLOAT16(16, 2),
    FLOAT8E4M3FN(17, 1),
    FLOAT8E4M3FNUZ(18, 1),
    FLOAT8E5M2(19, 1),
    FLOAT8E5M2FNUZ(20, 1),
    /** Two elements share a byte. */
    UINT4(21, 0),
    /** Two elements share a byte. */
    INT4(22, 0),
    FLOAT4E2M1(23, 0),
    FLOAT8E8M0(24, 1),
    UINT2(25, 0),
    INT2(26, 0);

    private final int code;
    private final int bytes;

    ElementType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    public int code() {
        return code;
    }

    /** Bytes per element; 0 where elements have no whole number of bytes. */
    public int bytes() {
        return bytes;
    }

    /** True for the types whose values are real numbers: the ones that can hold weights. */
    public boolean isFloat() {
        return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
    }

    public static ElementType of(int code) {
        for (ElementType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new Refusal("The file uses element type " + code + ", which ONNX does not define. Export it again.");
    }
}
