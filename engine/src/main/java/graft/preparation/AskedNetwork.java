package graft.preparation;

import graft.data.Examples;
import graft.image.Layout;
import graft.image.PictureSample;
import graft.image.Preprocessing;
import graft.inference.OrtSession;
import graft.meaning.Classifier;
import graft.onnx.SubGraph;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** A network that is shown pictures in one preparation after the other. Closed by whoever opened it. */
final class AskedNetwork implements AutoCloseable {
    private final Classifier asked;
    private final List<StoredNorm> norms;
    private final String answer;
    private final OrtSession session;
    private final int batch;

    /**
     * @param answer tensor whose numbers are wanted; "" for none
     * @param norms whose arriving numbers are wanted
     */
    AskedNetwork(Classifier asked, String answer, List<StoredNorm> norms, int threads) {
        this.asked = asked;
        this.norms = norms;
        this.answer = answer;
        Set<String> wanted = new LinkedHashSet<>();
        if (!answer.isEmpty()) {
            wanted.add(answer);
        }
        norms.forEach(norm -> wanted.add(norm.tensor()));
        // What the norms read may be the input itself, which no session hands out.
        wanted.removeIf(asked.input().name()::equals);
        this.session = OrtSession.open(SubGraph.cut(asked.model(), Set.of(), List.copyOf(wanted), Map.of()), threads);
        // Alone, whatever the network makes of several together.
        this.batch = asked.fixedBatch().orElse(1);
    }

    Said said(PictureSample sample, int most, Preprocessing how, boolean mirrored, Progress progress) {
        Examples examples = sample.prepared(how).fedTo(asked.file(), asked.inputs());
        int n = Math.min(most, examples.size());
        float[][] answers = new float[n][];
        List<Sums> sums = new ArrayList<>();
        norms.forEach(norm -> sums.add(new Sums(norm.means().length)));
        for (int from = 0; from < n; from += batch) {
            if (progress.isCancelled()) {
                throw new CancellationException("trying preparations was cancelled");
            }
            int first = from;
            int here = Math.min(batch, n - from);
            int rows = asked.fixedBatch().orElse(here);
            Map<String, Values> inputs = examples.inputs(
                    IntStream.range(0, rows)
                            .map(i -> first + Math.min(i, here - 1))
                            .toArray(),
                    Examples.PLAIN);
            Map<String, Values> fed = mirrored ? mirrored(inputs, how) : inputs;
            Map<String, Values> out = session.run(fed, Set.copyOf(session.outputNames()));
            for (int k = 0; k < norms.size(); k++) {
                String tensor = norms.get(k).tensor();
                sums.get(k).add(out.getOrDefault(tensor, fed.get(tensor)), rows, here);
            }
            if (!answer.isEmpty()) {
                float[] numbers = out.get(answer).toTensor("").toFloats();
                for (int i = 0; i < here; i++) {
                    answers[from + i] = row(numbers, out.get(answer).shape(), i, rows);
                }
            }
        }
        return new Said(answers, sums.stream().map(Sums::statistics).toList());
    }

    /** Maps are averaged over their places. */
    private static float[] row(float[] numbers, long[] shape, int i, int rows) {
        int size = numbers.length / rows;
        int width = shape.length < 2 ? size : Math.toIntExact(shape.length == 3 ? shape[2] : shape[1]);
        int places = Math.max(1, size / Math.max(1, width));
        float[] out = new float[Math.max(1, width)];
        for (int k = 0; k < size; k++) {
            out[shape.length == 3 ? k % width : k / places] += numbers[i * size + k] / places;
        }
        return out;
    }

    private Map<String, Values> mirrored(Map<String, Values> inputs, Preprocessing how) {
        String name = asked.input().name();
        Values given = inputs.get(name);
        float[] numbers = given.toTensor("").toFloats();
        int step = how.layout() == Layout.NCHW ? 1 : how.channels().count();
        int width = how.width();
        float[] out = new float[numbers.length];
        for (int at = 0; at < numbers.length; at++) {
            int pixel = at / step;
            int turned = pixel - pixel % width + (width - 1 - pixel % width);
            out[turned * step + at % step] = numbers[at];
        }
        return Map.of(name, Values.ofFloats(given.shape(), out));
    }

    @Override
    public void close() {
        session.close();
    }

    /** Of the numbers of each channel, the second axis. */
    private static final class Sums {
        private final double[] sum;
        private final double[] squares;
        private long count;

        Sums(int channels) {
            sum = new double[channels];
            squares = new double[channels];
        }

        void add(Values arriving, int rows, int counted) {
            FloatBuffer numbers = arriving.floats();
            int channels = sum.length;
            int places = numbers.remaining() / rows / channels;
            for (int i = 0; i < counted * channels; i++) {
                for (int k = 0; k < places; k++) {
                    double value = numbers.get(i * places + k);
                    sum[i % channels] += value;
                    squares[i % channels] += value * value;
                }
            }
            count += (long) counted * places;
        }

        Said.Statistics statistics() {
            double[] means = new double[sum.length];
            double[] variances = new double[sum.length];
            for (int c = 0; c < means.length; c++) {
                means[c] = sum[c] / count;
                variances[c] = Math.max(0, squares[c] / count - means[c] * means[c]);
            }
            return new Said.Statistics(means, variances);
        }
    }
}
