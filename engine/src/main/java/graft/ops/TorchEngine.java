package graft.ops;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import graft.Refusal;
import graft.guard.NativeWords;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Starts PyTorch. Its state is kept per thread (grad mode, memory), so one thread of a process does all the work with
 * it; this class is called on that thread.
 */
public final class TorchEngine {
    private TorchEngine() {}

    /**
     * A manager for everything a run needs, closed by the caller.
     *
     * @param threads threads of one operator; 0 = one per core
     */
    public static NDManager start(int threads) {
        return start(threads, Hardware.CPU);
    }

    /** What computes. */
    public enum Hardware {
        CPU,
        CUDA
    }

    /**
     * {@link #start(int)} on other hardware.
     *
     * @throws Refusal where it is not there
     */
    public static NDManager start(int threads, Hardware hardware) {
        require(hardware);
        Engine engine = engine();
        JniUtils.setGraphExecutorOptimize(false); // the fuser compiles for seconds what runs once
        JniUtils.setNumThreads(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
        JniUtils.setGradMode(false);
        return engine.newBaseManager(hardware == Hardware.CUDA ? Device.gpu() : Device.cpu());
    }

    /**
     * Asks for hardware before anything else is done for it.
     *
     * @throws Refusal where it is not there
     */
    public static void require(Hardware hardware) {
        if (hardware == Hardware.CUDA && engine().getGpuCount() == 0) {
            throw new Refusal(
                    "PyTorch " + engine().getVersion() + " finds no CUDA device here. The usual build of Graft carries"
                            + " PyTorch for the processor alone: see \"On a GPU\" in docs/performance-options.md, or leave --device"
                            + " out.");
        }
    }

    private static Engine engine() {
        // Without these DJL asks the network for cloud metadata when it starts.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException | LinkageError e) {
            throw new Refusal(
                    "PyTorch could not be loaded (" + e.getMessage()
                            + "). Where Graft was built without PyTorch's libraries"
                            + " (the profile cuda), name the folder of LibTorch 2.7.1 in PYTORCH_LIBRARY_PATH and set"
                            + " PYTORCH_FLAVOR=cu128: see docs/performance-options.md.",
                    e);
        }
    }

    /** Adds the gradients of a scalar to those of everything it was computed from. */
    public static void backward(NDArray scalar) {
        try (NDArray one = scalar.getManager().ones(scalar.getShape())) {
            backward(scalar, one);
        }
    }

    /**
     * Work in operators too small to be shared: waiting for one another would cost more than the work, above all where other
     * programs want the cores too.
     */
    public static <T> T onOneThread(Supplier<T> work) {
        return onThreads(1, work);
    }

    static <T> T onThreads(int threads, Supplier<T> work) {
        int usual = JniUtils.getNumThreads();
        JniUtils.setNumThreads(threads);
        try {
            return work.get();
        } finally {
            JniUtils.setNumThreads(usual);
        }
    }

    /** Seeds what is random on this thread: dropout. */
    public static void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /** Whether gradients are recorded on this thread from now on. */
    public static void recordGradients(boolean on) {
        JniUtils.setGradMode(on);
    }

    /**
     * Computes the gradients of sum({@code output} · {@code seed}) and adds them to those that the leaves already hold.
     * {@code output} must have been computed while gradients were recorded.
     */
    public static void backward(NDArray output, NDArray seed) {
        try {
            JniUtils.backward((PtNDArray) output, (PtNDArray) seed, false, false);
        } catch (EngineException e) {
            throw new Refusal(
                    "PyTorch cannot compute the gradients of this network: " + NativeWords.of(e)
                            + ". Let less of it learn (--trainable head), or export it again.",
                    e);
        }
    }

    /** The gradient that a leaf has received; empty where none reached it. The result belongs to {@code step}. */
    public static Optional<NDArray> gradient(NDManager step, NDArray leaf) {
        NDArray gradient = JniUtils.getGradient((PtNDArray) leaf);
        if (gradient == null) {
            return Optional.empty();
        }
        // It belongs to the leaf's manager by default, where a handle would pile up with every step.
        gradient.attach(step);
        return Optional.of(gradient);
    }
}
