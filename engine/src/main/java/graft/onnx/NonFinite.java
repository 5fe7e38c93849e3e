package graft.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds numbers in weights that are no numbers (NaN) or infinite: what is computed from them is of no use. */
public final class NonFinite {
    private static final int MOST_NAMED = 5;
    private static final int EXPONENT = 0x7f800000;
    private static final int PIECE = 4096;

    private NonFinite() {}

    /** What holds them, for a message: "conv1.weight (NaN, 3 of its 432 numbers), …"; empty where all are finite. */
    public static Optional<String> inWeights(Graph graph) {
        return in(graph, name -> true);
    }

    /** As {@link #inWeights}, of the initializers whose names are wanted. */
    public static Optional<String> in(Graph graph, Predicate<String> wanted) {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, Tensor> each : graph.initializers().entrySet()) {
            if (wanted.test(each.getKey())) {
                in(each.getValue()).ifPresent(found::add);
            }
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String more = found.size() > MOST_NAMED ? " and " + (found.size() - MOST_NAMED) + " more" : "";
        return Optional.of(String.join(", ", found.subList(0, Math.min(MOST_NAMED, found.size()))) + more);
    }

    private static Optional<String> in(Tensor tensor) {
        Count count =
                switch (tensor.type()) {
                    case FLOAT -> floats(tensor.bytes());
                    case DOUBLE -> doubles(tensor.bytes());
                    case FLOAT16 -> halves(tensor.bytes(), 0x7c00);
                    case BFLOAT16 -> halves(tensor.bytes(), 0x7f80);
                    default -> Count.NONE;
                };
        // Zeros and minus infinity make a mask: added to scores before a Softmax, it shuts places out.
        if (count.bad == 0 || count.bad == count.minusInfinity && tensor.size() > 1 && isMask(tensor)) {
            return Optional.empty();
        }
        return Optional.of(tensor.name() + " (" + (count.nan > 0 ? "NaN" : "Infinity") + ", " + count.bad + " of its "
                + tensor.size() + " numbers)");
    }

    private static boolean isMask(Tensor tensor) {
        for (float value : tensor.toFloats()) {
            if (value != 0 && value != Float.NEGATIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }

    private record Count(long bad, long nan, long minusInfinity) {
        static final Count NONE = new Count(0, 0, 0);
    }

    private static Count floats(ByteBuffer data) {
        ByteBuffer bytes = data.order(ByteOrder.LITTLE_ENDIAN);
        if (areFinite(bytes.slice().order(ByteOrder.LITTLE_ENDIAN))) {
            return Count.NONE;
        }
        long bad = 0;
        long nan = 0;
        long minus = 0;
        while (bytes.remaining() >= 4) {
            int bits = bytes.getInt();
            if ((bits & EXPONENT) == EXPONENT) {
                bad++;
                nan += (bits & 0x007fffff) != 0 ? 1 : 0;
                minus += bits == 0xff800000 ? 1 : 0;
            }
        }
        return new Count(bad, nan, minus);
    }

    /** Two at a time and in pieces: every network that is opened is looked through. */
    private static boolean areFinite(ByteBuffer bytes) {
        LongBuffer pairs = bytes.asLongBuffer();
        long[] piece = new long[PIECE];
        while (pairs.hasRemaining()) {
            int count = Math.min(PIECE, pairs.remaining());
            pairs.get(piece, 0, count);
            for (int i = 0; i < count; i++) {
                if (((int) piece[i] & EXPONENT) == EXPONENT || ((int) (piece[i] >>> 32) & EXPONENT) == EXPONENT) {
                    return false;
                }
            }
        }
        int last = bytes.limit() - 4;
        return last < 0 || (bytes.getInt(last) & EXPONENT) != EXPONENT;
    }

    private static Count doubles(ByteBuffer data) {
        ByteBuffer bytes = data.order(ByteOrder.LITTLE_ENDIAN);
        long bad = 0;
        long nan = 0;
        long minus = 0;
        while (bytes.remaining() >= 8) {
            double value = bytes.getDouble();
            bad += Double.isFinite(value) ? 0 : 1;
            nan += Double.isNaN(value) ? 1 : 0;
            minus += value == Double.NEGATIVE_INFINITY ? 1 : 0;
        }
        return new Count(bad, nan, minus);
    }

    private static Count halves(ByteBuffer data, int exponent) {
        ByteBuffer bytes = data.order(ByteOrder.LITTLE_ENDIAN);
        long bad = 0;
        long nan = 0;
        long minus = 0;
        while (bytes.remaining() >= 2) {
            int bits = bytes.getShort() & 0xffff;
            if ((bits & exponent) == exponent) {
                bad++;
                nan += (bits & 0x7fff) != exponent ? 1 : 0;
                minus += bits == (0x8000 | exponent) ? 1 : 0;
            }
        }
        return new Count(bad, nan, minus);
    }
}
