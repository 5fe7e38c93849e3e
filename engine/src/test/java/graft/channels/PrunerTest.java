package graft.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.testdata.TinyNetworks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrunerTest {
    /** 8 · 8 places of 6 · 3 · 9 weights, 4 · 4 of 10 · 6 · 9, and 4 · 10. */
    private static final double ALL = 64 * 162 + 16 * 540 + 40;

    private static Network opened(Model model) {
        return Importer.of(Path.of("net.onnx"), model, Reading.USUAL);
    }

    private static List<Map<String, Values>> examples(Model model) {
        return List.of(ExampleInputs.random(model.graph(), 16, 1));
    }

    @Test
    void aShareOfTheMultiplyAddsStaysAndTheFileRuns() {
        Model model = TinyNetworks.convolutional();
        Pruner.Result made = Pruner.prune(opened(model), 0.5, examples(model), Progress.NONE);
        assertThat(made.macsBefore()).isEqualTo(ALL);
        Graph slim = made.model().graph();
        long first = slim.initializers().get("conv.weight").shape()[0];
        long second = slim.initializers().get("conv2.weight").shape()[0];
        assertThat(made.macs())
                .as("counted by hand from what is left")
                .isEqualTo(64.0 * first * 27 + 16.0 * second * first * 9 + 4.0 * second)
                .isBetween(0.25 * ALL, 0.5 * ALL);
        assertThat(made.groups()).extracting(Pruner.Pruned::kept).containsExactly((int) first, (int) second);
        try (OrtSession session = OrtSession.open(made.model(), 1)) {
            assertThat(session.run(examples(model).get(0)).get("y").shape()).containsExactly(16, 4);
        }
        assertThatThrownBy(() -> Pruner.prune(opened(model), 0.01, examples(model), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("of the multiply-adds stay");
    }

    /** Channels that say nothing are what goes, whatever the others weigh. */
    @Test
    void whatChangesNoAnswerGoesFirst() {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        for (String name : List.of("conv2.weight", "bn2.weight", "bn2.bias")) {
            Tensor tensor = editor.initializers().get(name);
            float[] values = tensor.toFloats();
            int each = values.length / 10;
            Arrays.fill(values, 5 * each, values.length, 0);
            editor.put(Tensor.ofFloats(name, tensor.shape(), values));
        }
        Model half = model.withGraph(editor.build());
        double most = (ALL - 16 * 270 - 20) / ALL;
        Pruner.Result made = Pruner.prune(opened(half), most, examples(half), Progress.NONE);
        assertThat(made.groups()).extracting(Pruner.Pruned::kept).containsExactly(6, 5);
        assertThat(made.groups().get(1).change()).isCloseTo(0, within(1e-6));
        Map<String, Values> asked = examples(half).get(0);
        try (OrtSession before = OrtSession.open(half, 1);
                OrtSession after = OrtSession.open(made.model(), 1)) {
            float[] was = before.run(asked, "y").toTensor("").toFloats();
            float[] is = after.run(asked, "y").toTensor("").toFloats();
            for (int i = 0; i < was.length; i++) {
                assertThat(is[i]).isCloseTo(was[i], within(1e-5f));
            }
        }
    }
}
