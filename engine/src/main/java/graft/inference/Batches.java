package graft.inference;

import graft.data.Examples;
import graft.onnx.Model;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** Examples put together as a network takes them. */
public final class Batches {
    private Batches() {}

    /**
     * Up to {@code most} examples, spread evenly over all of them, as batches for {@code network}. All
     * are equally long (the last one begins earlier where they do not divide); read each time they are gone through.
     *
     * @param examples as the network's inputs take them
     * @param usual size of a batch where the network does not fix it
     */
    public static Iterable<Map<String, Values>> spread(Examples examples, Model network, int most, int usual) {
        ValueInfo fed = network.graph().inputs().get(0);
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
                return examples.inputs(batch, Examples.PLAIN);
            }
        };
    }
}
