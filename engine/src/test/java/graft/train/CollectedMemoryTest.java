package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.data.ClassTargets;
import graft.objective.CrossEntropy;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import graft.ops.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Java frees between the forward and the backward pass must be nothing that PyTorch reads again. */
class CollectedMemoryTest {
    private static final int TIMES = 20;

    @AfterEach
    void recordNothingMore() {
        TorchEngine.recordGradients(false);
    }

    /** The blocks of buffers that nobody holds are freed, which overwrites their beginning. */
    private static void collect() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(20);
        }
    }

    /** Softmax of (0, ln 2, ln 5) is (1, 2, 5) / 8; the gradient of the mean over two is (softmax − target) / 2. */
    @Test
    void theLossGoesBackOverWhatIsStillThere() throws InterruptedException {
        float[] row = {0, (float) Math.log(2), (float) Math.log(5)};
        float[] logits = {row[0], row[1], row[2], row[0], row[1], row[2]};
        ClassTargets targets = ClassTargets.equal(new int[] {0, 2}, 3);
        Map<String, Values> wanted = targets.of(new int[] {0, 1}, 2);
        try (NDManager step = TorchEngine.start(1);
                StepLoss loss = new StepLoss(CrossEntropy.over("logits"), step)) {
            List<NDArray> leaves = new ArrayList<>();
            List<NDArray> losses = new ArrayList<>();
            TorchEngine.recordGradients(true);
            for (int i = 0; i < TIMES; i++) {
                NDArray leaf = ArrayTensors.toArray(step, logits, 2, 3);
                leaf.setRequiresGradient(true);
                leaves.add(leaf);
                losses.add(loss.of(step, Map.of("logits", leaf), wanted, 2));
            }
            collect();
            losses.forEach(TorchEngine::backward);
            for (NDArray leaf : leaves) {
                assertThat(TorchEngine.gradient(step, leaf).orElseThrow().toFloatArray())
                        .containsExactly(
                                new float[] {-7f / 16, 1f / 8, 5f / 16, 1f / 16, 1f / 8, -3f / 16}, within(1e-6f));
            }
        }
    }

    /** y = ½ · x · w + ¼ · b; with x = (1, 2) and the gradient of y (1, 1): dw = ((½, ½), (1, 1)), db = (¼, ¼). */
    @Test
    void factorsOfAGemmAreStillThere() throws InterruptedException {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.of(1), Dim.of(2))));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.of(1), Dim.of(2))));
        editor.put(Tensor.ofFloats("w", new long[] {2, 2}, 1, 2, 3, 4));
        editor.put(Tensor.ofFloats("b", new long[] {2}, 5, 6));
        editor.nodes()
                .add(Node.of("Gemm", "gemm", List.of("x", "w", "b"), List.of("y"))
                        .with("alpha", 0.5f)
                        .with("beta", 0.25f));
        try (NDManager manager = TorchEngine.start(1);
                Executor executor = new Executor(model.withGraph(editor.build()), manager, Set.of("w", "b"));
                NDManager step = manager.newSubManager()) {
            NDArray x = ArrayTensors.toArray(step, new float[] {1, 2}, 1, 2);
            TorchEngine.recordGradients(true);
            List<NDArray> sums = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                sums.add(executor.run(step, Map.of("x", x), Mode.INFERENCE)
                        .get("y")
                        .sum());
            }
            collect();
            sums.forEach(TorchEngine::backward);
            assertThat(executor.gradient(step, "w").orElseThrow().toFloatArray())
                    .containsExactly(new float[] {10, 10, 20, 20}, within(1e-5f));
            assertThat(executor.gradient(step, "b").orElseThrow().toFloatArray())
                    .containsExactly(new float[] {5, 5}, within(1e-5f));
        }
    }
}
