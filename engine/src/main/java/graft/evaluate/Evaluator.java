package graft.evaluate;

import graft.Refusal;
import graft.data.ClassNames;
import graft.data.DataSet;
import graft.data.Examples;
import graft.inference.OrtSession;
import graft.inference.Values;
import graft.onnx.ElementType;
import graft.onnx.HalfFloats;
import graft.onnx.Model;
import graft.onnx.NonFinite;
import graft.onnx.OnnxFile;
import graft.onnx.ValueInfo;
import graft.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Judges a network's file as it would run after shipping: through ONNX Runtime. Closed by whoever opened it. */
public final class Evaluator implements AutoCloseable {
    private static final int USUAL_BATCH = 32;
    private static final String JUDGING = "judging examples";

    private final Path file;
    private final OrtSession session;
    private final ValueInfo input;
    private final ElementType inputType;
    private final String output;
    private final long[] inputShape;
    private final Optional<List<String>> names;

    private Evaluator(Path file, Model model, int threads) {
        this.file = file;
        List<ValueInfo> inputs = model.graph().inputs();
        if (inputs.size() != 1) {
            throw new Refusal(file + " has " + inputs.size() + " inputs ("
                    + inputs.stream().map(ValueInfo::name).toList()
                    + "); Graft judges networks with one. Export it with one input.");
        }
        this.input = inputs.get(0);
        this.inputType = input.type().orElse(ElementType.FLOAT);
        this.output = model.graph().outputNames().get(0);
        this.names = ClassNames.fromMetadata(model.metadata());
        this.session = OrtSession.open(file, threads);
        this.inputShape = session.inputShape(input.name());
    }

    /** Opens a network's file. {@code threads} 0 = one per core. The caller closes the evaluator. */
    public static Evaluator open(Path file, int threads) {
        return new Evaluator(file, OnnxFile.read(file), threads);
    }

    /** Judges by the validation part of {@code data}. */
    public Evaluation evaluate(DataSet data, Progress progress) {
        return Evaluation.of(predict(data.classes(), data.val(), progress));
    }

