package graft.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The examples of a batch that go through the network together.
 *
 * @param examples numbers of the examples; the last is repeated where the network insists on more than there are
 * @param real how many of them count
 */
public record MicroBatch(int[] examples, int real) {

    /** {@code all} cut into passes of {@code size}; {@code fixed} says that each must be exactly so long. */
    public static List<MicroBatch> of(int[] all, int size, boolean fixed) {
        List<MicroBatch> out = new ArrayList<>();
        for (int from = 0; from < all.length; from += size) {
            int real = Math.min(size, all.length - from);
            int[] examples = Arrays.copyOfRange(all, from, from + (fixed ? size : real));
            Arrays.fill(examples, real, examples.length, all[all.length - 1]);
            out.add(new MicroBatch(examples, real));
        }
        return out;
    }
}
