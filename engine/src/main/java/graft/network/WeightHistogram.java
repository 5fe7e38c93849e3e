package graft.network;

import graft.onnx.Tensor;
import java.util.List;

/**
 * How the numbers of some weights are spread.
 *
 * @param least the smallest of them
 * @param most the largest
 * @param counts in parts of equal width from {@code least} to {@code most}
 * @param unreal how many are no finite numbers; they are counted nowhere else
 */
public record WeightHistogram(double least, double most, double mean, double deviation, long[] counts, long unreal) {

    /** @param parts how many counts there are to be */
    public static WeightHistogram of(List<Tensor> tensors, int parts) {
        List<float[]> all = tensors.stream().map(Tensor::toFloats).toList();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        long number = 0;
        long unreal = 0;
        for (float[] values : all) {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    unreal++;
                    continue;
                }
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
                squares += (double) value * value;
                number++;
            }
        }
        long[] counts = new long[parts];
        if (number == 0) {
            return new WeightHistogram(0, 0, 0, 0, counts, unreal);
        }
        double width = (most - least) / parts;
        for (float[] values : all) {
            for (float value : values) {
                if (Float.isFinite(value)) {
                    counts[width == 0 ? parts / 2 : Math.min(parts - 1, (int) ((value - least) / width))]++;
                }
            }
        }
        double mean = sum / number;
        return new WeightHistogram(
                least, most, mean, Math.sqrt(Math.max(0, squares / number - mean * mean)), counts, unreal);
    }
}
