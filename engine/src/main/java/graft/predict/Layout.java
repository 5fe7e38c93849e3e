package graft.predict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is written of each input.
 *
 * @param classes names of the network's classes, each once; none where answers are numbers
 * @param numbers names of the numbers that are answered, where answers are no classes
 * @param told names of what is told of an input beside its name
 * @param top how many of the likeliest classes; at most all
 * @param all whether the probabilities of all classes are written
 * @param strangeness whether it is known how strange an input is
 * @param spans what places in texts say, where these are the answers
 */
public record Layout(
        List<String> classes,
        List<String> numbers,
        List<String> told,
        int top,
        boolean all,
        boolean strangeness,
        Spans spans) {
    /** What is told of places in a text. */
    enum Spans {
        /** Answers are no places. */
        NONE,
        /** All of them are there, each of its type. */
        ALL,
        /** They are answers to a question, the best first; one without letters says that there is none. */
        RANKED
    }

    /** @param names of classes, of which some may be equal: those get their numbers */
    static Layout of(List<String> names, List<String> told, int top, boolean all, boolean strangeness) {
        Map<String, Integer> counts = new HashMap<>();
        names.forEach(name -> counts.merge(name, 1, Integer::sum));
        List<String> classes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            classes.add(names.get(i) + (counts.get(names.get(i)) > 1 ? " (" + i + ")" : ""));
        }
        return new Layout(
                List.copyOf(classes),
                List.of(),
                List.copyOf(told),
                Math.min(top, classes.size()),
                all,
                strangeness,
                Spans.NONE);
    }

    /** Of answers that are numbers. */
    static Layout ofNumbers(List<String> names, List<String> told) {
        return new Layout(List.of(), List.copyOf(names), List.copyOf(told), 0, false, false, Spans.NONE);
    }

    /** Of answers that are places in the first that is told. */
    static Layout ofSpans(List<String> told) {
        return new Layout(List.of(), List.of(), List.copyOf(told), 0, false, false, Spans.ALL);
    }

    /** Of answers to questions about passages, so many of each. */
    static Layout ofAnswers(int top) {
        return new Layout(List.of(), List.of(), List.of("passage", "question"), top, false, false, Spans.RANKED);
    }

    boolean isOfSpans() {
        return spans == Spans.ALL;
    }

    boolean isRanked() {
        return spans == Spans.RANKED;
    }
}
