package graft.rewrite;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;

/**
 * The numbers that a quantized tensor can hold.
 *
 * @param low least integer of its type, high the largest
 * @param zero the integer that stands for 0
 */
record IntegerRange(long low, long high, long zero) {
    /** Of what a QuantizeLinear makes. */
    static IntegerRange of(Node quantize, Graph graph) {
        Tensor zero = graph.initializers().get(quantize.input(2));
        int named = quantize.attribute("output_dtype", 0);
        return of(zero, named == 0 ? ElementType.UINT8 : ElementType.of(named));
    }

    /**
     * @param zero null where the zero point is 0
     */
    static IntegerRange of(Tensor zero, ElementType otherwise) {
        ElementType type = zero == null ? otherwise : zero.type();
        long zeroPoint = zero == null || zero.size() == 0 ? 0 : zero.toLongs()[0];
        return switch (type) {
            case INT8 -> new IntegerRange(-128, 127, zeroPoint);
            case INT16 -> new IntegerRange(-32768, 32767, zeroPoint);
            case UINT16 -> new IntegerRange(0, 65535, zeroPoint);
            case INT4 -> new IntegerRange(-8, 7, zeroPoint);
            case UINT4 -> new IntegerRange(0, 15, zeroPoint);
            case INT2 -> new IntegerRange(-2, 1, zeroPoint);
            case UINT2 -> new IntegerRange(0, 3, zeroPoint);
            case INT32 -> new IntegerRange(Integer.MIN_VALUE, Integer.MAX_VALUE, zeroPoint);
            default -> new IntegerRange(0, 255, zeroPoint);
        };
    }

    boolean beginsAtZero() {
        return zero == low;
    }

    double least(double scale) {
        return (low - zero) * scale;
    }

    double most(double scale) {
        return (high - zero) * scale;
    }
}
