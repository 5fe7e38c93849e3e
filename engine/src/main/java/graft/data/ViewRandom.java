package graft.data;

/** Random numbers that depend on nothing but a seed, an example and a view: SplitMix64 (Steele et al., OOPSLA 2014). */
public final class ViewRandom {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    public ViewRandom(long seed, long example, long view) {
        state = mix(mix(mix(seed) + example) + view);
    }

    /** A number that scatters {@code text} evenly. */
    public static long hash(long seed, String text) {
        long hash = mix(seed);
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash + text.charAt(i));
        }
        return hash;
    }

    private static long mix(long value) {
        long z = value + STEP;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private long next() {
        long out = mix(state);
        state += STEP;
        return out;
    }

    /** Evenly from {@code low} (inclusive) to {@code high} (exclusive). */
    public double between(double low, double high) {
        return low + (next() >>> 11) * 0x1p-53 * (high - low);
    }

    /** Evenly from 0 to {@code bound} - 1. */
    public int below(int bound) {
        return (int) between(0, bound);
    }

    public boolean coin() {
        return next() < 0;
    }
}
