package graft.image;

import java.util.Arrays;

/** Changes of a picture's values, as Pillow's {@code ImageEnhance} and {@code ImageOps} compute them. */
final class Tones {
    private static final int[] SMOOTH = {1, 1, 1, 1, 5, 1, 1, 1, 1};
    private static final int SMOOTH_SUM = 13;

    private Tones() {}

    interface Change {
        int of(int band, int value);
    }

    static Picture each(Picture picture, Change change) {
        byte[] in = picture.pixels();
        byte[] out = new byte[in.length];
        for (int i = 0; i < in.length; i++) {
            out[i] = (byte) change.of(i % picture.bands(), in[i] & 0xff);
        }
        return new Picture(picture.width(), picture.height(), picture.bands(), out);
    }

    /** From {@code plain} at 0 over the picture at 1 to beyond it. */
    static Picture blend(byte[] plain, Picture picture, double factor) {
        byte[] in = picture.pixels();
        byte[] out = new byte[in.length];
        for (int i = 0; i < in.length; i++) {
            int from = plain[i] & 0xff;
            double value = from + factor * ((in[i] & 0xff) - from);
            out[i] = (byte) (int) Math.max(0, Math.min(255, value));
        }
        return new Picture(picture.width(), picture.height(), picture.bands(), out);
    }

    static byte[] grey(Picture picture) {
        byte[] luma = picture.toLuma().pixels();
        byte[] out = new byte[picture.pixels().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = luma[i / picture.bands()];
        }
        return out;
    }

    static byte[] mean(Picture picture) {
        byte[] luma = picture.toLuma().pixels();
        long sum = 0;
        for (byte value : luma) {
            sum += value & 0xff;
        }
        byte[] out = new byte[picture.pixels().length];
        Arrays.fill(out, (byte) (int) ((double) sum / luma.length + 0.5));
        return out;
    }

    /** Each inner pixel with its neighbours; those at the edge stay. */
    static byte[] smooth(Picture picture) {
        int width = picture.width();
        int bands = picture.bands();
        byte[] in = picture.pixels();
        byte[] out = in.clone();
        for (int y = 1; y < picture.height() - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                for (int band = 0; band < bands; band++) {
                    int sum = 0;
                    for (int k = 0; k < SMOOTH.length; k++) {
                        int at = ((y + k / 3 - 1) * width + x + k % 3 - 1) * bands + band;
                        sum += SMOOTH[k] * (in[at] & 0xff);
                    }
                    out[(y * width + x) * bands + band] = (byte) (int) ((double) sum / SMOOTH_SUM + 0.5);
                }
            }
        }
        return out;
    }

    private static int[][] histograms(Picture picture) {
        int[][] out = new int[picture.bands()][256];
        byte[] in = picture.pixels();
        for (int i = 0; i < in.length; i++) {
            out[i % picture.bands()][in[i] & 0xff]++;
        }
        return out;
    }

    /** The darkest value of each band becomes 0, the lightest 255. */
    static Picture stretched(Picture picture) {
        int[][] histograms = histograms(picture);
        int[][] table = new int[histograms.length][256];
        for (int band = 0; band < table.length; band++) {
            int low = 0;
            int high = 255;
            while (low < 255 && histograms[band][low] == 0) {
                low++;
            }
            while (high > 0 && histograms[band][high] == 0) {
                high--;
            }
            double scale = high <= low ? 1 : 255.0 / (high - low);
            double offset = high <= low ? 0 : -low * scale;
            for (int value = 0; value < 256; value++) {
                table[band][value] = (int) Math.max(0, Math.min(255, value * scale + offset));
            }
        }
        return each(picture, (band, value) -> table[band][value]);
    }

    /** Values of each band spread so that all are about as frequent. */
    static Picture equalized(Picture picture) {
        int[][] histograms = histograms(picture);
        int[][] table = new int[histograms.length][256];
        for (int band = 0; band < table.length; band++) {
            int[] counts =
                    Arrays.stream(histograms[band]).filter(count -> count > 0).toArray();
            int step = (Arrays.stream(counts).sum() - counts[counts.length - 1]) / 255;
            int n = step / 2;
            for (int value = 0; value < 256; value++) {
                table[band][value] = counts.length <= 1 || step == 0 ? value : Math.min(255, n / step);
                n += histograms[band][value];
            }
        }
        return each(picture, (band, value) -> table[band][value]);
    }
}
