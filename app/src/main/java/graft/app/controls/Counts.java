package graft.app.controls;

import java.util.Locale;

/** Large numbers, written alike on all screens. */
public final class Counts {
    private static final char NARROW = '\u00a0';

    private Counts() {}

    /** 1280 is "1 280". */
    public static String exact(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', NARROW);
    }

    /** For headlines: 396 128 is "0.4 M", smaller counts than 100 000 are exact. */
    public static String rounded(long count) {
        return count < 100_000 ? exact(count) : Numbers.format("%.1f", count / 1e6) + NARROW + "M";
    }
}
