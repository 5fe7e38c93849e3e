package graft.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.MissingOperator;
import graft.ops.Mode;
import graft.ops.OpTable;
import graft.ops.TorchEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Values of several tensors of a network and the gradients of one score by each, found in one pass forward and one back. PyTorch keeps
 * gradients of leaves only: so to each tensor zeros are added, which are leaves and have the tensor's gradient.
 */
final class LayerGradients {
    private final String logits;
    private final Map<String, Values> inputs;
    /** The earliest of the tensors, which is fed; what is below it is not computed here. */
    private final String lowest;

    private final Model above;
    /** What is added to each tensor, as an input of {@link #above}. */
    private final Map<String, ValueInfo> zeros = new LinkedHashMap<>();

    /**
     * @param tensors that the logits are computed from, the last first; of these as many are asked about as PyTorch can compute what is
     *     above
     * @param types of the tensors
     * @throws Refusal where it cannot even for the first
     */
    LayerGradients(
            Model model,
            String logits,
            List<String> tensors,
            Map<String, ElementType> types,
            Map<String, Values> inputs) {
        this.logits = logits;
        this.inputs = inputs;
        int count = tensors.size();
        Model part = above(model, logits, tensors, count, types);
        List<MissingOperator> missing = OpTable.ALL.missing(part);
        while (!missing.isEmpty()) {
            if (--count == 0) {
                throw new Refusal("No gradients go through " + MissingOperator.list(missing) + ".");
            }
            part = above(model, logits, tensors, count, types);
            missing = OpTable.ALL.missing(part);
        }
        this.lowest = tensors.get(count - 1);
        GraphEditor editor = part.graph().edit();
        for (String tensor : tensors.subList(0, count - 1)) {
            String zero = editor.freshName(tensor + "_zero");
            zeros.put(tensor, ValueInfo.ofType(zero, types.getOrDefault(tensor, ElementType.FLOAT)));
            addTo(editor, tensor, zero);
        }
        List<ValueInfo> fed = new ArrayList<>(part.graph().inputs());
        fed.addAll(zeros.values());
        List<ValueInfo> answered = new ArrayList<>(part.graph().outputs());
        zeros.keySet().forEach(tensor -> answered.add(ValueInfo.ofName(tensor)));
        this.above = part.withGraph(editor.inputs(fed).outputs(answered).build());
    }

    private static Model above(
            Model model, String logits, List<String> tensors, int count, Map<String, ElementType> types) {
        return SubGraph.cut(model, Set.of(tensors.get(count - 1)), List.of(logits), types);
    }

    private static void addTo(GraphEditor editor, String tensor, String zero) {
        String raw = editor.freshName(tensor + "_raw");
        List<Node> nodes = editor.nodes();
        int at = 0;
        while (!nodes.get(at).outputs().contains(tensor)) {
            at++;
        }
        Node maker = nodes.get(at);
        nodes.set(
                at,
                maker.withOutputs(maker.outputs().stream()
                        .map(output -> output.equals(tensor) ? raw : output)
                        .toList()));
        nodes.add(at + 1, Node.of("Add", editor.freshName(tensor + "_add"), List.of(raw, zero), List.of(tensor)));
    }

    /**
     * One tensor.
     *
     * @param gradient empty where none arrives
     */
    record Found(float[] values, Optional<float[]> gradient) {}

    /**
     * By tensor, in the order that they were given.
     *
     * @param value computes the one that is fed, of {@link #inputs}
     * @param shapes of the tensors
     * @param index of the score among those of the whole batch; the first example's come first
     * @param sign −1 where a low number speaks for the class
     */
    Map<String, Found> of(Function<String, Values> value, Map<String, long[]> shapes, int index, int sign) {
        try (NDManager manager = TorchEngine.start(0);
                Executor executor = new Executor(above, manager, Set.of())) {
            TorchEngine.recordGradients(true);
            try (NDManager step = manager.newSubManager()) {
                Map<String, NDArray> fed = new HashMap<>();
                inputs.forEach((name, given) -> fed.put(name, ArrayTensors.toArray(step, given)));
                Map<String, NDArray> leaves = new LinkedHashMap<>();
                zeros.forEach((tensor, zero) ->
                        leaves.put(tensor, leaf(step, zeros(zero.type().orElseThrow(), shapes.get(tensor)))));
                leaves.forEach((tensor, leaf) -> fed.put(zeros.get(tensor).name(), leaf));
                NDArray bottom = leaf(step, value.apply(lowest));
                fed.put(lowest, bottom);
                Map<String, NDArray> answered = executor.run(step, fed, Mode.INFERENCE);
                backward(step, answered.get(logits), index, sign);
                Map<String, Found> out = new LinkedHashMap<>();
                leaves.forEach((tensor, leaf) -> out.put(tensor, found(step, answered.get(tensor), leaf)));
                out.put(lowest, found(step, bottom, bottom));
                return out;
            } finally {
                TorchEngine.recordGradients(false);
            }
        }
    }

    private static NDArray leaf(NDManager step, Values values) {
        NDArray leaf = ArrayTensors.toArray(step, values);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    private static Values zeros(ElementType type, long[] shape) {
        int count = 1;
        for (long axis : shape) {
            count = Math.multiplyExact(count, Math.toIntExact(axis));
        }
        return new Values(
                type, shape, ByteBuffer.allocateDirect(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static void backward(NDManager step, NDArray scores, int index, int sign) {
        float[] chosen = new float[Math.toIntExact(scores.size())];
        chosen[index] = sign;
        NDArray one =
                ArrayTensors.toArray(step, Values.ofFloats(scores.getShape().getShape(), chosen));
        // PyTorch refuses to go back from what depends on nothing that learns.
        NDArray anchor = ArrayTensors.number(step, 0);
        anchor.setRequiresGradient(true);
        TorchEngine.backward(scores.mul(one).sum().add(anchor));
    }

    private static Found found(NDManager step, NDArray values, NDArray leaf) {
        return new Found(floats(values), TorchEngine.gradient(step, leaf).map(LayerGradients::floats));
    }

    private static float[] floats(NDArray array) {
        return ArrayTensors.toTensor("", array).toFloats();
    }
}
