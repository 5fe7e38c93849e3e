package graft.quantize;

/**
 * How a network is to become int8.
 *
 * @param granularity for the static method; the dynamic one always has a scale per channel, which costs it nothing
 * @param calibration for the static method
 */
public record QuantizationPlan(Method method, Granularity granularity, CalibrationMethod calibration) {

    /** Where the ranges of activations come from. */
    public enum Method {
        /** From calibration examples; everything between the first and last layer is int8. */
        STATIC,
        /** From each input while it is answered; what is stored as int8 is the weights. */
        DYNAMIC
    }

    /** For what part of a weight one scale holds. */
    public enum Granularity {
        PER_TENSOR,
        PER_CHANNEL
    }

    public static QuantizationPlan dynamic() {
        return new QuantizationPlan(Method.DYNAMIC, Granularity.PER_CHANNEL, CalibrationMethod.MINMAX);
    }

    public static QuantizationPlan staticPerTensor() {
        return new QuantizationPlan(Method.STATIC, Granularity.PER_TENSOR, CalibrationMethod.MINMAX);
    }

    public static QuantizationPlan staticPerChannel() {
        return new QuantizationPlan(Method.STATIC, Granularity.PER_CHANNEL, CalibrationMethod.MINMAX);
    }

    QuantizationPlan with(Granularity other) {
        return new QuantizationPlan(method, other, calibration);
    }
}
