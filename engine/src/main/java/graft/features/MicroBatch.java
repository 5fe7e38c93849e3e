package graft.features;

import graft.data.Examples;
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
    /** Tokens of a call, padding included: what one layer makes of so many stays in the cache of a core. */
    private static final int TOKENS = 256;

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

    /**
     * Examples cut into passes of a network that is asked and does not learn; those of different sizes into passes of about as
     * much work each.
     *
     * @param some numbers of examples, in an order of theirs in which the largest come first
     * @param fixedBatch examples that the network insists on; 0 = any number
     * @param usual examples of a pass where all are of one size
     */
    public static List<MicroBatch> asked(int[] some, Examples examples, int fixedBatch, int usual) {
        return fixedBatch > 0 || examples.alike()
                ? of(some, fixedBatch > 0 ? fixedBatch : usual, fixedBatch > 0)
                : ofTokens(some, examples.sizes());
    }

    static List<MicroBatch> ofTokens(int[] some, int[] sizes) {
        List<MicroBatch> out = new ArrayList<>();
        int from = 0;
        while (from < some.length) {
            int count = Math.min(Math.max(1, TOKENS / Math.max(1, sizes[some[from]])), some.length - from);
            out.add(new MicroBatch(Arrays.copyOfRange(some, from, from + count), count));
            from += count;
        }
        return out;
    }
}
