package graft.network;

import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Means of the features of classes, example by example. */
public final class Means {
    private final int[] counts;
    private double[][] sums;

    public Means(int classes) {
        this.counts = new int[classes];
    }

    /**
     * @param rows {@code [examples, width]}, FLOAT
     * @param labels the class of each of the rows that count, the first ones
     */
    public void add(Values rows, int... labels) {
        FloatBuffer values = rows.floats();
        int width = values.remaining() / Math.toIntExact(rows.shape()[0]);
        if (sums == null) {
            sums = new double[counts.length][width];
        }
        for (int label : labels) {
            counts[label]++;
            for (int i = 0; i < width; i++) {
                sums[label][i] += values.get();
            }
        }
    }

    /** Of each class; of one without examples no number. */
    public double[][] means() {
        double[][] out = new double[counts.length][];
        for (int c = 0; c < out.length; c++) {
            double count = counts[c];
            out[c] = Arrays.stream(sums[c]).map(sum -> sum / count).toArray();
        }
        return out;
    }

    /** Examples of each class. */
    public int[] counts() {
        return counts.clone();
    }
}
