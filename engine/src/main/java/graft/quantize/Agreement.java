package graft.quantize;

import graft.evaluate.Spread;
import graft.inference.OrtSession;
import graft.meaning.Classifier;
import graft.onnx.ElementType;
import graft.onnx.Values;
import graft.progress.Progress;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * How alike two files answer; the answer is the place of the largest number of the output that counts.
 *
 * @param share of the examples on which both give the same answer, 0…1
 * @param spread {@link Spread} of the outputs
 * @param always the second file's only answer, where the first has several
 */
record Agreement(double share, Optional<Double> spread, Optional<Integer> always) {

    /** Empty without examples, or where the output has no row of numbers per example. */
    static Optional<Agreement> of(
            Classifier first, Classifier second, Iterable<Map<String, Values>> examples, Progress progress) {
        int same = 0;
        int n = 0;
        Spread spread = new Spread();
        Set<Integer> answersOfFirst = new HashSet<>();
        Set<Integer> answersOfSecond = new HashSet<>();
        try (OrtSession a = first.open(0);
                OrtSession b = second.open(0)) {
            for (Map<String, Values> batch : examples) {
                if (progress.isCancelled()) {
                    throw new CancellationException("comparing with the float network was cancelled");
                }
                long size = batch.values().iterator().next().shape()[0];
                Values x = a.run(batch).get(first.answer().scores());
                Values y = b.run(batch).get(second.answer().scores());
                if (x.type() != ElementType.FLOAT || x.shape().length < 2 || x.shape()[0] != size) {
                    return Optional.empty();
                }
                int width = Math.toIntExact(x.floats().remaining() / size);
                float[] was = new float[width];
                float[] is = new float[width];
                for (int i = 0; i < size; i++) {
                    x.floats().get(i * width, was);
                    y.floats().get(i * width, is);
                    same += largest(was) == largest(is) ? 1 : 0;
                    answersOfFirst.add(largest(was));
                    answersOfSecond.add(largest(is));
                    spread.add(was, is);
                }
                n += (int) size;
            }
        }
        if (n == 0) {
            return Optional.empty();
        }
        Optional<Integer> always = answersOfSecond.size() == 1 && answersOfFirst.size() > 1
                ? Optional.of(answersOfSecond.iterator().next())
                : Optional.empty();
        return Optional.of(new Agreement((double) same / n, spread.value(), always));
    }

    private static int largest(float[] numbers) {
        int best = 0;
        for (int i = 1; i < numbers.length; i++) {
            if (numbers[i] > numbers[best]) {
                best = i;
            }
        }
        return best;
    }
}
