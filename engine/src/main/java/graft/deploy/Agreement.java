package graft.deploy;

import graft.inference.OrtSession;
import graft.inference.Values;
import graft.onnx.ElementType;
import graft.progress.Progress;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** How often two files give the same answer: the place of the largest number of the first output. */
final class Agreement {
    private Agreement() {}

    /** Share of examples, 0…1; empty without examples, or where the first output has no row of numbers per example. */
    static Optional<Double> of(Path first, Path second, Iterable<Map<String, Values>> examples, Progress progress) {
        int same = 0;
        int n = 0;
        try (OrtSession a = OrtSession.open(first, 0);
                OrtSession b = OrtSession.open(second, 0)) {
            String output = a.outputNames().get(0);
            for (Map<String, Values> batch : examples) {
                if (progress.isCancelled()) {
                    throw new CancellationException("comparing with the float network was cancelled");
                }
                long size = batch.values().iterator().next().shape()[0];
                Values x = a.run(batch).get(output);
                Values y = b.run(batch).get(output);
                if (x.type() != ElementType.FLOAT || x.shape().length < 2 || x.shape()[0] != size) {
                    return Optional.empty();
                }
                int width = Math.toIntExact(x.floats().remaining() / size);
                for (int i = 0; i < size; i++) {
                    same += largest(x.floats(), i * width, width) == largest(y.floats(), i * width, width) ? 1 : 0;
                }
                n += (int) size;
            }
        }
        return n == 0 ? Optional.empty() : Optional.of((double) same / n);
    }

    private static int largest(FloatBuffer numbers, int from, int width) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            if (numbers.get(from + i) > numbers.get(from + best)) {
                best = i;
            }
        }
        return best;
    }
}
