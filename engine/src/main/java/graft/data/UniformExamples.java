package graft.data;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Examples of one tensor each, all of one shape: images, arrays. */
public interface UniformExamples extends Examples {
    /** Name of the tensor as long as it is fed to no network. */
    String UNFED = "example";

    /** Shape of one example, without a batch axis. */
    long[] shape();

    ElementType type();

    /** Appends one example to {@code into}, little-endian; {@code view} as in {@link #inputs}. */
    void read(int i, long view, ByteBuffer into);

    /** Bytes that {@link #read} appends. */
    @Override
    default long bytes() {
        return Arrays.stream(shape()).reduce(type().bytes(), Math::multiplyExact);
    }

    /**
     * What to do where these examples are of another shape than a network takes.
     *
     * @param wanted shape of one example; -1 for axes of any length
     */
    default String wayToFit(long[] wanted) {
        return "Set --size, --channels and --layout to fit the network, or choose other data.";
    }

    @Override
    default Map<String, Values> inputs(int[] examples, long view) {
        return Map.of(UNFED, batch(examples, view));
    }

    /** Examples one after the other along a new first axis, read on all cores. */
    default Values batch(int[] examples, long view) {
        int record = Math.toIntExact(bytes());
        ByteBuffer data = ByteBuffer.allocateDirect(Math.multiplyExact(record, examples.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, examples.length)
                .parallel()
                .forEach(i ->
                        read(examples[i], view, data.slice(i * record, record).order(ByteOrder.LITTLE_ENDIAN)));
        long[] one = shape();
        long[] shape = new long[one.length + 1];
        shape[0] = examples.length;
        System.arraycopy(one, 0, shape, 1, one.length);
        return new Values(type(), shape, data);
    }

    /** The network must have one input left for the examples, of their shape. */
    @Override
    default Examples fedTo(Path file, List<ValueInfo> inputs) {
        ValueInfo input = OneInput.of(file, inputs);
        List<ValueInfo.Dim> wanted = input.shape().orElse(List.of());
        long[] has = shape();
        boolean fits = input.shape().isEmpty() || wanted.size() == has.length + 1;
        for (int i = 0; fits && i + 1 < wanted.size(); i++) {
            fits = !wanted.get(i + 1).isFixed() || wanted.get(i + 1).size() == has[i];
        }
        if (!fits) {
            throw new Refusal(
                    "The examples have the shape " + Arrays.toString(has) + " but " + file + " takes " + wanted
                            + " (first the batch). "
                            + wayToFit(wanted.stream()
                                    .skip(1)
                                    .mapToLong(ValueInfo.Dim::size)
                                    .toArray()));
        }
        return new FedExamples(as(file, input.type().orElse(ElementType.FLOAT)), input.name());
    }

    /** The same examples in the element type of a network's input. Refused where there is no way from one to the other. */
    private UniformExamples as(Path file, ElementType wanted) {
        if (wanted == type()) {
            return this;
        }
        if (!TypedExamples.isPossible(type(), wanted)) {
            if (wanted == ElementType.BFLOAT16) {
                throw new Refusal(file + " takes " + wanted + ", which no example can be given in. Convert it to fp32"
                        + " with `graft convert " + file + " --out FILE`.");
            }
            throw new Refusal(place(0) + " and the other examples are " + type() + ", but " + file + " takes " + wanted
                    + ". Save the arrays with x.astype('" + (wanted.isFloat() ? "float32" : "int64")
                    + "'), or choose a network that takes " + type() + ".");
        }
        return new TypedExamples(this, wanted);
    }
}
