package graft.inference;

import graft.data.Examples;
import graft.onnx.Model;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** Examples put together as a network takes them. */
public final class Batches {
    private Batches() {}

    /** Examples one after the other along a new first axis, read on all cores; {@code view} as {@link Examples#read}. */
    public static Values of(Examples examples, int[] indices, long view) {
        int record = examples.bytes();
        ByteBuffer data = ByteBuffer.allocateDirect(Math.multiplyExact(record, indices.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, indices.length)
                .parallel()
                .forEach(i -> examples.read(
                        indices[i], view, data.slice(i * record, record).order(ByteOrder.LITTLE_ENDIAN)));
        long[] one = examples.shape();
        long[] shape = new long[one.length + 1];
        shape[0] = indices.length;
        System.arraycopy(one, 0, shape, 1, one.length);
        return new Values(examples.type(), shape, data);
    }

    /**
     * Up to {@code most} examples, spread evenly over all of them, as batches for the only input of {@code network}. All
     * are equally long (the last one begins earlier where they do not divide); read each time they are gone through.
     *
     * @param usual size of a batch where the network does not fix it
     */
    public static Iterable<Map<String, Values>> spread(Examples examples, Model network, int most, int usual) {
        ValueInfo fed = network.graph().inputs().get(0);
        String input = fed.name();
        int size = fed.shape()
                .filter(shape -> !shape.isEmpty() && shape.get(0).isFixed())
                .map(shape -> Math.toIntExact(shape.get(0).size()))
                .orElse(usual);
        int count = Math.min(most, examples.size());
        int[] chosen = IntStream.range(0, count)
                .map(i -> (int) ((long) i * examples.size() / count))
                .toArray();
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public Map<String, Values> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int from = Math.max(0, Math.min(next, count - size));
                next += size;
                int[] batch = IntStream.range(from, from + size)
                        .map(i -> chosen[Math.min(i, count - 1)])
                        .toArray();
                return Map.of(input, of(examples, batch, Examples.PLAIN));
            }
        };
    }
}
