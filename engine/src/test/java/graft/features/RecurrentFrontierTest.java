package graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.gradcheck.GradientChecker;
import graft.gradcheck.GradientReport;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import graft.ops.TorchEngine;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recurrent layer as PyTorch exports it with {@code batch_first}: its input is turned first. */
class RecurrentFrontierTest {
    private static final int STEPS = 5;
    private static final int FEATURES = 3;
    private static final int HIDDEN = 4;

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    private Tensor weight(String name, long... shape) {
        int size = 1;
        for (long axis : shape) {
            size *= (int) axis;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian() * 0.4f;
        }
        return Tensor.ofFloats(name, shape, values);
    }

    private Path recurrent(String op, int gates, String direction) {
        int directions = direction.equals("bidirectional") ? 2 : 1;
        Model model = Model.create("graft tests", 8, 17);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(STEPS), Dim.of(FEATURES))));
        editor.put(weight("w", directions, (long) gates * HIDDEN, FEATURES));
        editor.put(weight("r", directions, (long) gates * HIDDEN, HIDDEN));
        editor.put(weight("b", directions, 2L * gates * HIDDEN));
        editor.put(weight("fc", (long) directions * HIDDEN, 2));
        editor.nodes()
                .addAll(List.of(
                        Node.of("Transpose", "turn", List.of("x"), List.of("xt"))
                                .with("perm", new long[] {1, 0, 2}),
                        Node.of(op, "layer", List.of("xt", "w", "r", "b"), List.of("", "last"))
                                .with("hidden_size", (long) HIDDEN)
                                .with("direction", direction),
                        Node.of("Transpose", "back", List.of("last"), List.of("l"))
                                .with("perm", new long[] {1, 0, 2}),
                        Node.of("Flatten", "flat", List.of("l"), List.of("f")),
                        Node.of("MatMul", "fc", List.of("f", "fc"), List.of("y"))));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "LSTM,4,forward",
        "LSTM,4,reverse",
        "LSTM,4,bidirectional",
        "GRU,3,forward",
        "GRU,3,bidirectional",
        "RNN,1,forward",
        "RNN,1,reverse"
    })
    void examplesCrossBeforeTheyAreTurnedAndAnswersAndGradientsAreRight(String op, int gates, String direction) {
        Path file = recurrent(op, gates, direction);
        Network network = Importer.open(file);
        Frontier frontier = Frontier.of(network.withTrainable(network.weights()));
        assertThat(frontier.crossing()).containsExactly("x");
        assertThat(frontier.frozen()).isEmpty();
        Map<String, Values> x = ExampleInputs.random(network.model().graph(), 3, 1);
        try (OrtSession runtime = OrtSession.open(file, 1);
                NDManager manager = TorchEngine.start(1);
                Executor executor = new Executor(frontier.trainable(), manager, Set.of());
                NDManager step = manager.newSubManager()) {
            Map<String, NDArray> arrays = new HashMap<>();
            x.forEach((name, values) ->
                    arrays.put(name, ArrayTensors.toArray(step, values.type(), values.shape(), values.data())));
            NDArray own = executor.run(step, arrays, Mode.INFERENCE).get("y");
            assertThat(ArrayTensors.toTensor("y", own).toFloats())
                    .containsExactly(runtime.run(x).get("y").toTensor("").toFloats(), Assertions.within(1e-6f));
        }
        GradientReport report = GradientChecker.check(file, 4, 3, 1, 1, Progress.NONE);
        assertThat(report.failed()).isZero();
        assertThat(report.passed()).isEqualTo(4);
    }

    /** Below a turn that leaves the first axis alone, as in the patches of a vision transformer, nothing changes. */
    @ParameterizedTest
    @CsvSource({"'1,0,2', x", "'0,2,1', xt"})
    void onlyTurnsOfTheFirstAxisGoAbove(String axes, String crosses) {
        Model model = Model.create("graft tests", 8, 17);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(3))));
        editor.put(weight("w", 3, 2));
        long[] perm =
                List.of(axes.split(",")).stream().mapToLong(Long::parseLong).toArray();
        editor.nodes()
                .addAll(List.of(
                        Node.of("Transpose", "turn", List.of("x"), List.of("xt"))
                                .with("perm", perm),
                        Node.of("MatMul", "fc", List.of("xt", "w"), List.of("y"))));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        Network network = Importer.open(file);
        assertThat(Frontier.of(network.withTrainable(network.weights())).crossing())
                .containsExactly(crosses);
    }
}
