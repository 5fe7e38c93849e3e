package graft.fewshot;

import graft.Refusal;
import graft.data.ClassNames;
import graft.meaning.Classifier;
import graft.network.PrototypeHead;
import graft.onnx.GraphEditor;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A network whose classes are the means of examples.
 *
 * @param counts examples of each class; empty where the file does not say
 */
record PrototypeFile(Classifier network, PrototypeHead.Found head, List<String> classes, List<Integer> counts) {

    /** @throws Refusal where it is none */
    static PrototypeFile of(Classifier network) {
        Model model = network.original();
        PrototypeHead.Found head = PrototypeHead.in(
                        model.graph(), network.answer().output())
                .orElseThrow(() -> new Refusal("The classes of " + network.file()
                        + " are no means of examples, so that none can be added without training. `graft train --recipe"
                        + " prototypes --network " + network.file().getFileName()
                        + " --data DATA` makes such a network of it, from the examples of the classes that it knows."));
        List<String> classes = ClassNames.fromMetadata(model.metadata())
                .filter(names -> names.size() == head.means().length)
                .orElseThrow(() -> new Refusal(network.file()
                        + " does not name its classes, so that a name for one more would mean nothing. Make it again with"
                        + " `graft train --recipe prototypes`."));
        return new PrototypeFile(network, head, classes, counts(model, classes.size()));
    }

    private static List<Integer> counts(Model model, int classes) {
        String said = model.metadata().getOrDefault(PrototypeHead.NOTE, "");
        return said.matches("\\d{1,9}(,\\d{1,9})*") && said.split(",").length == classes
                ? Arrays.stream(said.split(",")).map(Integer::valueOf).toList()
                : List.of();
    }

    /** The number of a class, that of a new one where there is none of this name. */
    int number(String name) {
        int at = classes.indexOf(name);
        return at < 0 ? classes.size() : at;
    }

    boolean knows(String name) {
        return classes.contains(name);
    }

    /**
     * The model with more examples of a class; all other classes keep their numbers, bit for bit.
     *
     * @param mean of the examples
     * @throws Refusal where the class is there and nothing says of how many examples it is the mean
     */
    Model with(String name, double[] mean, int examples) {
        int at = number(name);
        double[] now = mean;
        List<Integer> all = new ArrayList<>(counts);
        if (knows(name)) {
            if (counts.isEmpty()) {
                throw new Refusal(
                        network.file() + " knows " + name
                                + " already, and does not say of how many examples that is the mean. Choose another name for the class.");
            }
            int before = counts.get(at);
            double[] old = head.means()[at];
            now = new double[mean.length];
            for (int i = 0; i < now.length; i++) {
                now[i] = (old[i] * before + mean[i] * examples) / (before + examples);
            }
            all.set(at, before + examples);
        } else if (!counts.isEmpty()) {
            all.add(examples);
        }
        Model model = network.original();
        GraphEditor editor = model.graph().edit();
        Tensor weight = editor.initializers().get(head.gemm().input(1));
        Tensor bias = editor.initializers().get(head.gemm().input(2));
        double[][] one = {now};
        int rows = Math.max(classes.size(), at + 1);
        editor.put(Tensor.ofFloats(
                weight.name(), new long[] {rows, now.length}, put(weight, at, rows, PrototypeHead.weight(one))));
        editor.put(Tensor.ofFloats(bias.name(), new long[] {rows}, put(bias, at, rows, PrototypeHead.bias(one))));
        editor.outputs(model.graph().outputs().stream()
                .map(output -> output.name().equals(head.gemm().output(0)) ? widened(output, rows) : output)
                .toList());
        editor.forgetInnerShapes();
        List<String> names = new ArrayList<>(classes);
        if (!knows(name)) {
            names.add(name);
        }
        Model written = MadeByGraft.note(MadeByGraft.forget(model.withGraph(editor.build())))
                .withMetadata(Map.of(ClassNames.KEY, ClassNames.toMetadata(names)));
        return all.isEmpty()
                ? written
                : written.withMetadata(Map.of(
                        PrototypeHead.NOTE, all.stream().map(String::valueOf).collect(Collectors.joining(","))));
    }

    private static float[] put(Tensor old, int row, int rows, float[] values) {
        FloatBuffer before = Values.of(old).floats();
        float[] out = new float[rows * values.length];
        before.get(out, 0, before.remaining());
        System.arraycopy(values, 0, out, row * values.length, values.length);
        return out;
    }

    private static ValueInfo widened(ValueInfo output, int classes) {
        return output.shape()
                .filter(shape -> shape.size() == 2)
                .map(shape -> ValueInfo.of(
                        output.name(), output.type().orElseThrow(), shape.get(0), ValueInfo.Dim.of(classes)))
                .orElse(output);
    }
}
