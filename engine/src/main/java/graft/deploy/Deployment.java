package graft.deploy;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The forms in which a network can be shipped, judged side by side.
 *
 * @param recommended name of the smallest variant that loses no more accuracy than allowed
 * @param maxLoss points of accuracy (percentage points) that may be lost
 */
public record Deployment(List<Variant> variants, String recommended, double maxLoss) {
    /** Points of accuracy; a form that loses more is no choice but a failure of the method on this network. */
    private static final double BROKEN_LOSS = 10;

    /**
     * The verdict on measured forms.
     *
     * @param measured fp32 first
     * @param maxLoss points of accuracy (percentage points) that the recommended form may lose
     */
    static Deployment of(List<Variant> measured, double maxLoss) {
        Variant fp32 = measured.get(0);
        Variant best = measured.stream()
                .filter(v -> v.accuracy() != null && loss(fp32, v) <= maxLoss + 1e-9)
                .min(Comparator.comparingLong(Variant::bytes))
                .orElse(fp32);
        List<Variant> said = measured.stream()
                .map(v -> v.accuracy() == null ? v : v.saying(words(fp32, v, v == best, maxLoss)))
                .toList();
        return new Deployment(said, best.name(), maxLoss);
    }

    /** The verdict on the same forms where another loss is allowed; nothing is measured again. */
    public Deployment withMaxLoss(double points) {
        return of(variants, points);
    }

    private static double loss(Variant fp32, Variant v) {
        return (fp32.accuracy() - v.accuracy()) * 100;
    }

    private static String words(Variant fp32, Variant v, boolean recommended, double maxLoss) {
        if (v == fp32) {
            return recommended ? "recommended: no smaller form keeps its accuracy" : "the network as it was trained";
        }
        double loss = loss(fp32, v);
        String speed = v.p50Ms() > fp32.p50Ms()
                ? String.format(Locale.ROOT, "%.1f times slower than fp32 on this machine", v.p50Ms() / fp32.p50Ms())
                : String.format(Locale.ROOT, "%.1f times faster than fp32 on this machine", fp32.p50Ms() / v.p50Ms());
        String accuracy = loss > maxLoss
                ? String.format(Locale.ROOT, "loses %.1f points, more than the %.1f allowed", loss, maxLoss)
                : loss > 0 ? String.format(Locale.ROOT, "loses %.1f points", loss) : "loses nothing";
        String size = String.format(Locale.ROOT, "%.0f %% of the size", 100.0 * v.bytes() / fp32.bytes());
        String verdict = recommended ? "recommended: " : loss > Math.max(maxLoss, BROKEN_LOSS) ? "broken: " : "";
        return verdict + accuracy + ", " + size + ", " + speed;
    }

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
