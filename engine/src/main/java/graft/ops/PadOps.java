package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/** Padding, by a constant or by what the tensor holds. */
final class PadOps {
    private PadOps() {}

    static void addTo(OpTable ops) {
        ops.add("Pad", 1, in -> padByAttributes(in, "paddings"));
        ops.add("Pad", 2, in -> padByAttributes(in, "pads"));
        ops.add("Pad", 11, PadOps::pad); // pads and value became inputs
        ops.noGradientTo("Pad", 1, 3);
    }

    private static NDArray padByAttributes(Call in, String pads) {
        String value = ShapeOps.literal(in.node().attribute("value", 0f));
        int rank = in.get(0).getShape().dimension();
        return pad(
                in,
                in.node().attribute(pads, new long[0]),
                LongStream.range(0, rank).toArray(),
                value);
    }

    private static NDArray pad(Call in) {
        NDArray x = in.get(0);
        int rank = x.getShape().dimension();
        long[] axes = in.optional(3).map(Call::longs).orElseGet(() -> LongStream.range(0, rank)
                .toArray());
        Optional<NDArray> value = in.optional(2).filter(v -> v.getShape().size() > 0);
        String fill = value.map(v -> x.getDataType() == DataType.INT64
                        ? String.valueOf(Call.longs(v)[0])
                        : Types.literal(numberOf(v), x.getDataType()))
                .orElse("0");
        return pad(in, in.longs(1), axes, fill);
    }

    private static double numberOf(NDArray value) {
        return value.getDataType() == DataType.BOOLEAN ? Call.longs(value)[0] : Call.number(value);
    }

    private static NDArray pad(Call in, long[] pads, long[] axes, String value) {
        NDArray x = in.get(0);
        int rank = x.getShape().dimension();
        long[] begin = new long[rank];
        long[] end = new long[rank];
        long[] out = x.getShape().getShape().clone();
        for (int i = 0; i < axes.length; i++) {
            int axis = ShapeOps.axis(axes[i], rank);
            begin[axis] = pads[i];
            end[axis] = pads[axes.length + i];
            out[axis] += begin[axis] + end[axis];
        }
        in.checkSize(out);
        String mode = in.node().attribute("mode", "constant");
        if (!mode.equals("constant")) {
            return padByContent(in, x, begin, end, mode);
        }
        if (Arrays.equals(out, x.getShape().getShape()) && Arrays.stream(begin).allMatch(p -> p == 0)) {
            return x;
        }
        return in.torch("torch.constant_pad_nd(a, " + Call.list(Window.torchPads(begin, end)) + ", " + value + ")", x);
    }

    /** Picks for each place of each axis where its value comes from; negative pads cut. */
    private static NDArray padByContent(Call in, NDArray x, long[] begin, long[] end, String mode) {
        NDArray padded = x;
        for (int axis = 0; axis < begin.length; axis++) {
            if (begin[axis] == 0 && end[axis] == 0) {
                continue;
            }
            // What a negative pad cuts off is not there to be mirrored or repeated.
            long from = Math.max(0, -begin[axis]);
            long size = x.getShape().get(axis) - from - Math.max(0, -end[axis]);
            long first = Math.max(0, begin[axis]);
            long[] source = new long[Math.toIntExact(size + first + Math.max(0, end[axis]))];
            for (int i = 0; i < source.length; i++) {
                source[i] = from + source(in, i - first, size, mode);
            }
            padded = in.torch("torch.index_select(a, " + axis + ", b)", padded, in.create(source));
        }
        return padded;
    }

    private static long source(Call in, long place, long size, String mode) {
        return switch (mode) {
            case "edge" -> Math.max(0, Math.min(place, size - 1));
            case "wrap" -> Math.floorMod(place, size);
            case "reflect" -> {
                long period = Math.max(1, 2 * (size - 1));
                long folded = Math.floorMod(place, period);
                yield folded < size ? folded : period - folded;
            }
            default -> throw in.unsupported("mode " + mode);
        };
    }
}
