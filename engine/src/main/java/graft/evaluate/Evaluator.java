package graft.evaluate;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.inference.OrtSession;
import graft.meaning.ClassOrder;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Judges a network's file as it would run after shipping: through ONNX Runtime. Closed by whoever opened it. */
public final class Evaluator implements AutoCloseable {
    /** Examples at once, where the file does not fix how many. */
    public static final int USUAL_BATCH = 32;

    private static final String JUDGING = "judging examples";

    private final Path file;
    private final Reading reading;
    private final Classifier classifier;
    private final OrtSession session;

    private Evaluator(Classifier classifier, Reading reading, int threads) {
        this.file = classifier.file();
        this.reading = reading;
        this.classifier = classifier;
        this.session = classifier.open(threads);
    }

    /** Opens a network's file. {@code threads} 0 = one per core. The caller closes the evaluator. */
    public static Evaluator open(Path file, int threads) {
        return open(file, Reading.USUAL, threads);
    }

    /** The same, with what the user says of the file. */
    public static Evaluator open(Path file, Reading reading, int threads) {
        return open(NetworkFile.at(file), reading, threads);
    }

    /** The same for a file that may have been read. */
    public static Evaluator open(NetworkFile file, Reading reading, int threads) {
        return new Evaluator(Classifier.of(file.path(), file.model(), reading), reading, threads);
    }

    /** The same for the numbers that the network makes its probabilities of. */
    public static Evaluator ofLogits(NetworkFile file, Reading reading, int threads) {
        return new Evaluator(Classifier.of(file.path(), file.model(), reading).ofLogits(), reading, threads);
    }

    /** Judges by the validation part of {@code data}. */
    public ClassEvaluation evaluate(DataSet data, Progress progress) {
        return ClassEvaluation.of(predict(data.classes(), data.val(), progress));
    }

    /**
     * Runs every example once, without augmentation.
     *
     * @param classes names of the labels of {@code examples}; {@link ClassOrder} says which output is which
     */
    public Predictions predict(List<String> classes, Examples given, Progress progress) {
        if (classes.isEmpty()) {
            throw new Refusal(file + " was asked for the classes of examples that have none. Its scores are told by"
                    + " `graft evaluate`.");
        }
        int n = given.size();
        Answers answers = new Answers(file, classifier, session, new ClassesOfData(classes), false);
        Answers.Portion said = answers.to(given, done -> progress.stage(JUDGING, done, n), progress);
        ClassOrder order = answers.order();
        List<String> remarks = new ArrayList<>(answers.remarks());
        int[] predicted = said.predicted();
        int[] outputOf = order.outputOf();
        String only = order.names().get(predicted[0]);
        boolean several = IntStream.range(0, n).map(given::label).distinct().count() > 1;
        if (several && IntStream.of(predicted).distinct().count() == 1) {
            remarks.add("It answers " + only + " for every one of the " + n
                    + " examples. Either it learnt nothing that tells"
                    + " these classes apart, or the examples are prepared in another way than it learnt them ("
                    + given.preparing() + ").");
        }
        return new Predictions(
                order.names(),
                IntStream.range(0, n).mapToObj(given::name).toList(),
                IntStream.range(0, n).map(i -> outputOf[given.label(i)]).toArray(),
                predicted,
                said.probabilities(),
                said.outputs(),
                List.copyOf(remarks));
    }

    /**
     * To ask about examples of which nobody knows what they are; one that is answered with no number stops nothing. The classes are called as the
     * file, or the user, says.
     */
    public Answers answers() {
        return new Answers(file, classifier, session, new ClassesOfNetwork(), true);
    }

    /** The classes of labelled examples, which every output must be found among. */
    private final class ClassesOfData implements Answers.Naming {
        private final List<String> classes;

        ClassesOfData(List<String> classes) {
            this.classes = classes;
        }

        @Override
        public OptionalInt classes(int width) {
            return OptionalInt.of(classes.size());
        }

        @Override
        public ClassOrder order(int outputs) {
            return ClassOrder.of(file, classifier.model(), classifier.answer(), outputs, classes, reading);
        }
    }

    private final class ClassesOfNetwork implements Answers.Naming {
        /** One number may stand for two classes. */
        @Override
        public OptionalInt classes(int width) {
            return ClassOrder.named(file, classifier.model(), classifier.answer(), Math.max(2, width), reading)
                    .map(named -> OptionalInt.of(named.names().size()))
                    .orElse(OptionalInt.empty());
        }

        @Override
        public ClassOrder order(int outputs) {
            return ClassOrder.ofNetwork(file, classifier.model(), classifier.answer(), outputs, reading);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
