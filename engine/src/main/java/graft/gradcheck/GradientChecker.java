package graft.gradcheck;

import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.gradcheck.GradientReport.Status;
import graft.gradcheck.GradientReport.TensorGradient;
import graft.inference.ExampleInputs;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.Model;
import graft.onnx.NonFinite;
import graft.onnx.RandomNumbers;
import graft.onnx.Values;
import graft.ops.MissingOperator;
import graft.ops.TorchEngine;
import graft.progress.Progress;
import graft.rewrite.NumberFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Proves on a network itself that it trains correctly: every weight's gradient against the slope that is measured by moving
 * entries of the weight, on random input. The network runs in double precision for it; that single precision, in which
 * training works, gives the same gradients is checked as well.
 */
public final class GradientChecker {
    /** Share of its length that a gradient may lose in single precision. */
    private static final double SINGLE_TOLERANCE = 1e-2;
    /** Part of the longest gradient below which one is rounding noise in single precision. */
    private static final double SINGLE_NOISE = 1e-5;

    private GradientChecker() {}

    /**
     * @param samples entries of each tensor
     * @param batch size of a free first axis
     * @param threads 0 = one per core
     * @throws Refusal naming the operators that cannot be trained through
     */
    public static GradientReport check(Path file, int samples, int batch, long seed, int threads, Progress progress) {
        Network network = Importer.open(file);
        if (NumberFormat.isHalf(network.model().graph())) {
            throw new Refusal(
                    file + " is of half precision, in which no slope can be measured, and cannot be trained as it"
                            + " is. Convert it with `graft convert " + file + " --out FILE` and check that file.");
        }
        RandomNumbers.in(network.model().graph()).ifPresent(which -> {
            throw new Refusal(file + " draws random numbers (" + which + "): its answers have no slopes to measure."
                    + " Export it in inference mode, model.eval() in PyTorch.");
        });
        if (!network.missingOperators().isEmpty()) {
            throw new Refusal(file + " cannot be trained as a whole: "
                    + MissingOperator.list(network.missingOperators()) + " cannot be trained through.");
        }
        Model model = network.model();
        Set<String> weights = network.weights();
        if (weights.isEmpty()) {
            throw new Refusal(file + " has no weights that could learn.");
        }
        NonFinite.in(model.graph(), weights::contains).ifPresent(where -> {
            throw new Refusal(file + " has weights that are no finite numbers: " + where
                    + ". There are no gradients of them; take an earlier version of the file.");
        });
        Map<String, Values> inputs = ExampleInputs.random(model.graph(), batch, seed);
        List<TensorGradient> found;
        Map<String, double[]> exact;
        try (NDManager manager = TorchEngine.start(threads)) {
            try (WeightedOutputs loss =
                    new WeightedOutputs(DoublePrecision.of(model), weights, inputs, seed, manager)) {
                GradientCheck check = new GradientCheck(loss, samples);
                exact = check.gradients();
                found = check.check(List.copyOf(weights), seed, progress);
            }
            try (WeightedOutputs loss = new WeightedOutputs(model, weights, inputs, seed, manager)) {
                return GradientReport.of(inSinglePrecision(found, exact, loss.gradients()));
            }
        }
    }

    /** Adds what single precision makes of the gradients. */
    private static List<TensorGradient> inSinglePrecision(
            List<TensorGradient> found, Map<String, double[]> exact, Map<String, double[]> single) {
        double longest = exact.values().stream()
                .mapToDouble(GradientChecker::length)
                .max()
                .orElse(0);
        List<TensorGradient> out = new ArrayList<>();
        for (TensorGradient tensor : found) {
            double[] wanted = exact.get(tensor.name());
            double[] had = single.get(tensor.name());
            if (wanted == null || had == null) {
                out.add(tensor);
                continue;
            }
            double[] difference = new double[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                difference[i] = had[i] - wanted[i];
            }
            double error = length(difference) / (length(wanted) + SINGLE_NOISE * longest + Double.MIN_NORMAL);
            boolean lost = !(error <= SINGLE_TOLERANCE);
            out.add(new TensorGradient(
                    tensor.name(),
                    lost ? Status.FAILED : tensor.status(),
                    tensor.sampled(),
                    tensor.kinks(),
                    tensor.maxRelativeError(),
                    error,
                    lost && tensor.message().isEmpty()
                            ? "in single precision the gradient is another one"
                            : tensor.message()));
        }
        return out;
    }

    private static double length(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
