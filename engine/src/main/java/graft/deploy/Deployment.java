package graft.deploy;

import java.util.List;

/**
 * The forms in which a network can be shipped, judged side by side.
 *
 * @param recommended name of the smallest variant that loses no more accuracy than allowed
 * @param maxLoss points of accuracy (percentage points) that may be lost
 */
public record Deployment(List<Variant> variants, String recommended, double maxLoss) {

    /**
     * One form.
     *
     * @param name {@code fp32}, {@code fp16}, {@code int8-dynamic}, {@code int8-static}, {@code int8-static-per-channel}
     * @param file the written file; null where it could not be made
     * @param accuracy on the validation examples, 0…1
     * @param agreement share of examples on which it answers as fp32 does
     * @param p50Ms median milliseconds for one example on this machine
     * @param verdict in words; begins with {@code recommended} or {@code broken} where it is that
     */
    public record Variant(
            String name,
            String file,
            long bytes,
            Double accuracy,
            Double agreement,
            Double p50Ms,
            Double p95Ms,
            String verdict) {

        Variant saying(String words) {
            return new Variant(name, file, bytes, accuracy, agreement, p50Ms, p95Ms, words);
        }
    }
}
