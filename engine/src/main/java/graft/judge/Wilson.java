package graft.judge;

/** How far a share may be from that of all examples of the kind (Wilson, JASA 1927). */
public final class Wilson {
    /** Two-sided 95 % of the normal distribution. */
    private static final double Z_95 = 1.959963984540054;

    private Wilson() {}

    /** The score interval [low, high] at 95 % for {@code right} of {@code n}. */
    public static double[] interval(int right, int n) {
        double p = (double) right / n;
        double z2 = Z_95 * Z_95;
        double centre = p + z2 / (2 * n);
        double spread = Z_95 * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        double scale = 1 + z2 / n;
        // At 0 and n of n one end is 0 or 1 exactly; rounding would miss it by 1e-17.
        double low = right == 0 ? 0 : Math.max(0, (centre - spread) / scale);
        double high = right == n ? 1 : Math.min(1, (centre + spread) / scale);
        return new double[] {low, high};
    }
}
