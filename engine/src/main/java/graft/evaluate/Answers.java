package graft.evaluate;

import graft.data.Examples;
import graft.inference.OrtSession;
import graft.meaning.ClassOrder;
import graft.meaning.Classifier;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/**
 * What an open network answers, whatever would be right. What the first examples show, how many go at once and which number is
 * which class, holds for all that follow, so that examples may be asked about a portion at a time.
 */
public final class Answers {
    /** Which of a network's numbers is which class. */
    interface Naming {
        /**
         * How many classes there are, as far as it is known before the network is asked.
         *
         * @param width numbers per example that it answers with
         */
        OptionalInt classes(int width);

        /** @param outputs one per class, as the network tells them apart */
        ClassOrder order(int outputs);
    }

    /**
     * Answers to some examples.
     *
     * @param predicted index of the class, per example: the first of the largest outputs
     * @param probabilities [examples][classes]; softmax of the outputs, or the outputs where they are probabilities already
     * @param outputs [examples][classes]; as the network gives them
     * @param failed by example, why it has no answer: what else is said of it means nothing
     */
    public record Portion(int[] predicted, float[][] probabilities, float[][] outputs, Map<Integer, String> failed) {}

    private final Path file;
    private final Classifier classifier;
    private final OrtSession session;
    private final Naming naming;
    /** Whether an example that is answered with no number stops nothing. */
    private final boolean passing;

    private final List<String> remarks;
    private OptionalInt batch;
    private Rows rows;
    private ClassOrder order;

    Answers(Path file, Classifier classifier, OrtSession session, Naming naming, boolean passing) {
        this.file = file;
        this.classifier = classifier;
        this.session = session;
        this.naming = naming;
        this.passing = passing;
        this.remarks = new ArrayList<>(classifier.lines());
        this.batch = classifier.fixedBatch().map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /**
     * Runs every example once, without augmentation.
     *
     * @param done is told after each batch how many of them are answered
     * @throws CancellationException when {@code progress} was cancelled
     */
    public Portion to(Examples given, IntConsumer done, Progress progress) {
        Examples examples = given.fedTo(file, classifier.inputs());
        int n = examples.size();
        Portion out = new Portion(new int[n], new float[n][], new float[n][], new TreeMap<>());
        int[] turn = examples.bySize();
        int most = atOnce(examples);
        for (int from = 0; from < n; from += most) {
            if (progress.isCancelled()) {
                throw new CancellationException("judging " + file + " was cancelled");
            }
            int[] asked = Arrays.copyOfRange(turn, from, Math.min(from + most, n));
            answer(examples, asked, out);
            done.accept(from + asked.length);
        }
        return out;
    }

    /** A lone example tells nothing of how it would fare among others: then the next ones are looked at. */
    private int atOnce(Examples examples) {
        if (batch.isEmpty() && examples.size() > 1) {
            batch = OptionalInt.of(classifier.batch(session, examples, Evaluator.USUAL_BATCH, remarks::add));
        }
        return batch.orElse(1);
    }

    private void answer(Examples examples, int[] asked, Portion out) {
        // A file with a fixed batch size gets its last batch filled up with the last example.
        int size = classifier.fixedBatch().orElse(asked.length);
        int[] filled = Arrays.copyOf(asked, size);
        Arrays.fill(filled, asked.length, size, asked[asked.length - 1]);
        Values answers = session.run(
                examples.inputs(filled, Examples.PLAIN), classifier.answer().scores());
        if (rows == null) {
            rows = Rows.of(classifier, answers, size, naming);
            order = naming.order(rows.classes());
            rows.remark(order.names()).ifPresent(remarks::add);
            order.remark().ifPresent(remarks::add);
        }
        for (int i = 0; i < asked.length; i++) {
            try {
                float[] row = rows.row(answers, i, examples, asked[i]);
                out.predicted[asked[i]] = Rows.largest(row);
                out.probabilities[asked[i]] = rows.probabilities(row);
                out.outputs[asked[i]] = row;
            } catch (Rows.NoNumber e) {
                if (!passing) {
                    throw e;
                }
                out.failed.put(asked[i], e.getMessage());
            }
        }
    }

    /** Known once an example was answered. */
    public Optional<List<String>> classes() {
        return Optional.ofNullable(order).map(ClassOrder::names);
    }

    ClassOrder order() {
        return order;
    }

    /** For the user: what was assumed so far. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }
}
