package graft.quantize;

/**
 * How uint8 stands for real numbers: x ≈ scale · (q − zeroPoint), q in 0…255, as ONNX QuantizeLinear rounds (half to
 * even) and saturates.
 */
record Affine(float scale, int zeroPoint) {
    static final int LEVELS = 256;
    private static final int LARGEST = LEVELS - 1;

    /** The finest scale at which all of {@code range} and zero (padding, dropped channels) can be said; zero exactly. */
    static Affine covering(Range range) {
        double min = Math.min(range.min(), 0);
        double max = Math.max(range.max(), 0);
        float scale = (float) ((max - min) / LARGEST);
        // Constant zero has no range, and a scale that is no normal number loses digits or divides by zero.
        if (scale < Float.MIN_NORMAL) {
            return new Affine(1, 0);
        }
        int zeroPoint = (int) Math.rint(-min / scale);
        return new Affine(scale, Math.max(0, Math.min(LARGEST, zeroPoint)));
    }

    int quantize(float x) {
        double q = Math.rint(x / scale) + zeroPoint;
        return (int) Math.max(0, Math.min(LARGEST, q));
    }

    float dequantize(int q) {
        return scale * (q - zeroPoint);
    }

    float lowest() {
        return dequantize(0);
    }

    float highest() {
        return dequantize(LARGEST);
    }
}
