package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import graft.Refusal;
import graft.inference.ExampleInputs;
import graft.network.Head;
import graft.network.Importer;
import graft.network.Network;
import graft.objective.CrossEntropy;
import graft.onnx.Model;
import graft.onnx.SubGraph;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.MissingOperator;
import graft.ops.Mode;
import graft.ops.Recomputation;
import graft.ops.TorchEngine;
import graft.progress.Progress;
import graft.run.Computing;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Seconds per fine-tuning step on random input, everything learning: for comparing machines, and to say how long a run takes. */
public final class StepTiming {
    /** Steps at the start that do not count: memory is taken, kernels are chosen. */
    private static final int WARM_UP = 2;

    private static final int CLASSES = 10;

    private StepTiming() {}

    /**
     * @param medianS median without the first two steps
     * @param stepS seconds of every step
     * @param peakMib largest resident memory of the process
     */
    public record Result(double medianS, List<Double> stepS, long peakMib) {}

    /**
     * Mean cross-entropy over the first ten entries of the flattened output, SGD with momentum 0.9 and rate 0.001, batch
     * norms on their stored statistics.
     */
    public static Result measure(Path file, int batch, int steps, int threads, Computing computing, Progress progress) {
        double[] seconds = new double[steps];
        try (NDManager manager = TorchEngine.start(threads, computing.device());
                Timed timed = Timed.open(file, batch, manager);
                StepLoss loss = new StepLoss(CrossEntropy.over(Head.LOGITS), manager)) {
            // The file's bytes are arrays of the engine by now.
            Memory.giveBack();
            Map<String, NDArray> weights = new LinkedHashMap<>();
            timed.learning.forEach(name -> weights.put(name, timed.executor.tensor(name)));
            Optimizer optimizer = Optimizer.sgd(weights, 0.9, 0, Map.of(), manager);
            int rows = (int) timed.inputs.values().iterator().next().shape()[0];
            float[] targets = new float[rows * CLASSES];
            for (int i = 0; i < rows; i++) {
                targets[i * CLASSES + i % CLASSES] = 1;
            }
            Map<String, Values> wanted =
                    Map.of(CrossEntropy.TARGET, Values.ofFloats(new long[] {rows, CLASSES}, targets));
            Mode mode = Mode.INFERENCE.with(computing.precision());
            for (int i = 0; i < steps && !progress.isCancelled(); i++) {
                long start = System.nanoTime();
                try (NDManager step = manager.newSubManager()) {
                    Map<String, NDArray> feed = new HashMap<>();
                    timed.inputs.forEach((name, values) ->
                            feed.put(name, ArrayTensors.toArray(step, values.type(), values.shape(), values.data())));
                    TorchEngine.recordGradients(true);
                    Optional<Recomputation> sparing = computing.checkpointActivations()
                            ? Optional.of(timed.executor.runSparingly(step, feed, mode))
                            : Optional.empty();
                    Map<String, NDArray> outputs =
                            sparing.map(Recomputation::outputs).orElseGet(() -> timed.executor.run(step, feed, mode));
                    NDArray logits = outputs.get(timed.output).reshape(rows, -1).get(new NDIndex(":, :" + CLASSES));
                    TorchEngine.backward(loss.of(step, Map.of(Head.LOGITS, logits), wanted, rows));
                    sparing.ifPresent(Recomputation::backward);
                    TorchEngine.recordGradients(false);
                    optimizer.step(step, name -> timed.executor.gradient(step, name), 1e-3);
                    timed.executor.clearGradients();
                }
                seconds[i] = (System.nanoTime() - start) / 1e9;
                progress.stage("steps", i + 1, steps);
            }
        }
        return new Result(median(seconds), Arrays.stream(seconds).boxed().toList(), Memory.peakMib());
    }

    /** The network to be timed, without the file that it comes from. */
    private record Timed(Executor executor, Set<String> learning, Map<String, Values> inputs, String output)
            implements AutoCloseable {
        static Timed open(Path file, int batch, NDManager manager) {
            Network opened = Importer.open(file);
            if (!opened.missingOperators().isEmpty()) {
                throw new Refusal(file + " cannot be trained as a whole: "
                        + MissingOperator.list(opened.missingOperators()) + " cannot be trained through.");
            }
            String output = opened.answer().output();
            Model model = SubGraph.cut(opened.model(), Set.of(), List.of(output), Map.of());
            // What only other outputs need gets no gradient.
            Set<String> learning = new LinkedHashSet<>(opened.weights());
            learning.retainAll(model.graph().initializers().keySet());
            Map<String, Values> inputs = ExampleInputs.random(model.graph(), batch, 1);
            return new Timed(new Executor(model, manager, learning), learning, inputs, output);
        }

        @Override
        public void close() {
            executor.close();
        }
    }

    private static double median(double[] seconds) {
        double[] counted = Arrays.copyOfRange(seconds, Math.min(WARM_UP, seconds.length - 1), seconds.length);
        Arrays.sort(counted);
        int middle = counted.length / 2;
        return counted.length % 2 == 1 ? counted[middle] : (counted[middle - 1] + counted[middle]) / 2;
    }
}
