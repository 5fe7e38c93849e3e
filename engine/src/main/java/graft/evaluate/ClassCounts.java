package graft.evaluate;

import graft.judge.Evaluation;
import graft.judge.Score;
import graft.judge.Wilson;
import graft.progress.Event;
import java.util.List;
import java.util.Optional;

/**
 * How answers that are classes fared, in counts alone: what is asked after each epoch.
 *
 * @param classes names
 * @param loss mean cross-entropy
 * @param counts rows true, columns predicted
 * @param firstNotFinite first example with an answer that is no finite number; −1 where there is none
 */
public record ClassCounts(List<String> classes, double loss, int[][] counts, int n, int right, int firstNotFinite)
        implements Evaluation {

    /** Rows true, columns predicted, over the validation examples. */
    public record Confusion(int epoch, List<String> classes, int[][] confusion) implements Event {
        @Override
        public String kind() {
            return "confusion";
        }
    }

    @Override
    public Score primary() {
        return Score.share("accuracy", (double) right / n, Wilson.interval(right, n));
    }

    @Override
    public Optional<int[][]> confusionMatrix() {
        return Optional.of(counts);
    }

    @Override
    public List<Event> events(int epoch) {
        return List.of(new Confusion(epoch, classes, counts));
    }
}
