package graft.train;

import graft.data.Examples;
import graft.inference.OrtSession;
import graft.inference.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads examples and runs the frozen part on them each time they are asked for. */
final class ComputedFeatures implements Features {
    private final Examples examples;
    private final String input;
    private final Optional<OrtSession> frozen;
    private final Frontier frontier;

    /** The session stays the caller's. */
    ComputedFeatures(Examples examples, String input, Frontier frontier, Optional<OrtSession> frozen) {
        this.examples = examples;
        this.input = input;
        this.frozen = frozen;
        this.frontier = frontier;
    }

    @Override
    public Map<String, Values> of(int[] indices, long view) {
        Values fed = read(examples, indices, view);
        if (frozen.isEmpty()) {
            return Map.of(input, fed);
        }
        Map<String, Values> out = new LinkedHashMap<>(frozen.get().run(Map.of(input, fed)));
        if (frontier.crossing().contains(input)) {
            out.put(input, fed);
        }
        return out;
    }

    /** Examples one after the other along a new first axis. */
    static Values read(Examples examples, int[] indices, long view) {
        long[] one = examples.shape();
        int bytes = examples.type().bytes();
        for (long dimension : one) {
            bytes = Math.multiplyExact(bytes, Math.toIntExact(dimension));
        }
        int record = bytes;
        ByteBuffer data = ByteBuffer.allocateDirect(Math.multiplyExact(record, indices.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, indices.length)
                .parallel()
                .forEach(i -> examples.read(
                        indices[i], view, data.slice(i * record, record).order(ByteOrder.LITTLE_ENDIAN)));
        long[] shape = new long[one.length + 1];
        shape[0] = indices.length;
        System.arraycopy(one, 0, shape, 1, one.length);
        return new Values(examples.type(), shape, data);
    }

    @Override
    public void close() {
        // the session belongs to the caller
    }
}
