package graft.deploy;

import graft.Refusal;
import graft.data.Examples;
import graft.data.Targets;
import graft.evaluate.Spread;
import graft.inference.OrtSession;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.judge.Judging;
import graft.judge.Score;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Judges forms of any task by the judge of the task.
 *
 * @param batch examples at once
 * @param fixed whether the file insists on so many
 */
record ScoredForms(Judging judging, Examples examples, int batch, boolean fixed, Progress progress)
        implements FormJudge {

    @Override
    public Found judged(Path form) {
        Judge judge = judging.of(examples.targets(), List.of());
        List<float[]> rows = new ArrayList<>(Collections.nCopies(examples.size(), null));
        try (OrtSession session = OrtSession.open(form, 0)) {
            int[] order = examples.bySize();
            for (int from = 0; from < order.length; from += batch) {
                if (progress.isCancelled()) {
                    throw new CancellationException("judging " + form + " was cancelled");
                }
                int real = Math.min(batch, order.length - from);
                int[] asked = Arrays.copyOfRange(order, from, from + (fixed ? batch : real));
                Arrays.fill(asked, real, asked.length, asked[real - 1]); // padding
                Map<String, Values> said = session.run(examples.inputs(asked, Examples.PLAIN));
                judge.add(said, asked, real);
                keep(said, asked, real, rows);
                progress.stage("judging examples", from + real, order.length);
            }
        }
        Evaluation found = judge.done();
        if (found.firstNotFinite() >= 0) {
            throw new Refusal(form + " answers with what is no finite number for "
                    + examples.place(found.firstNotFinite()) + ".");
        }
        return new Answered(found, rows, examples.targets());
    }

    /** All numbers that were answered for an example, output after output. */
    private void keep(Map<String, Values> said, int[] asked, int real, List<float[]> rows) {
        for (Values values : new TreeMap<>(said).values()) {
            if (!values.type().isFloat()) {
                continue;
            }
            FloatBuffer numbers = FloatBuffer.wrap(values.toTensor("").toFloats());
            int width = numbers.remaining() / asked.length;
            for (int i = 0; i < real; i++) {
                float[] row = new float[counted(asked[i], values.shape(), width)];
                numbers.get(i * width, row);
                float[] had = rows.get(asked[i]);
                float[] all = had == null ? new float[0] : had;
                float[] more = Arrays.copyOf(all, all.length + row.length);
                System.arraycopy(row, 0, more, all.length, row.length);
                rows.set(asked[i], more);
            }
        }
    }

    private int counted(int example, long[] shape, int width) {
        OptionalInt rows = examples.targets().rows(example);
        return rows.isPresent() && shape.length > 2 ? Math.toIntExact(width / shape[1] * rows.getAsInt()) : width;
    }

    private record Answered(Evaluation found, List<float[]> rows, Targets targets) implements Found {
        @Override
        public Score score() {
            return found.primary();
        }

        @Override
        public List<String> remarks() {
            return List.of();
        }

        @Override
        public Optional<Double> agreement(Found other) {
            return Optional.empty();
        }

        @Override
        public Optional<Double> spread(Found other) {
            List<float[]> original = ((Answered) other).rows;
            if (IntStream.range(0, rows.size()).anyMatch(i -> rows.get(i).length != original.get(i).length)) {
                return Optional.empty();
            }
            Spread spread = new Spread();
            for (int i = 0; i < rows.size(); i++) {
                // Of each token, where an answer has a row for each: their numbers differ from example to example.
                int parts = Math.max(1, targets.rows(i).orElse(1));
                int width = rows.get(i).length / parts;
                for (int from = 0; from + width <= parts * width && width > 0; from += width) {
                    spread.add(
                            Arrays.copyOfRange(original.get(i), from, from + width),
                            Arrays.copyOfRange(rows.get(i), from, from + width));
                }
            }
            return spread.value();
        }

        @Override
        public Optional<String> always() {
            return Optional.empty();
        }

        @Override
        public Optional<WorstClass> worstClass() {
            return Optional.empty();
        }
    }
}