    /**
     * Runs every example once, without augmentation.
     *
     * @param classes names of the labels of {@code examples}; matched by name to the classes the file names, by position
     *     where it names none
     */
    public Predictions predict(List<String> classes, Examples examples, Progress progress) {
        checkShape(examples);
        int batch = inputShape.length > 0 && inputShape[0] > 0 ? Math.toIntExact(inputShape[0]) : USUAL_BATCH;
        int n = examples.size();
        int[] predicted = new int[n];
        float[][] probabilities = new float[n][];
        float[][] answers = new float[n][];
        for (int from = 0; from < n; from += batch) {
            if (progress.isCancelled()) {
                throw new CancellationException("judging " + file + " was cancelled");
            }
            int used = Math.min(batch, n - from);
            float[][] outputs = run(examples, from, used, inputShape.length > 0 && inputShape[0] > 0 ? batch : used);
            if (from == 0) {
                checkOutputs(outputs[0].length, classes);
            }
            for (int i = 0; i < used; i++) {
                checkNumbers(outputs[i], examples.name(from + i));
                predicted[from + i] = largest(outputs[i]);
                probabilities[from + i] = probabilities(outputs[i]);
                answers[from + i] = outputs[i];
            }
            progress.stage(JUDGING, from + used, n);
        }
        List<String> known = names.orElse(classes);
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < known.size(); i++) {
            places.putIfAbsent(known.get(i), i);
        }
        int[] truth = new int[n];
        List<String> exampleNames = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            truth[i] = names.isPresent() ? places.get(classes.get(examples.label(i))) : examples.label(i);
            exampleNames.add(examples.name(i));
        }
        return new Predictions(known, exampleNames, truth, predicted, probabilities, answers);
    }

    private void checkShape(Examples examples) {
        long[] shape = examples.shape();
        boolean fits = inputShape.length == shape.length + 1;
        for (int axis = 0; fits && axis < shape.length; axis++) {
            fits = inputShape[axis + 1] < 0 || inputShape[axis + 1] == shape[axis];
        }
        if (!fits) {
            throw new Refusal(file + " takes inputs of the shape "
                    + Arrays.toString(inputShape).replace("-1", "any")
                    + " (batch first), but one example has the shape " + Arrays.toString(shape)
                    + ". Set --size, --channels and --layout to fit the network, or prepare the data for it.");
        }
    }

    private float[][] run(Examples examples, int from, int used, int batch) {
        ByteBuffer data = ByteBuffer.allocateDirect(batch * examples.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < batch; i++) {
            // A file with a fixed batch size gets its last batch filled up with the last example.
            examples.read(from + Math.min(i, used - 1), Examples.PLAIN, data);
        }
        long[] shape = new long[examples.shape().length + 1];
        shape[0] = batch;
        System.arraycopy(examples.shape(), 0, shape, 1, shape.length - 1);
        Values fed = converted(new Values(examples.type(), shape, data.flip()));
        Values out = session.run(Map.of(input.name(), fed)).get(output);
        if (!out.type().isFloat()) {
            throw new Refusal("The first output of " + file + " (" + output + ") holds " + out.type()
                    + ", not a score per class. Export the network with its scores as first output.");
        }
        float[] numbers = out.toTensor(output).toFloats();
        if (numbers.length == 0 || numbers.length % batch != 0) {
            throw new Refusal("The first output of " + file + " (" + output + ") has the shape "
                    + Arrays.toString(out.shape()) + " for " + batch
                    + " examples, which is not one row per example. Choose a network that classifies.");
        }
        int width = numbers.length / batch;
        float[][] rows = new float[batch][];
        for (int i = 0; i < batch; i++) {
            rows[i] = Arrays.copyOfRange(numbers, i * width, (i + 1) * width);
        }
        return rows;
    }

    /** As the network's input wants it: a network in fp16 takes its pictures in fp16. */
    private Values converted(Values from) {
        if (from.type() == inputType) {
            return from;
        }
        int n = from.data().remaining() / from.type().bytes();
        ByteBuffer to = ByteBuffer.allocateDirect(n * inputType.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer data = from.data().order(ByteOrder.LITTLE_ENDIAN);
        if (from.type() == ElementType.FLOAT && inputType == ElementType.FLOAT16) {
            for (int i = 0; i < n; i++) {
                to.putShort(HalfFloats.floatToHalf(data.getFloat(4 * i)));
            }
        } else if (from.type() == ElementType.FLOAT && inputType == ElementType.DOUBLE) {
            for (int i = 0; i < n; i++) {
                to.putDouble(data.getFloat(4 * i));
            }
        } else if (from.type() == ElementType.INT64 && inputType == ElementType.INT32) {
            for (int i = 0; i < n; i++) {
                to.putInt((int) data.getLong(8 * i));
            }
        } else {
            throw new Refusal("The input " + input.name() + " of " + file + " takes " + inputType
                    + ", but the examples are " + from.type() + ". Save the data in the type the network takes.");
        }
        return new Values(inputType, from.shape(), to.flip());
    }

    private void checkOutputs(int outputs, List<String> classes) {
        List<String> known = names.orElse(classes);
        if (names.isPresent()) {
            for (String name : classes) {
                if (!known.contains(name)) {
                    throw new Refusal("The data have a class " + name + ", which " + file + " does not know; it knows "
                            + String.join(", ", known.subList(0, Math.min(20, known.size())))
                            + (known.size() > 20 ? ", …" : "")
                            + ". Rename or remove the class, or fine-tune the network on it first.");
                }
            }
        }
        if (outputs < known.size()) {
            throw new Refusal(file + " has " + outputs + " outputs but there are " + known.size() + " classes ("
                    + String.join(", ", known.subList(0, Math.min(20, known.size()))) + (known.size() > 20 ? ", …" : "")
                    + "). Judge a network with one output per class.");
        }
        if (outputs > known.size()) {
            throw new Refusal(file + " has " + outputs + " outputs and "
                    + (names.isPresent()
                            ? "names only " + known.size() + " of them"
                            : "does not name them, and the data have " + classes.size()
                                    + " classes: which output stands for which class is not known")
                    + ". Fine-tune the network on these data, or write the names of all its classes into the note "
                    + ClassNames.KEY + ".");
        }
    }

    private void checkNumbers(float[] outputs, String example) {
        for (float value : outputs) {
            // Minus infinity is the logarithm of a probability of 0: a number as good as any.
            if (Float.isNaN(value) || value == Float.POSITIVE_INFINITY) {
                throw new Refusal(
                        file + " answers " + (Float.isNaN(value) ? "NaN (not a number)" : "Infinity") + " for "
                                + example + ". "
                                + NonFinite.inWeights(OnnxFile.read(file).graph())
                                        .map(where -> "Its weights are broken: " + where
                                                + ". Take an earlier version of the file.")
                                        .orElse(
                                                "Its weights are finite, so its arithmetic leaves the range of its numbers: prepare the"
                                                        + " examples as the network was trained (--mean, --std, --scale), or take a higher"
                                                        + " precision."));
            }
        }
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    private static float[] probabilities(float[] outputs) {
        double sum = 0;
        boolean between0And1 = true;
        for (float value : outputs) {
            sum += value;
            between0And1 &= value >= 0 && value <= 1;
        }
        // A network that ends in a Softmax; fp16 rounds its sum by up to a few thousandths.
        if (between0And1 && Math.abs(sum - 1) < 0.01) {
            return outputs;
        }
        float most = outputs[largest(outputs)];
        float[] out = new float[outputs.length];
        double total = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = most == outputs[i] ? 1 : (float) Math.exp(outputs[i] - most);
            total += out[i];
        }
        for (int i = 0; i < out.length; i++) {
            out[i] /= (float) total;
        }
        return out;
    }

    @Override
    public void close() {
        session.close();
    }
}
