package graft.app.evaluate;

import graft.evaluate.Evaluation;
import graft.evaluate.Predictions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What a network's file said of each example of a data set. */
public record Judgement(Path network, Path data, Predictions predictions, Evaluation evaluation) {

    /**
     * One example and what was said of it.
     *
     * @param file inside the data set; for arrays no file, but the example's name
     * @param truth "" where it is not known
     * @param classes of the network that was asked
     * @param probabilities by class
     */
    public record Example(Path file, String truth, String predicted, List<String> classes, float[] probabilities) {}

    /** Examples of the class {@code row} that were taken for {@code column}. */
    public List<Example> cell(int row, int column) {
        return IntStream.range(0, predictions.truth().length)
                .filter(i -> predictions.truth()[i] == row && predictions.predicted()[i] == column)
                .mapToObj(this::example)
                .toList();
    }

    /** Examples of a class that were taken for another. */
    public List<Example> wrong(int row) {
        return IntStream.range(0, predictions.truth().length)
                .filter(i -> predictions.truth()[i] == row && predictions.predicted()[i] != row)
                .mapToObj(this::example)
                .toList();
    }

    /** All mistakes, the most confident first. */
    public List<Example> worst() {
        return IntStream.range(0, predictions.truth().length)
                .filter(i -> predictions.predicted()[i] != predictions.truth()[i])
                .boxed()
                .sorted((a, b) -> Float.compare(confidence(b), confidence(a)))
                .map(this::example)
                .toList();
    }

    private float confidence(int i) {
        return predictions.probabilities()[i][predictions.predicted()[i]];
    }

    private Example example(int i) {
        return new Example(
                data.resolve(predictions.names().get(i)),
                predictions.classes().get(predictions.truth()[i]),
                predictions.classes().get(predictions.predicted()[i]),
                predictions.classes(),
                predictions.probabilities()[i]);
    }
}
