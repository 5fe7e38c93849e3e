package graft.explain;

import graft.inference.OrtSession;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Maps by trying: how much of the score is lost where a square of the picture gets the picture's mean colour. */
final class Occlusion {
    /** A square's side, as a part of the picture's. */
    private static final int PARTS = 8;

    private final OrtSession session;
    private final String logits;
    private final Map<String, Values> inputs;
    private final String picture;
    private final boolean channelsFirst;
    private final float[] numbers;

    /**
     * @param picture the input that takes it, one for each place of the batch, all the same
     */
    Occlusion(OrtSession session, String logits, Map<String, Values> inputs, String picture, boolean channelsFirst) {
        this.session = session;
        this.logits = logits;
        this.inputs = inputs;
        this.picture = picture;
        this.channelsFirst = channelsFirst;
        this.numbers = inputs.get(picture).toTensor("").toFloats();
    }

    /** @param map not scaled; height × width, row by row */
    record Found(int height, int width, float[] map) {}

    Found of(int index, int sign, Progress progress) {
        Values whole = inputs.get(picture);
        long[] shape = whole.shape();
        int high = (int) shape[channelsFirst ? 2 : 1];
        int wide = (int) shape[channelsFirst ? 3 : 2];
        // Squares overlap by half, so that each place is hidden in up to four ways.
        int rows = Math.min(2 * PARTS, high);
        int columns = Math.min(2 * PARTS, wide);
        double before = sign * score(whole, index);
        double[] lost = new double[rows * columns];
        int[] hidden = new int[rows * columns];
        int count = Math.max(1, rows - 1) * Math.max(1, columns - 1);
        int done = 0;
        for (int row = 0; row < Math.max(1, rows - 1); row++) {
            for (int column = 0; column < Math.max(1, columns - 1); column++) {
                if (progress.isCancelled()) {
                    throw new CancellationException("while parts of the picture were hidden");
                }
                int lastRow = Math.min(row + 2, rows);
                int lastColumn = Math.min(column + 2, columns);
                Values without = hiding(
                        whole,
                        row * high / rows,
                        lastRow * high / rows,
                        column * wide / columns,
                        lastColumn * wide / columns);
                double loss = before - sign * score(without, index);
                for (int r = row; r < lastRow; r++) {
                    for (int c = column; c < lastColumn; c++) {
                        lost[r * columns + c] += loss;
                        hidden[r * columns + c]++;
                    }
                }
                progress.stage("hiding parts of the picture", ++done, count);
            }
        }
        float[] out = new float[lost.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) Math.max(0, lost[i] / hidden[i]);
        }
        return new Found(rows, columns, out);
    }

    private double score(Values fed, int index) {
        Map<String, Values> all = new HashMap<>(inputs);
        all.put(picture, fed);
        return number(session.run(session.taken(all), logits), index);
    }

    static double number(Values scores, int index) {
        return scores.toTensor("").toFloats()[index];
    }

    /** In each channel the number that is next to the mean takes the place of the others: so the input keeps its type. */
    private Values hiding(Values whole, int top, int bottom, int left, int right) {
        long[] shape = whole.shape();
        int channels = (int) shape[channelsFirst ? 1 : 3];
        int wide = (int) shape[channelsFirst ? 3 : 2];
        int places = wide * (int) shape[channelsFirst ? 2 : 1];
        int size = whole.data().remaining() / numbers.length;
        ByteBuffer from = whole.data().duplicate();
        ByteBuffer to = ByteBuffer.allocateDirect(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        to.put(from.duplicate()).flip();
        byte[] one = new byte[size];
        for (int image = 0; image < shape[0]; image++) {
            for (int channel = 0; channel < channels; channel++) {
                from.get(from.position() + size * nearMean(image, channel, channels, places), one);
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        to.put(size * at(image, channel, y * wide + x, channels, places), one);
                    }
                }
            }
        }
        return new Values(whole.type(), shape, to);
    }

    private int nearMean(int image, int channel, int channels, int places) {
        double mean = 0;
        for (int place = 0; place < places; place++) {
            mean += numbers[at(image, channel, place, channels, places)] / (double) places;
        }
        int best = at(image, channel, 0, channels, places);
        for (int place = 1; place < places; place++) {
            int next = at(image, channel, place, channels, places);
            best = Math.abs(numbers[next] - mean) < Math.abs(numbers[best] - mean) ? next : best;
        }
        return best;
    }

    private int at(int image, int channel, int place, int channels, int places) {
        return image * channels * places + (channelsFirst ? channel * places + place : place * channels + channel);
    }
}
