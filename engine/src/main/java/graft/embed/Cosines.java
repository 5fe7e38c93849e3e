package graft.embed;

/** Rows by the angle between them. */
final class Cosines {
    /** As torch.nn.functional.normalize: a row of zeros stays one. */
    private static final double LEAST_LENGTH = 1e-12;

    private Cosines() {}

    /** The row brought to length one. */
    static float[] unit(float[] row) {
        double squares = 0;
        for (float each : row) {
            squares += (double) each * each;
        }
        double length = Math.max(Math.sqrt(squares), LEAST_LENGTH);
        float[] out = new float[row.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (row[i] / length);
        }
        return out;
    }

    /** The product of two rows: of those of length one their cosine. */
    static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
