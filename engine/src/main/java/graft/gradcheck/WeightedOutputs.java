package graft.gradcheck;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import graft.ops.TorchEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The sum of a network's float outputs, each element times a random number of its own: all of them count, none like another.
 * Batch norms use their stored statistics.
 */
final class WeightedOutputs implements ScalarFunction, AutoCloseable {
    private final NDManager manager;
    private final Executor executor;
    private final Set<String> weights;
    private final Map<String, NDArray> inputs = new LinkedHashMap<>();
    private final Map<String, NDArray> factors = new LinkedHashMap<>();

    /**
     * Closed by the caller.
     *
     * @param inputs fed in the precision of the model
     */
    WeightedOutputs(Model model, Set<String> weights, Map<String, Values> inputs, long seed, NDManager parent) {
        this.weights = weights;
        manager = parent.newSubManager();
        executor = new Executor(model, manager, weights);
        model.graph().inputs().forEach(input -> {
            Tensor given = inputs.get(input.name()).toTensor(input.name());
            boolean wide =
                    input.type().filter(type -> type == ElementType.DOUBLE).isPresent();
            this.inputs.put(input.name(), ArrayTensors.toArray(manager, wide ? DoublePrecision.of(given) : given));
        });
        try (NDManager step = manager.newSubManager()) {
            SplittableRandom random = new SplittableRandom(seed);
            executor.run(step, this.inputs, Mode.INFERENCE).forEach((name, output) -> {
                if (output != null && output.getDataType().isFloating()) {
                    factors.put(name, factors(output, random.split()));
                }
            });
        }
    }

    /** Standard normal numbers, scaled so that the sum stays near 1 however large the output is. */
    private NDArray factors(NDArray output, SplittableRandom random) {
        int size = Math.toIntExact(output.size());
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (random.nextDouble(-1, 1) / Math.sqrt(size));
        }
        try (NDArray flat = ArrayTensors.toArray(manager, values, 1, size)) {
            NDArray typed = flat.reshape(output.getShape()).toType(output.getDataType(), true);
            typed.attach(manager);
            return typed;
        }
    }

    private NDArray sum(NDManager step) {
        Map<String, NDArray> outputs = executor.run(step, inputs, Mode.INFERENCE);
        NDArray total = null;
        for (Map.Entry<String, NDArray> factor : factors.entrySet()) {
            NDArray part = outputs.get(factor.getKey()).mul(factor.getValue()).sum();
            total = total == null ? part : total.add(part);
        }
        if (total == null) {
            throw new graft.Refusal("The network has no output of real numbers, so there is nothing to learn from.");
        }
        return total;
    }

    @Override
    public double value() {
        try (NDManager step = manager.newSubManager()) {
            return sum(step).toType(DataType.FLOAT64, false).getDouble();
        }
    }

    @Override
    public Map<String, double[]> gradients() {
        Map<String, double[]> out = new LinkedHashMap<>();
        TorchEngine.recordGradients(true);
        try (NDManager step = manager.newSubManager()) {
            // PyTorch refuses to go back from what depends on nothing that learns.
            NDArray anchor = step.zeros(new Shape(), DataType.FLOAT64);
            anchor.setRequiresGradient(true);
            TorchEngine.backward(sum(step).add(anchor));
            for (String name : weights) {
                executor.gradient(step, name)
                        .ifPresent(gradient -> out.put(
                                name, gradient.toType(DataType.FLOAT64, false).toDoubleArray()));
            }
        } finally {
            executor.clearGradients();
            TorchEngine.recordGradients(false);
        }
        return out;
    }

    @Override
    public int size(String tensor) {
        return Math.toIntExact(executor.tensor(tensor).size());
    }

    @Override
    public double get(String tensor, int entry) {
        NDArray array = executor.tensor(tensor);
        try (NDManager step = manager.newSubManager()) {
            NDArray element = array.getShape().dimension() == 0 ? array : array.get(step, index(array, entry));
            return element.getDouble();
        }
    }

    @Override
    public void set(String tensor, int entry, double value) {
        NDArray array = executor.tensor(tensor);
        if (array.getShape().dimension() == 0) {
            ByteBuffer data = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            executor.set(tensor, Tensor.ofBytes(tensor, ElementType.DOUBLE, new long[0], data.putDouble(0, value)));
        } else {
            array.set(index(array, entry), value);
        }
    }

    private static NDIndex index(NDArray array, int entry) {
        long[] shape = array.getShape().getShape();
        long[] place = new long[shape.length];
        long left = entry;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place[axis] = left % shape[axis];
            left /= shape[axis];
        }
        return new NDIndex(place);
    }

    @Override
    public void close() {
        executor.close();
        manager.close();
    }
}
