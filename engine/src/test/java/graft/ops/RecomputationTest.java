package graft.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.testdata.TinyNetworks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecomputationTest {
    private static Tensor pictures() {
        Random random = new Random(3);
        float[] values = new float[4 * 3 * TinyNetworks.SIZE * TinyNetworks.SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.ofFloats("x", new long[] {4, 3, TinyNetworks.SIZE, TinyNetworks.SIZE}, values);
    }

    /** The answer, all gradients, and all tensors afterwards. */
    private static Map<String, float[]> step(Model model, Mode mode, boolean sparing) {
        Set<String> learning = new TreeSet<>(model.graph().initializers().keySet());
        learning.removeIf(name -> name.contains("mean") || name.contains("var"));
        Map<String, float[]> out = new LinkedHashMap<>();
        try (NDManager manager = TorchEngine.start(1);
                Executor executor = new Executor(model, manager, learning);
                NDManager step = manager.newSubManager()) {
            Map<String, NDArray> feed = Map.of("x", ArrayTensors.toArray(step, pictures()));
            TorchEngine.recordGradients(true);
            NDArray y;
            if (sparing) {
                Recomputation run = executor.runSparingly(step, feed, mode);
                y = run.outputs().get("y");
                out.put("y", y.toFloatArray());
                TorchEngine.backward(y.mul(y).sum());
                run.backward();
            } else {
                y = executor.run(step, feed, mode).get("y");
                out.put("y", y.toFloatArray());
                TorchEngine.backward(y.mul(y).sum());
            }
            TorchEngine.recordGradients(false);
            learning.forEach(name -> out.put(
                    "gradient of " + name,
                    executor.gradient(step, name).orElseThrow().toFloatArray()));
            model.graph()
                    .initializers()
                    .keySet()
                    .forEach(name -> out.put(name, executor.tensor(name).toFloatArray()));
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientsAndStatisticsAreThoseOfKeepingEverything(boolean branching) {
        Model model = branching ? TinyNetworks.branching() : TinyNetworks.convolutional();
        Mode mode = new Mode(false, branching ? Set.of() : Set.of("n1", "n2"), Precision.FP32, false);
        Map<String, float[]> wanted = step(model, mode, false);
        Map<String, float[]> found = step(model, mode, true);
        assertThat(found.keySet()).isEqualTo(wanted.keySet());
        wanted.forEach((name, values) -> assertThat(found.get(name)).as(name).containsExactly(values, within(1e-5f)));
    }

    @Test
    void whatIsRandomIsTheSameTheSecondTime() {
        Model model = Model.create("graft tests", 8, 17);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.of(100))));
        float[] ones = new float[100];
        Arrays.fill(ones, 1);
        editor.put(Tensor.ofFloats("w", new long[] {100}, ones));
        editor.put(Tensor.ofFloats("half", new long[0], 0.5f));
        List<Node> nodes = new ArrayList<>(List.of(
                Node.of("Mul", "first", List.of("x", "w"), List.of("t0")),
                Node.of("Dropout", "drop", List.of("t0", "half"), List.of("t1"))));
        for (int i = 1; i <= 8; i++) {
            nodes.add(Node.of("Neg", "turn" + i, List.of("t" + i), List.of("t" + (i + 1))));
        }
        nodes.add(Node.of("Identity", "last", List.of("t9"), List.of("y")));
        editor.nodes().addAll(nodes);
        editor.outputs(List.of(ValueInfo.ofName("y")));
        try (NDManager manager = TorchEngine.start(1);
                Executor executor = new Executor(model.withGraph(editor.build()), manager, Set.of("w"));
                NDManager step = manager.newSubManager()) {
            TorchEngine.seed(4);
            Recomputation run = executor.runSparingly(
                    step, Map.of("x", step.create(ones)), new Mode(true, Set.of(), Precision.FP32, false));
            NDArray y = run.outputs().get("y");
            TorchEngine.backward(y.sum());
            run.backward();
            TorchEngine.recordGradients(false);
            // 2 where dropout passed an element on, else 0; so is the slope.
            float[] passed = y.toFloatArray();
            assertThat(passed).contains(0f, 2f);
            assertThat(executor.gradient(step, "w").orElseThrow().toFloatArray())
                    .containsExactly(passed);
        }
    }

    @Test
    void stretchesAreBoundedWhereLittleCrosses() {
        int[] crossing = {2, 2, 1, 2, 2, 2, 3, 1, 2};
        assertThat(Recomputation.bounds(crossing)).containsExactly(0, 3, 6, 9);
        crossing[6] = 1;
        assertThat(Recomputation.bounds(crossing)).containsExactly(0, 3, 7, 9);
        assertThat(Recomputation.bounds(new int[] {1})).containsExactly(0, 1);
    }
}
