package graft.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counted by hand: a convolution 3 → 8 of 3×3 on 10×10, pooling, and a linear layer 8 → 4. */
class CostTest {
    private static final Map<String, long[]> SHAPES = Map.of(
            "c", new long[] {1, 8, 10, 10},
            "p", new long[] {1, 8, 1, 1},
            "f", new long[] {1, 8},
            "y", new long[] {1, 4});

    @TempDir
    Path folder;

    private Network network() {
        GraphEditor editor = Model.create("graft tests", 8, 13).graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(10), Dim.of(10))));
        editor.put(Tensor.ofFloats("conv.weight", new long[] {8, 3, 3, 3}, new float[216]));
        editor.put(Tensor.ofFloats("fc.weight", new long[] {4, 8}, new float[32]));
        editor.nodes()
                .add(Node.of("Conv", "conv", List.of("x", "conv.weight"), List.of("c"))
                        .with("pads", 1L, 1L, 1L, 1L));
        editor.nodes().add(Node.of("GlobalAveragePool", "pool", List.of("c"), List.of("p")));
        editor.nodes().add(Node.of("Flatten", "flat", List.of("p"), List.of("f")));
        editor.nodes()
                .add(Node.of("Gemm", "fc", List.of("f", "fc.weight"), List.of("y"))
                        .with("transB", 1L));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(Model.create("graft tests", 8, 13).withGraph(editor.build()), file);
        return Importer.open(file);
    }

    @Test
    void productsCountTwiceAndTheRestOnce() {
        Cost all = Cost.of(network(), SHAPES::get);
        double conv = 2.0 * 800 * 27;
        double linear = 2.0 * 4 * 8;
        assertThat(all.forward()).isEqualTo(conv + 8 + 8 + linear);
        assertThat(all.weights()).isEqualTo(4 * (216 + 32));
        assertThat(all.learning()).isZero();
    }

    @Test
    void onlyWhatLearnsKeepsWhatItComputesAndGoesBack() {
        Cost cost = Cost.of(network().withTrainable(Set.of("fc.weight")), SHAPES::get);
        assertThat(cost.learning()).isEqualTo(64);
        assertThat(cost.kept()).isEqualTo(16);
        // Weights; gradient and Adam's two numbers for 32 of them; four numbers for each of ten.
        assertThat(cost.stepBytes(10)).isEqualTo(4 * 248 + 3 * 4 * 32 + 16 * 10);
        // Of ten examples that take a second each: the share of the linear layer, once forward and twice back.
        assertThat(cost.epochSeconds(10, 1, true)).isCloseTo(10 * 3 * 64 / cost.forward(), within(1e-12));
        assertThat(cost.epochSeconds(10, 1, false)).isCloseTo(10 * (1 + 2 * 64 / cost.forward()), within(1e-9));
    }
}
