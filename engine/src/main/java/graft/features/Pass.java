package graft.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One pass of a batch through the network.
 *
 * @param examples numbers of the examples; the last is repeated where the network insists on more than there are
 * @param real how many of them count
 */
public record Pass(int[] examples, int real) {

    /** {@code all} cut into passes of {@code size}; {@code fixed} says that each must be exactly so long. */
    public static List<Pass> of(int[] all, int size, boolean fixed) {
        List<Pass> out = new ArrayList<>();
        for (int from = 0; from < all.length; from += size) {
            int real = Math.min(size, all.length - from);
            int[] examples = Arrays.copyOfRange(all, from, from + (fixed ? size : real));
            Arrays.fill(examples, real, examples.length, all[all.length - 1]);
            out.add(new Pass(examples, real));
        }
        return out;
    }
}
