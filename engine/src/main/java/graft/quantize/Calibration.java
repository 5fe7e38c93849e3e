package graft.quantize;

import graft.Refusal;
import graft.inference.OrtSession;
import graft.onnx.Model;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.rewrite.InnerTensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** What numbers the tensors of a network hold while it answers examples. Memory: one batch and a histogram per tensor. */
final class Calibration {
    private static final double PERCENTILE = 99.999;

    private final Map<String, Histogram> histograms = new LinkedHashMap<>();
    private int batches;

    private Calibration() {}

    /**
     * @param tensors float tensors: graph inputs or computed ones
     * @param examples batches of inputs by name; gone through once
     * @throws Refusal if there are no examples, or one gives a number that is not finite
     * @throws CancellationException when {@code progress} was cancelled
     */
    static Calibration of(
            Model model, List<String> tensors, Iterable<Map<String, Values>> examples, Progress progress) {
        Calibration calibration = new Calibration();
        tensors.forEach(name -> calibration.histograms.put(name, new Histogram()));
        List<String> computed = tensors.stream()
                .filter(name -> model.graph().inputs().stream()
                        .noneMatch(input -> input.name().equals(name)))
                .toList();
        // A model must have an output; where only inputs are asked about, its own will do.
        Model shown = computed.isEmpty() ? model : InnerTensors.showing(model, computed);
        try (OrtSession session = OrtSession.open(shown, 0)) {
            for (Map<String, Values> batch : examples) {
                if (progress.isCancelled()) {
                    throw new CancellationException("calibration was cancelled");
                }
                calibration.batches++;
                calibration.add(batch);
                calibration.add(session.run(batch));
                progress.stage("calibrating", calibration.batches, 0);
            }
        }
        if (calibration.batches == 0) {
            throw new Refusal("There are no calibration examples. Give a folder or file with a train part.");
        }
        return calibration;
    }

    private void add(Map<String, Values> values) {
        values.forEach((name, numbers) -> {
            Histogram histogram = histograms.get(name);
            if (histogram != null && !histogram.add(numbers.floats())) {
                throw new Refusal("Calibration batch " + batches
                        + " gives numbers that are not finite (NaN or infinite)"
                        + " in the tensor " + name + ". Check the examples and their preprocessing, and that the"
                        + " network itself answers with finite numbers.");
            }
        });
    }

    int batches() {
        return batches;
    }

    Range range(String tensor, CalibrationMethod method) {
        Histogram histogram = histograms.get(tensor);
        return switch (method) {
            case MINMAX -> histogram.minMax();
            case ENTROPY -> histogram.leastDivergence();
            case PERCENTILE -> histogram.percentile(PERCENTILE);
        };
    }
}
