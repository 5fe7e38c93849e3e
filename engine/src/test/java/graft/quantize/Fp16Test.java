package graft.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import graft.deploy.Graphs;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.quantize.QuantizationReport.Left;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected numbers: ONNX Runtime's answers to the float network. */
class Fp16Test {
    private static final long[] SHAPE = {2, 3, 8, 8};

    @Test
    void answersToThreeDigits() {
        Model model = Graphs.ofOpset(13)
                .random("w", 0.4, 6, 3, 3, 3)
                .node("Conv", "x,w", "c")
                .batchNorm("bn", "c", "n", 6)
                .node("Relu", "n", "r")
                .node("GlobalAveragePool", "r", "p")
                .node("Flatten", "p", "f")
                .random("v", 0.5, 6, 4)
                .node("MatMul", "f,v", "l")
                .node("Softmax", "l", "y")
                .model(SHAPE);
        Fp16.Half half = Fp16.convert(model, Graphs.input(1, SHAPE));
        assertThat(half.left()).isEmpty();
        assertThat(half.model().graph().initializers().values())
                .allMatch(tensor -> tensor.type() == ElementType.FLOAT16);
        Map<String, Values> x = Graphs.input(1, SHAPE);
        assertThat(Graphs.error(Graphs.run(model, x), Graphs.run(half.model(), x)))
                .isLessThan(2e-3);
    }

    @Test
    void aLayerNormOfOldFilesStaysFloat() {
        // Variances around 1e-9 and an epsilon of 1e-12 are zero in fp16: the network would answer with NaN.
        Model model = Graphs.ofOpset(13)
                .constant(Tensor.ofFloats("small", new long[0], 3e-5f))
                .constant(Tensor.ofFloats("two", new long[0], 2))
                .constant(Tensor.ofFloats("eps", new long[0], 1e-12f))
                .node("Mul", "x,small", "s")
                .node("Pow", "s,two", "q")
                .node(Node.of("ReduceMean", "mean", List.of("q"), List.of("v")).with("axes", new long[] {3}))
                .node("Add", "v,eps", "e")
                .node("Sqrt", "e", "d")
                .node("Div", "s,d", "y")
                .model(SHAPE);
        Fp16.Half half = Fp16.convert(model, Graphs.input(1, SHAPE));
        assertThat(half.left()).extracting(Left::op).contains("Pow", "ReduceMean", "Add", "Sqrt");
        Map<String, Values> x = Graphs.input(1, SHAPE);
        assertThat(Graphs.error(Graphs.run(model, x), Graphs.run(half.model(), x)))
                .isLessThan(0.05);
    }

    @Test
    void constantsTooLargeForFp16StayFloat() {
        Model model = Graphs.ofOpset(13)
                .constant(Tensor.ofFloats("mask", new long[] {8}, 0, 0, -1e9f, 0, 0, 0, 0, 0))
                .node("Add", "x,mask", "m")
                .node("Softmax", "m", "s")
                .node("Relu", "s", "y")
                .model(SHAPE);
        Fp16.Half half = Fp16.convert(model, Graphs.input(1, SHAPE));
        assertThat(half.left())
                .contains(new Left("m.node", "Add", "its constant mask has numbers that fp16 does not"))
                .extracting(Left::op)
                .containsExactly("Add", "Softmax");
        Map<String, Values> x = Graphs.input(1, SHAPE);
        assertThat(Graphs.error(Graphs.run(model, x), Graphs.run(half.model(), x)))
                .isLessThan(2e-3);
    }

    @Test
    void whatPasses65504StaysFloat(@TempDir Path folder) {
        Model model = Graphs.ofOpset(13)
                .constant(Tensor.ofFloats("k", new long[0], 60000))
                .node("Mul", "x,k", "a")
                .node("Relu", "a", "r")
                .node("Mul", "x,r", "b")
                .node("Sigmoid", "x", "s")
                .node("Add", "b,s", "y")
                .model(SHAPE);
        Path file = folder.resolve("float.onnx");
        OnnxFile.write(model, file);
        HalfPrecision half = HalfPrecision.write(file, folder.resolve("half.onnx"), Graphs.input(1, SHAPE));
        assertThat(half.left()).extracting(Left::op).containsExactly("Mul", "Relu", "Mul", "Add");
        assertThat(half.left().get(0).reason()).startsWith("its numbers reach");
        assertThat(half.nodesHalved()).isEqualTo(1);
        assertThat(half.maxAbsDifference()).isLessThan(1);
    }
}
