package graft.inference;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.text.TextInputs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Inputs that fit a network, for finding out what it does: shapes, equality of two forms, time per step. */
public final class ExampleInputs {
    private static final long FREE_PICTURE_AXIS = 224;
    private static final long FREE_AXIS = 16;
    /** The axis of a past that they lie along. */
    private static final int EARLIER_TOKENS = 2;

    private ExampleInputs() {}

    /**
     * Random inputs: floats in −1…1, whole numbers that index the table they are looked up in, masks of ones; of networks that write on,
     * no past, as while they learn.
     *
     * @param batch size of a free first axis
     */
    public static Map<String, Values> random(Graph graph, long batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Values> out = new LinkedHashMap<>();
        for (ValueInfo input : graph.inputs()) {
            long[] shape = shape(input, batch);
            ElementType type = input.type().orElse(ElementType.FLOAT);
            long bound = bound(graph, input.name());
            int size = Math.toIntExact(java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact));
            ByteBuffer data = ByteBuffer.allocateDirect(size * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < size; i++) {
                switch (type) {
                    case FLOAT -> data.putFloat((float) random.nextDouble(-1, 1));
                    case DOUBLE -> data.putDouble(random.nextDouble(-1, 1));
                    case FLOAT16 -> data.putShort(graft.onnx.HalfFloats.floatToHalf((float) random.nextDouble(-1, 1)));
                    case INT64 -> data.putLong(whole(random, bound));
                    case INT32 -> data.putInt((int) whole(random, bound));
                    case BOOL -> data.put((byte) (input.name().equals(TextInputs.BRANCH) ? 0 : random.nextInt(2)));
                    case UINT8, INT8 -> data.put((byte) random.nextInt(2));
                    default ->
                        throw new Refusal(
                                "The input " + input.name() + " is of type " + type + ", which Graft cannot feed.");
                }
            }
            out.put(input.name(), new Values(type, shape, data.flip().order(ByteOrder.LITTLE_ENDIAN)));
        }
        return out;
    }

    /** Numbers below the rows of the embedding that an input is looked up in, below 2 where there is none; 0 = all ones. */
    private static long bound(Graph graph, String input) {
        if (input.contains("mask")) {
            return 0;
        }
        return graph.nodes().stream()
                .filter(node -> node.opType().equals("Gather") && node.input(1).equals(input))
                .map(node -> graph.initializers().get(node.input(0)))
                .filter(java.util.Objects::nonNull)
                .mapToLong(table -> table.shape()[0])
                .min()
                .orElse(2);
    }

    private static long whole(SplittableRandom random, long bound) {
        return bound == 0 ? 1 : random.nextLong(bound);
    }

    private static long[] shape(ValueInfo input, long batch) {
        List<Dim> dims = input.shape()
                .orElseThrow(() -> new Refusal("The network does not say what shape its input " + input.name()
                        + " has. Export it again with a shape."));
        long[] shape = new long[dims.size()];
        boolean past = TextInputs.isPast(input);
        for (int i = 0; i < shape.length; i++) {
            boolean picture = dims.size() == 4 && i >= 1;
            boolean earlier = past && i == EARLIER_TOKENS;
            shape[i] = dims.get(i).isFixed() && dims.get(i).size() > 0
                    ? dims.get(i).size()
                    : i == 0 ? batch : earlier ? 0 : picture ? FREE_PICTURE_AXIS : FREE_AXIS;
        }
        return shape;
    }

    /** Two sets of inputs one after the other along the first axis. */
    public static Map<String, Values> joined(Map<String, Values> first, Map<String, Values> second) {
        Map<String, Values> out = new LinkedHashMap<>();
        first.forEach((name, a) -> {
            Values b = second.get(name);
            long[] shape = a.shape().clone();
            shape[0] += b.shape()[0];
            ByteBuffer data =
                    ByteBuffer.allocateDirect(a.data().remaining() + b.data().remaining());
            data.put(a.data().duplicate()).put(b.data().duplicate()).flip();
            out.put(name, new Values(a.type(), shape, data.order(ByteOrder.LITTLE_ENDIAN)));
        });
        return out;
    }
}
