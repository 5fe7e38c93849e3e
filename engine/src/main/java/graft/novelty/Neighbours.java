package graft.novelty;

import graft.Refusal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Features of examples that a network learnt from, brought to length one, and how far an example's nearest ones may be (Sun, Ming, Zhu,
 * Li: "Out-of-Distribution Detection with Deep Nearest Neighbors", ICML 2022).
 *
 * @param rows {@code [examples][width]}, in whole numbers of ±127, which the length of a row takes out again
 * @param threshold distances beyond it are those of strange examples
 */
record Neighbours(byte[][] rows, double threshold) {
    /** Of the nearest, the one whose distance counts: the last that most classes of a few examples have. */
    static final int K = 5;

    private static final int FINEST = 127;
    private static final int HEADER = 2 * Integer.BYTES + Double.BYTES;
    private static final int MOST_BYTES = 1 << 26;

    /** @param features {@code [examples][width]} */
    static Neighbours of(float[][] features, double threshold) {
        return new Neighbours(Arrays.stream(features).map(Neighbours::rounded).toArray(byte[][]::new), threshold);
    }

    private static byte[] rounded(float[] row) {
        double most = 0;
        for (float each : row) {
            most = Math.max(most, Math.abs(each));
        }
        byte[] out = new byte[row.length];
        for (int j = 0; j < out.length && most > 0; j++) {
            out[j] = (byte) Math.round(row[j] / most * FINEST);
        }
        return out;
    }

    int width() {
        return rows[0].length;
    }

    Neighbours withThreshold(double other) {
        return new Neighbours(rows, other);
    }

    /** From features to those of the {@link #K}-th nearest example, both brought to length one: 0…2. */
    double distance(float[] features) {
        double own = 0;
        for (float each : features) {
            own += (double) each * each;
        }
        double[] squares = new double[rows.length];
        for (int i = 0; i < squares.length; i++) {
            double product = 0;
            long length = 0;
            for (int j = 0; j < features.length; j++) {
                product += features[j] * rows[i][j];
                length += rows[i][j] * rows[i][j];
            }
            double both = Math.sqrt(own * length);
            squares[i] = both == 0 ? 2 : 2 - 2 * product / both;
        }
        Arrays.sort(squares);
        return Math.sqrt(Math.max(0, squares[Math.min(K, squares.length) - 1]));
    }

    /** As a note of a network's file. */
    String note() {
        ByteBuffer out = ByteBuffer.allocate(HEADER + rows.length * width());
        out.putInt(rows.length).putInt(width()).putDouble(threshold);
        for (byte[] row : rows) {
            out.put(row);
        }
        return Base64.getEncoder().encodeToString(out.array());
    }

    /**
     * Empty where the file has no such note.
     *
     * @throws Refusal where it has one that says nothing
     */
    static Optional<Neighbours> read(Path file, Map<String, String> notes, String key) {
        String note = notes.get(key);
        if (note == null) {
            return Optional.empty();
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(Base64.getDecoder().decode(note));
            int count = in.remaining() < HEADER ? 0 : in.getInt();
            int width = count < 1 ? 0 : in.getInt();
            double threshold = width < 1 ? Double.NaN : in.getDouble();
            if (threshold >= 0 && in.remaining() <= MOST_BYTES && (long) count * width == in.remaining()) {
                byte[][] rows = new byte[count][width];
                for (byte[] row : rows) {
                    in.get(row);
                }
                return Optional.of(new Neighbours(rows, threshold));
            }
        } catch (IllegalArgumentException e) {
            throw broken(file, key, e);
        }
        throw broken(file, key, null);
    }

    private static Refusal broken(Path file, String key, Exception reason) {
        return new Refusal(
                "The note " + key + " of " + file
                        + ", which holds what its examples were like, is damaged. Make it again" + " with `graft ood`.",
                reason);
    }
}
