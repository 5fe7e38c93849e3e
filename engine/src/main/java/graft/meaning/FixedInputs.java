package graft.meaning;

import graft.Refusal;
import graft.data.OneInput;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.HalfFloats;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Inputs beside the one that takes the examples (a learning phase, the number of a camera) become constants of the network,
 * with the values that the user gives.
 */
public final class FixedInputs {
    private static final long FIRST_WITH_EXPAND = 8;

    private FixedInputs() {}

    /**
     * The model without the inputs that are given values; what was done is added to {@code lines}.
     *
     * @throws Refusal where an input is not there, or cannot have that value
     */
    public static Model apply(Path file, Model model, Map<String, String> values, List<String> lines) {
        if (values.isEmpty()) {
            return model;
        }
        GraphEditor editor = model.graph().edit();
        List<ValueInfo> inputs = new ArrayList<>(model.graph().inputs());
        List<Node> made = new ArrayList<>();
        values.forEach((name, text) -> {
            ValueInfo input = inputs.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(file + " has no input named " + name + "; it takes "
                            + OneInput.named(model.graph().inputs()) + "."));
            inputs.remove(input);
            if (inputs.isEmpty()) {
                throw new Refusal("With " + name + " fixed, nothing of " + file
                        + " is left to take the examples. Fix only" + " the inputs that take no examples.");
            }
            fix(input, text, inputs, model, editor, made);
            lines.add("The input " + name + " is fixed at " + text + ".");
        });
        editor.inputs(inputs);
        editor.nodes().addAll(0, made);
        return model.withGraph(editor.build());
    }

    private static void fix(
            ValueInfo input, String text, List<ValueInfo> left, Model model, GraphEditor editor, List<Node> made) {
        List<Dim> dims = input.shape().orElse(List.of());
        List<Dim> behind = dims.isEmpty() ? dims : dims.subList(1, dims.size());
        if (behind.stream().anyMatch(dim -> !dim.isFixed())) {
            throw new Refusal(
                    "The input " + input.name() + " " + dims + " has no fixed size, so it cannot be given a value"
                            + " for all examples. Export the network without it.");
        }
        boolean perExample = !dims.isEmpty() && !dims.get(0).isFixed();
        long[] shape =
                dims.stream().mapToLong(dim -> dim.isFixed() ? dim.size() : 1).toArray();
        ElementType type = input.type().orElse(ElementType.FLOAT);
        if (!perExample) {
            editor.put(tensor(input.name(), type, shape, text));
            return;
        }
        if (model.opset("") < FIRST_WITH_EXPAND) {
            throw new Refusal("The input " + input.name() + " takes one value per example, which operator set "
                    + model.opset("") + " cannot repeat. Export the network with operator set 13 or later.");
        }
        // As many as there are examples in the input that takes them.
        String of = OneInput.picture(left).orElse(left.get(0)).name();
        String one = editor.freshName(input.name() + ".value");
        String size = editor.freshName(input.name() + ".sizes");
        String zero = editor.freshName(input.name() + ".zero");
        String count = editor.freshName(input.name() + ".count");
        String target = editor.freshName(input.name() + ".shape");
        String rest = editor.freshName(input.name() + ".rest");
        long[] behindSizes = behind.stream().mapToLong(Dim::size).toArray();
        editor.put(tensor(one, type, shape, text));
        editor.put(Tensor.ofLongs(zero, new long[] {1}, 0));
        made.add(Node.of("Shape", size, List.of(of), List.of(size)));
        made.add(Node.of("Gather", count, List.of(size, zero), List.of(count)).with("axis", 0L));
        String wanted = count;
        if (behindSizes.length > 0) {
            editor.put(Tensor.ofLongs(rest, new long[] {behindSizes.length}, behindSizes));
            made.add(Node.of("Concat", target, List.of(count, rest), List.of(target))
                    .with("axis", 0L));
            wanted = target;
        }
        made.add(Node.of("Expand", input.name() + ".expand", List.of(one, wanted), List.of(input.name())));
    }

    private static Tensor tensor(String name, ElementType type, long[] shape, String text) {
        int size = 1;
        for (long axis : shape) {
            size = Math.multiplyExact(size, Math.toIntExact(axis));
        }
        String[] words = text.strip().split(",");
        if (words.length != 1 && words.length != size) {
            throw new Refusal("The input " + name + " takes " + size + " numbers, but " + words.length
                    + " were given. Give one, or " + size + " separated by commas.");
        }
        ByteBuffer data = ByteBuffer.allocate(size * Math.max(1, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            put(data, name, type, words[words.length == 1 ? 0 : i].strip().toLowerCase(Locale.ROOT));
        }
        return Tensor.ofBytes(name, type, shape, data.flip());
    }

    private static void put(ByteBuffer data, String name, ElementType type, String word) {
        String number = word.equals("true") ? "1" : word.equals("false") ? "0" : word;
        try {
            switch (type) {
                case FLOAT -> data.putFloat(Float.parseFloat(number));
                case DOUBLE -> data.putDouble(Double.parseDouble(number));
                case FLOAT16 -> data.putShort(HalfFloats.floatToHalf(Float.parseFloat(number)));
                case INT64 -> data.putLong(Long.parseLong(number));
                case INT32 -> data.putInt(Integer.parseInt(number));
                case UINT8, INT8 -> data.put((byte) Integer.parseInt(number));
                case BOOL -> data.put((byte) (Double.parseDouble(number) == 0 ? 0 : 1));
                default ->
                    throw new Refusal("The input " + name + " is of type " + type + ", for which no value can be given."
                            + " Export the network without it.");
            }
        } catch (NumberFormatException e) {
            throw new Refusal("The input " + name + " takes " + type + "; \"" + word + "\" is none.", e);
        }
    }
}
