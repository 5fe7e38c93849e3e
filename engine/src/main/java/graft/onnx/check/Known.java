package graft.onnx.check;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo.Dim;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Shapes and whole numbers of tensors, as far as the file tells. An axis of unknown size is -1. */
final class Known {
    /** Larger constants are no shapes, axes or indices. */
    private static final long SMALL = 1 << 16;

    private final Map<String, long[]> shapes = new HashMap<>();
    private final Map<String, long[]> numbers = new HashMap<>();

    Known() {}

    /** What a sub-graph knows at first: all that the graph around it does. */
    Known(Known outer) {
        shapes.putAll(outer.shapes);
        numbers.putAll(outer.numbers);
    }

    void addAll(Graph graph) {
        graph.inputs().forEach(input -> input.shape()
                .ifPresent(dims -> shapes.put(
                        input.name(), dims.stream().mapToLong(Dim::size).toArray())));
        graph.initializers().values().forEach(tensor -> add(tensor.name(), tensor));
    }

    void add(String name, Tensor tensor) {
        shapes.put(name, tensor.shape());
        boolean whole = tensor.type() == ElementType.INT64 || tensor.type() == ElementType.INT32;
        if (whole && !tensor.isExternal() && tensor.size() <= SMALL) {
            numbers.put(name, tensor.toLongs());
        }
    }

    void shape(String name, long... shape) {
        if (!name.isEmpty()) {
            shapes.put(name, shape);
        }
    }

    void numbers(String name, long... values) {
        if (!name.isEmpty()) {
            numbers.put(name, values);
        }
    }

    Optional<long[]> shape(String name) {
        return Optional.ofNullable(shapes.get(name));
    }

    Optional<long[]> numbers(String name) {
        return Optional.ofNullable(numbers.get(name));
    }

    /** Least number of elements: an axis of unknown size counts once. Infinite where no machine counts so far. */
    static double elements(long... shape) {
        double out = 1;
        for (long size : shape) {
            out *= size < 0 ? 1 : size;
        }
        return out;
    }
}
