package graft.predict;

import java.util.List;

/**
 * What a network says of one input.
 *
 * @param input what the user calls it: its file, or its table and the line there
 * @param told cells of {@link Layout#told}
 * @param best the likeliest classes, as indices into those of the network: the first is its answer
 * @param probabilities by class, 0…1
 * @param numbers where answers are no classes; else none
 */
public record Said(String input, List<String> told, int[] best, float[] probabilities, float[] numbers) {}
