package graft.image;

import java.util.Optional;

/**
 * How a picture looks, whatever its size and however it was compressed: whether each of 9 × 9 fields is brighter than its
 * neighbour to the right and below (difference hash: N. Krawetz, "Kind of Like That", 2013; here in both directions).
 *
 * Where light falls off evenly over a plain surface, all comparisons are those of the light; so what is left of two pictures
 * without it must agree too.
 *
 * @param across 72 comparisons with the field to the right, a bit each, in two words; {@code down}: with the one below
 * @param fields mean brightness, 0…255
 * @param drawn {@code fields} without the surface of second degree that fits them best, of length 1 as a vector
 */
record Likeness(long across, long acrossRest, long down, long downRest, float[] fields, double[] drawn) {
    private static final int SIDE = 9;
    /** Of 144 comparisons: pictures that were scaled or compressed anew differ in fewer, others in about half. */
    static final int MOST_DIFFERENT = 10;

    private static final float MOST_APART = 12;
    /** Of a picture that somebody made brighter or darker, on average. */
    private static final float MOST_BRIGHTER = 48;
    /** Correlation: of photographs that were cut a little and compressed anew 0.98 and more, of plain textures about 0. */
    private static final double LEAST_AGREEMENT = 0.9;
    /** Orthonormal: the surfaces of second degree over the fields. */
    private static final double[][] LIGHT = light();
    /** Below this a picture is nearly of one colour, and its comparisons are noise. */
    private static final float LEAST_CONTRAST = 32;

    /** Empty where there is too little in a picture to know it again by. */
    static Optional<Likeness> of(Picture picture) {
        if (picture.width() < SIDE || picture.height() < SIDE) {
            return Optional.empty();
        }
        float[] fields = fields(picture);
        float darkest = 255;
        float brightest = 0;
        for (float field : fields) {
            darkest = Math.min(darkest, field);
            brightest = Math.max(brightest, field);
        }
        if (brightest - darkest < LEAST_CONTRAST) {
            return Optional.empty();
        }
        long[] across = new long[2];
        long[] down = new long[2];
        int bit = 0;
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j + 1 < SIDE; j++) {
                set(across, bit, fields[i * SIDE + j] < fields[i * SIDE + j + 1]);
                set(down, bit, fields[j * SIDE + i] < fields[(j + 1) * SIDE + i]);
                bit++;
            }
        }
        return Optional.of(new Likeness(across[0], across[1], down[0], down[1], fields, withoutLight(fields)));
    }

    /** Gram-Schmidt over 1, x, y, x², xy, y². */
    private static double[][] light() {
        double[][] out = new double[6][SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            double x = i % SIDE / (SIDE - 1.0) * 2 - 1;
            double y = i / SIDE / (SIDE - 1.0) * 2 - 1;
            double[] terms = {1, x, y, x * x, x * y, y * y};
            for (int k = 0; k < terms.length; k++) {
                out[k][i] = terms[k];
            }
        }
        for (int k = 0; k < out.length; k++) {
            for (int before = 0; before < k; before++) {
                takeOut(out[k], out[before]);
            }
            toLengthOne(out[k]);
        }
        return out;
    }

    private static double[] withoutLight(float[] fields) {
        double[] out = new double[fields.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = fields[i];
        }
        for (double[] surface : LIGHT) {
            takeOut(out, surface);
        }
        toLengthOne(out);
        return out;
    }

    /** @param direction of length 1 */
    private static void takeOut(double[] of, double[] direction) {
        double along = product(of, direction);
        for (int i = 0; i < of.length; i++) {
            of[i] -= along * direction[i];
        }
    }

    private static void toLengthOne(double[] vector) {
        double length = Math.sqrt(product(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= Math.max(length, 1e-12);
        }
    }

    private static double product(double[] a, double[] b) {
        double out = 0;
        for (int i = 0; i < a.length; i++) {
            out += a[i] * b[i];
        }
        return out;
    }

    private static void set(long[] words, int bit, boolean value) {
        words[bit / 64] |= value ? 1L << bit % 64 : 0;
    }

    private static float[] fields(Picture picture) {
        float[] sums = new float[SIDE * SIDE];
        int[] counts = new int[SIDE * SIDE];
        byte[] pixels = picture.pixels();
        int bands = picture.bands();
        for (int y = 0; y < picture.height(); y++) {
            int row = y * SIDE / picture.height();
            for (int x = 0; x < picture.width(); x++) {
                int field = row * SIDE + x * SIDE / picture.width();
                int at = (y * picture.width() + x) * bands;
                sums[field] += bands == 1
                        ? pixels[at] & 0xff
                        : Picture.luma(pixels[at] & 0xff, pixels[at + 1] & 0xff, pixels[at + 2] & 0xff);
                counts[field]++;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i];
        }
        return sums;
    }

    /** Whether two pictures look alike. */
    boolean isLike(Likeness other) {
        int different = Long.bitCount(across ^ other.across);
        if (different > MOST_DIFFERENT) {
            return false; // most pairs end here
        }
        different += Long.bitCount(acrossRest ^ other.acrossRest)
                + Long.bitCount(down ^ other.down)
                + Long.bitCount(downRest ^ other.downRest);
        if (different > MOST_DIFFERENT) {
            return false;
        }
        return isAsBright(other) && product(drawn, other.drawn) >= LEAST_AGREEMENT;
    }

    /** But for what all of it is brighter by. */
    private boolean isAsBright(Likeness other) {
        float brighter = 0;
        for (int i = 0; i < fields.length; i++) {
            brighter += (fields[i] - other.fields[i]) / fields.length;
        }
        float apart = 0;
        for (int i = 0; i < fields.length; i++) {
            apart += Math.abs(fields[i] - other.fields[i] - brighter) / fields.length;
        }
        return apart <= MOST_APART && Math.abs(brighter) <= MOST_BRIGHTER;
    }
}
