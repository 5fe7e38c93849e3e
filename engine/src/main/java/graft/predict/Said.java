package graft.predict;

import graft.judge.Spotter;
import graft.novelty.Novelty;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a network says of one input.
 *
 * @param input what the user calls it: its file, or its table and the line there
 * @param told cells of {@link Layout#told}
 * @param best the likeliest classes, as indices into those of the network: the first is its answer
 * @param probabilities by class, 0…1
 * @param numbers where answers are no classes; else none
 * @param strangeness how unlike the examples it is that the network learnt from, where its file knows these: above 1 it is strange
 * @param entities where answers are places in the text; else none
 * @param words of a text that is cut into some
 */
public record Said(
        String input,
        List<String> told,
        int[] best,
        float[] probabilities,
        float[] numbers,
        OptionalDouble strangeness,
        List<Entity> entities,
        List<Spotter.Word> words) {
    /** One of a whole input. */
    public Said(
            String input,
            List<String> told,
            int[] best,
            float[] probabilities,
            float[] numbers,
            OptionalDouble strangeness) {
        this(input, told, best, probabilities, numbers, strangeness, List.of(), List.of());
    }

    /** The text that places are in. */
    public String text() {
        return told.get(0);
    }

    /** Whether it is unlike all that the network learnt from, as far as that is known. */
    public boolean isStrange() {
        return strangeness.isPresent() && Novelty.isStrange(strangeness.getAsDouble());
    }
}
