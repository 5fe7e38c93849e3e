package graft.judge;

import graft.progress.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a network fared on some examples. */
public interface Evaluation {
    /** What networks are chosen by. */
    Score primary();

    /** All scores, the primary one first. */
    default List<Score> scores() {
        return List.of(primary());
    }

    /** Number of examples. */
    int n();

    /** Mean loss of the examples, without weights of classes and without smoothing; NaN where it is not known. */
    double loss();

    /** The first example with an answer that is no finite number; −1 where there is none. */
    int firstNotFinite();

    /** Counts, rows true and columns predicted, where answers are classes. */
    default Optional<int[][]> confusionMatrix() {
        return Optional.empty();
    }

    /** What is told of it beside its scores, for people: a line each. */
    default List<String> lines() {
        return List.of();
    }

    /** What the file of a network that fared so on its validation examples is to note of it: thresholds. */
    default Map<String, String> notes() {
        return Map.of();
    }

    /** What is told of it after an epoch, beside its scores. */
    default List<Event> events(int epoch) {
        return List.of();
    }
}
