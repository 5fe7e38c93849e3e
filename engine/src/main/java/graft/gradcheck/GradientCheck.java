package graft.gradcheck;

import graft.Refusal;
import graft.gradcheck.GradientReport.Status;
import graft.gradcheck.GradientReport.TensorGradient;
import graft.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/**
 * Holds gradients against central differences, (f(w + h) − f(w − h)) / 2h, in double precision. Where the two slopes of an
 * entry, to its right and to its left, differ at the smallest step still, the function has an edge there and no gradient;
 * such an entry is only asked to have a gradient between the two.
 */
final class GradientCheck {
    /** Of the larger of gradient and difference. */
    private static final double TOLERANCE = 1e-4;
    /** Agreement at which no smaller step is tried. */
    private static final double WELL = 1e-6;
    /** Part of the largest gradient of all below which a gradient is rounding noise. */
    private static final double NOISE = 1e-6;
    /** Smaller steps leave an edge nearby behind, larger ones the rounding. */
    private static final double[] STEPS = {1e-5, 1e-6, 1e-7};

    private final ScalarFunction loss;
    private final int samples;
    private final Map<String, double[]> gradients;
    private final double value;
    private final double noise;

    /**
     * @param samples entries of each tensor: the one with the largest gradient, the others by chance
     * @throws Refusal where the number is not the same each time, or none at all
     */
    GradientCheck(ScalarFunction loss, int samples) {
        this.loss = loss;
        this.samples = samples;
        value = loss.value();
        if (!Double.isFinite(value)) {
            throw new Refusal("The network's output on random input is " + value
                    + ", of which there is no gradient. Check the network with real data.");
        }
        if (value != loss.value()) {
            throw new Refusal(
                    "The network gives another output each time (it has a random operator), so that differences"
                            + " say nothing of its gradients.");
        }
        gradients = loss.gradients();
        gradients.forEach((name, gradient) -> {
            if (!Arrays.stream(gradient).allMatch(Double::isFinite)) {
                throw new Refusal("The gradient of " + name
                        + " on random input is no finite number. Check the network with" + " real data.");
            }
        });
        double largest = gradients.values().stream()
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
        noise = NOISE * largest + Double.MIN_NORMAL;
    }

    Map<String, double[]> gradients() {
        return gradients;
    }

    /**
     * Checks tensors one after the other.
     *
     * @throws CancellationException where it was cancelled
     */
    List<TensorGradient> check(List<String> tensors, long seed, Progress progress) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TensorGradient> out = new ArrayList<>();
        for (String tensor : tensors) {
            if (progress.isCancelled()) {
                // A verdict on some of the weights would read as one on all.
                throw new CancellationException("after " + out.size() + " of " + tensors.size() + " weights");
            }
            out.add(check(tensor, random.split()));
            progress.stage("checking gradients", out.size(), tensors.size());
        }
        return out;
    }

    private record Entry(boolean kink, double error, String fault) {}

    private TensorGradient check(String tensor, SplittableRandom random) {
        double worst = 0;
        int judged = 0;
        int kinks = 0;
        String message = "";
        for (int entry : entries(tensor, random)) {
            Entry found = check(tensor, entry);
            if (found.kink) {
                kinks++;
                continue;
            }
            judged++;
            worst = Math.max(worst, found.error);
            message = message.isEmpty() ? found.fault : message;
        }
        Status status = !message.isEmpty() ? Status.FAILED : judged == 0 ? Status.SKIPPED : Status.PASSED;
        return new TensorGradient(tensor, status, judged, kinks, worst, 0, message);
    }

    private Set<Integer> entries(String tensor, SplittableRandom random) {
        int size = loss.size(tensor);
        Set<Integer> out = new LinkedHashSet<>();
        double[] gradient = gradients.get(tensor);
        if (gradient != null && size > 0) {
            int largest = 0;
            for (int i = 1; i < size; i++) {
                largest = Math.abs(gradient[i]) > Math.abs(gradient[largest]) ? i : largest;
            }
            out.add(largest);
        }
        while (out.size() < Math.min(samples, size)) {
            out.add(random.nextInt(size));
        }
        return out;
    }

    private Entry check(String tensor, int entry) {
        boolean reached = gradients.containsKey(tensor);
        double gradient = reached ? gradients.get(tensor)[entry] : 0;
        double had = loss.get(tensor, entry);
        double best = Double.POSITIVE_INFINITY;
        double slope = 0;
        double right = 0;
        double left = 0;
        for (double step : STEPS) {
            double h = step * Math.max(1, Math.abs(had));
            loss.set(tensor, entry, had + h);
            right = (loss.value() - value) / h;
            loss.set(tensor, entry, had - h);
            left = (value - loss.value()) / h;
            loss.set(tensor, entry, had);
            double central = (right + left) / 2;
            double error = error(gradient, central);
            if (error < best) {
                best = error;
                slope = central;
            }
            if (error <= WELL) {
                break;
            }
        }
        if (best <= TOLERANCE) {
            return new Entry(false, best, "");
        }
        if (!Double.isFinite(best)) {
            return new Entry(
                    false,
                    best,
                    String.format(Locale.ROOT, "moving entry %d a little makes the output no finite number", entry));
        }
        double gap = Math.abs(right - left);
        boolean edge = gap > 10 * TOLERANCE * (Math.max(Math.abs(right), Math.abs(left)) + noise);
        double margin = TOLERANCE * gap;
        if (edge && gradient >= Math.min(right, left) - margin && gradient <= Math.max(right, left) + margin) {
            return new Entry(true, 0, "");
        }
        String fault = reached
                ? String.format(
                        Locale.ROOT, "entry %d has the gradient %.6g where the slope is %.6g", entry, gradient, slope)
                : String.format(Locale.ROOT, "no gradient reached it, where entry %d has the slope %.6g", entry, slope);
        return new Entry(false, best, fault);
    }

    private double error(double gradient, double slope) {
        return Math.abs(gradient - slope) / (Math.max(Math.abs(gradient), Math.abs(slope)) + noise / TOLERANCE);
    }
}
