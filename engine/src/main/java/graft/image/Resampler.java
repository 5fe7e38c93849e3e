package graft.image;

/**
 * Bilinear resizing with antialias, to the bit as Pillow does it (ImagingResample, 8 bits per channel): a triangle filter
 * whose support grows with the reduction, first along rows, then along columns, each pass rounded to bytes.
 */
final class Resampler {
    private static final int PRECISION_BITS = 32 - 8 - 2;

    /** A rectangle of pixels; {@code right} and {@code bottom} are exclusive. */
    record Box(int left, int top, int right, int bottom) {
        static Box all(Picture picture) {
            return new Box(0, 0, picture.width(), picture.height());
        }

        int width() {
            return right - left;
        }

        int height() {
            return bottom - top;
        }
    }

    /** For each output position the first input position and the weights from there on, in fixed point. */
    private record Weights(int[] first, int[][] factors) {}

    private Resampler() {}

    /** Scales {@code from} of the picture to {@code width} × {@code height}. */
    static Picture resize(Picture picture, Box from, int width, int height) {
        return resize(picture, from, width, height, new Box(0, 0, width, height));
    }

    /** As above, but computes only the part {@code window} of the result: the pixels are the same. */
    static Picture resize(Picture picture, Box from, int width, int height, Box window) {
        Weights columns = weights(from.left(), from.width(), width, window.left(), window.right(), picture.width());
        Weights rows = weights(from.top(), from.height(), height, window.top(), window.bottom(), picture.height());
        int top = rows.first[0];
        int last = rows.first.length - 1;
        int bottom = rows.first[last] + rows.factors[last].length;
        byte[] narrow = alongRows(picture, columns, top, bottom);
        return new Picture(
                window.width(),
                window.height(),
                picture.bands(),
                alongColumns(narrow, window.width() * picture.bands(), rows, top));
    }

    private static byte[] alongRows(Picture picture, Weights columns, int top, int bottom) {
        int bands = picture.bands();
        int outWidth = columns.first.length;
        byte[] in = picture.pixels();
        byte[] out = new byte[outWidth * bands * (bottom - top)];
        int to = 0;
        for (int y = top; y < bottom; y++) {
            int row = y * picture.width() * bands;
            for (int x = 0; x < outWidth; x++) {
                int[] factors = columns.factors[x];
                int at = row + columns.first[x] * bands;
                if (bands == 3) {
                    int red = 1 << PRECISION_BITS - 1;
                    int green = red;
                    int blue = red;
                    for (int factor : factors) {
                        red += (in[at] & 0xff) * factor;
                        green += (in[at + 1] & 0xff) * factor;
                        blue += (in[at + 2] & 0xff) * factor;
                        at += 3;
                    }
                    out[to++] = clip(red);
                    out[to++] = clip(green);
                    out[to++] = clip(blue);
                } else {
                    int sum = 1 << PRECISION_BITS - 1;
                    for (int factor : factors) {
                        sum += (in[at++] & 0xff) * factor;
                    }
                    out[to++] = clip(sum);
                }
            }
        }
        return out;
    }

    private static byte[] alongColumns(byte[] in, int stride, Weights rows, int top) {
        byte[] out = new byte[stride * rows.first.length];
        int[] sums = new int[stride];
        for (int y = 0; y < rows.first.length; y++) {
            java.util.Arrays.fill(sums, 1 << PRECISION_BITS - 1);
            int at = (rows.first[y] - top) * stride;
            for (int factor : rows.factors[y]) {
                for (int x = 0; x < stride; x++) {
                    sums[x] += (in[at + x] & 0xff) * factor;
                }
                at += stride;
            }
            for (int x = 0; x < stride; x++) {
                out[y * stride + x] = clip(sums[x]);
            }
        }
        return out;
    }

    private static byte clip(int sum) {
        int value = sum >> PRECISION_BITS;
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }

    /** Weights of the output positions {@code from..to} when {@code length} inputs from {@code start} become {@code outs}. */
    private static Weights weights(int start, int length, int outs, int from, int to, int limit) {
        double scale = (double) length / outs;
        double filterScale = Math.max(scale, 1);
        int[] first = new int[to - from];
        int[][] factors = new int[to - from][];
        for (int i = 0; i < first.length; i++) {
            // Pillow leaves a pass out whose length does not change; these are the weights of doing nothing.
            if (length == outs) {
                first[i] = start + from + i;
                factors[i] = new int[] {1 << PRECISION_BITS};
                continue;
            }
            double centre = start + (from + i + 0.5) * scale;
            int low = Math.max((int) (centre - filterScale + 0.5), 0);
            int high = Math.min((int) (centre + filterScale + 0.5), limit);
            double[] weights = new double[high - low];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                double distance = Math.abs((k + low - centre + 0.5) * (1.0 / filterScale));
                weights[k] = distance < 1 ? 1 - distance : 0;
                sum += weights[k];
            }
            first[i] = low;
            factors[i] = new int[weights.length];
            for (int k = 0; k < weights.length; k++) {
                factors[i][k] = (int) (0.5 + (sum == 0 ? weights[k] : weights[k] / sum) * (1 << PRECISION_BITS));
            }
        }
        return new Weights(first, factors);
    }
}
