package graft.preparation;

/** Probabilities of classes. */
final class Shares {
    private static final double ROUNDING = 1e-3;

    private Shares() {}

    /** As they are where each row is one already; else their softmax. */
    static float[][] of(float[][] answers) {
        float[][] out = new float[answers.length][];
        boolean already = true;
        for (float[] row : answers) {
            double sum = 0;
            for (float value : row) {
                already &= value >= 0;
                sum += value;
            }
            already &= Math.abs(sum - 1) < ROUNDING;
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = already ? answers[i] : softmax(answers[i]);
        }
        return out;
    }

    /** 1 for the likeliest, 0 for all others. */
    static float[][] likeliest(float[][] shares) {
        float[][] out = new float[shares.length][];
        for (int i = 0; i < out.length; i++) {
            int best = 0;
            for (int k = 1; k < shares[i].length; k++) {
                best = shares[i][k] > shares[i][best] ? k : best;
            }
            out[i] = new float[shares[i].length];
            out[i][best] = 1;
        }
        return out;
    }

    private static float[] softmax(float[] scores) {
        float most = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            most = Math.max(most, score);
        }
        float[] out = new float[scores.length];
        double sum = 0;
        for (int k = 0; k < out.length; k++) {
            out[k] = (float) Math.exp(scores[k] - most);
            sum += out[k];
        }
        for (int k = 0; k < out.length; k++) {
            out[k] /= (float) sum;
        }
        return out;
    }

    /** In natural units. */
    static double entropy(float[] shares) {
        double out = 0;
        for (float share : shares) {
            out -= share > 0 ? share * Math.log(share) : 0;
        }
        return out;
    }

    /** Bhattacharyya's coefficient: 1 where they are the same, 0 where they share nothing. */
    static double likeness(float[] one, float[] other) {
        double out = 0;
        for (int k = 0; k < one.length; k++) {
            out += Math.sqrt((double) one[k] * other[k]);
        }
        return out;
    }
}
