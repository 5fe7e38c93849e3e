package graft.preparation;

import java.util.List;

/**
 * What a network makes of pictures that are prepared in one way.
 *
 * @param answers {@code [pictures][numbers]}
 * @param arriving at each norm that is looked at
 */
record Said(float[][] answers, List<Statistics> arriving) {
    /**
     * Of the numbers of each channel.
     *
     * @param variances as wide as {@code means}
     */
    record Statistics(double[] means, double[] variances) {}
}
