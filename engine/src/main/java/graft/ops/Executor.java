package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.onnx.Model;
import graft.onnx.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes an ONNX graph on DJL arrays. Owns the arrays of the graph's initializers; those that learn carry gradients
 * while {@link TorchEngine#recordGradients} is on. For one thread, the one that started the engine.
 */
public final class Executor implements AutoCloseable {
    private final NDManager held;
    private final TorchScript torchScript;
    private final Program program;
    /** Each weight that learns as a leaf of its own, on the weight's memory: a gradient is freed with its leaf only. */
    private final Map<String, NDArray> learning = new LinkedHashMap<>();

    /**
     * @param trainable names of the initializers, and of results of nodes that read constants only, that learn
     * @throws Refusal naming the first operator or element type that the executor cannot compute
     */
    public Executor(Model model, NDManager parent, Set<String> trainable) {
        this(model, parent, trainable, true);
    }

    /** One that computes node by node as the file has it, also where several nodes stand for one operator of PyTorch. */
    static Executor nodeByNode(Model model, NDManager parent, Set<String> trainable) {
        return new Executor(model, parent, trainable, false);
    }

    private Executor(Model model, NDManager parent, Set<String> trainable, boolean fusing) {
        held = parent.newSubManager();
        torchScript = new TorchScript(held);
        try {
            Model inlined = model.inlined();
            program = new Program(inlined.graph(), inlined.opsets(), held, torchScript, trainable, fusing);
            for (String name : trainable) {
                if (tensor(name) == null) {
                    throw new Refusal("The network has no weight named " + name + ".");
                }
                learning.put(name, null);
            }
            clearGradients();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Calls of operators in one run. */
    int size() {
        return program.size();
    }

    /** The array of an initializer, without its gradient; it belongs to the executor. */
    public NDArray tensor(String name) {
        return program.tensors().get(name);
    }

    /** What {@link TorchEngine#backward} added up for a weight; empty where nothing reached it. Belongs to {@code step}. */
    public Optional<NDArray> gradient(NDManager step, String name) {
        return TorchEngine.gradient(step, learning.get(name));
    }

    /** Frees the gradients. Kept at zero they would take the room of all weights at the time when memory is scarce. */
    public void clearGradients() {
        learning.replaceAll((name, had) -> {
            if (had != null) {
                had.close();
            }
            NDArray leaf = tensor(name).stopGradient();
            leaf.attach(held);
            leaf.setRequiresGradient(true);
            program.replace(name, leaf);
            return leaf;
        });
    }

    /** Puts other values into an initializer's array. */
    public void set(String name, Tensor value) {
        try (NDManager scratch = held.newSubManager()) {
            torchScript.call(
                    scratch, "return torch.copy_(a, b)", 1, tensor(name), ArrayTensors.toArray(scratch, value));
        }
    }

    /**
     * Runs the graph. Results and everything on the way belong to {@code step}, which the caller closes once it has
     * read them.
     *
     * @param inputs arrays by the names of the graph's inputs
     * @return the graph's outputs by name, in its order
     */
    public Map<String, NDArray> run(NDManager step, Map<String, NDArray> inputs, Mode mode) {
        requireAll(inputs);
        return program.named(program.run(step, inputs, mode));
    }

    /** {@link #run}, keeping little for the backward pass. Turns the recording of gradients on. */
    public Recomputation runSparingly(NDManager step, Map<String, NDArray> inputs, Mode mode) {
        requireAll(inputs);
        return new Recomputation(program, step, inputs, mode);
    }

    private void requireAll(Map<String, NDArray> inputs) {
        for (String name : program.inputNames()) {
            if (!inputs.containsKey(name)) {
                throw new Refusal("The network needs the input " + name + ", which was not given.");
            }
        }
    }

    @Override
    public void close() {
        torchScript.close();
        held.close();
    }
}
