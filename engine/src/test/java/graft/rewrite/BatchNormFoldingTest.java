package graft.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.deploy.Graphs;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Values;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Expected numbers: ONNX Runtime's answers to the network before folding. */
class BatchNormFoldingTest {
    private static final float TOLERANCE = 1e-4f;

    @Property(tries = 12)
    void foldedConvAnswersAsBefore(@ForAll @IntRange(min = 1, max = 3) int groups, @ForAll boolean hasBias) {
        Graphs graph = Graphs.ofOpset(13).random("w", 0.5, 2 * groups, 2, 3, 3);
        if (hasBias) {
            graph.random("b", 1, 2 * groups);
        }
        Node conv = Node.of("Conv", "conv", hasBias ? List.of("x", "w", "b") : List.of("x", "w"), List.of("c"))
                .with("group", (long) groups);
        Model model = graph.node(conv).batchNorm("bn", "c", "y", 2 * groups).model(1, 2 * groups, 6, 6);
        assertFoldsEqually(model, "Conv", 2, 2 * groups, 6, 6);
    }

    @Property(tries = 6)
    void foldedConvTransposeAnswersAsBefore(@ForAll @IntRange(min = 1, max = 2) int groups) {
        Model model = Graphs.ofOpset(13)
                .random("w", 0.5, 2 * groups, 3, 3, 3)
                .node(Node.of("ConvTranspose", "up", List.of("x", "w"), List.of("c"))
                        .with("group", (long) groups))
                .batchNorm("bn", "c", "y", 3 * groups)
                .model(1, 2 * groups, 4, 4);
        assertFoldsEqually(model, "ConvTranspose", 2, 2 * groups, 4, 4);
    }

    @Property(tries = 8)
    void foldedGemmAnswersAsBefore(@ForAll boolean transposed, @ForAll boolean scaled) {
        Node gemm = Node.of("Gemm", "fc", List.of("x", "w", "b"), List.of("c"))
                .with("transB", transposed ? 1L : 0L)
                .with("alpha", scaled ? 0.5f : 1f)
                .with("beta", scaled ? 2f : 1f);
        Model model = Graphs.ofOpset(13)
                .random("w", 0.5, transposed ? new long[] {5, 4} : new long[] {4, 5})
                .random("b", 1, 5)
                .node(gemm)
                .batchNorm("bn", "c", "y", 5)
                .model(1, 4);
        assertFoldsEqually(model, "Gemm", 3, 4);
    }

    @Test
    void batchNormAfterBatchNormFoldsToo() {
        Model model = Graphs.ofOpset(13)
                .random("w", 0.5, 3, 2, 1, 1)
                .node("Conv", "x,w", "c")
                .batchNorm("bn", "c", "n", 3)
                .batchNorm("bn2", "n", "y", 3)
                .model(1, 2, 4, 4);
        assertFoldsEqually(model, "Conv", 1, 2, 4, 4);
    }

    @Test
    void layersThatShareAWeightKeepIt() {
        Model model = Graphs.ofOpset(13)
                .random("w", 0.5, 3, 3, 1, 1)
                .node("Conv", "x,w", "c")
                .batchNorm("bn", "c", "n", 3)
                .node("Conv", "n,w", "y")
                .model(1, 3, 4, 4);
        assertFoldsEqually(model, "Conv", 1, 3, 4, 4);
    }

    @Test
    void whatOthersReadIsNotFolded() {
        Model model = Graphs.ofOpset(13)
                .random("w", 0.5, 3, 3, 1, 1)
                .node("Conv", "x,w", "c")
                .batchNorm("bn", "c", "n", 3)
                .node("Add", "c,n", "y")
                .model(1, 3, 4, 4);
        assertThat(Graphs.operators(BatchNormFolding.fold(model))).contains("BatchNormalization");
    }

    private static void assertFoldsEqually(Model model, String left, long... shape) {
        Model folded = BatchNormFolding.fold(model);
        assertThat(Graphs.operators(folded)).isNotEmpty().allMatch(left::equals);
        Map<String, Values> x = Graphs.input(1, shape);
        float[] expected = Graphs.run(model, x);
        float[] actual = Graphs.run(folded, x);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(TOLERANCE * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
