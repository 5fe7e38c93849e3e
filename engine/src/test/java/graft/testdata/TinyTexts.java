package graft.testdata;

import graft.data.ClassNames;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A network for texts whose answers are known by hand. */
public final class TinyTexts {
    private TinyTexts() {}

    /** {@code texts.onnx} with its vocabulary beside it: scores are one and a half times how often the words of number 4 (bad) and 5 (good) are in a text. */
    public static Path network(Path folder) throws IOException {
        return network(folder, 1.5f, true);
    }

    /**
     * The same with another factor.
     *
     * @param head whether scores are summed over the tokens; without, they are features of each
     */
    public static Path network(Path folder, float factor, boolean head) throws IOException {
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("input_ids", ElementType.INT64, Dim.free("N"), Dim.free("T"))))
                .outputs(List.of(
                        head
                                ? ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))
                                : ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.free("T"), Dim.of(2))));
        graph.put(Tensor.ofLongs("words", new long[] {2}, 4, 5));
        graph.put(Tensor.ofFloats("more", new long[] {1}, new float[] {factor}));
        graph.put(Tensor.ofLongs("last", new long[] {1}, 2));
        graph.put(Tensor.ofLongs("tokens", new long[] {1}, 1));
        graph.nodes()
                .addAll(List.of(
                        Node.of("Unsqueeze", "", List.of("input_ids", "last"), List.of("each")),
                        Node.of("Equal", "", List.of("each", "words"), List.of("is")),
                        Node.of("Cast", "", List.of("is"), List.of("one")).with("to", 1L),
                        head
                                ? Node.of("ReduceSum", "", List.of("one", "tokens"), List.of("sum"))
                                        .with("keepdims", 0L)
                                : Node.of("Identity", "", List.of("one"), List.of("sum")),
                        Node.of("Mul", "", List.of("sum", "more"), List.of("y"))));
        Path file = folder.resolve("texts.onnx");
        OnnxFile.write(
                empty.withGraph(graph.build())
                        .withMetadata(
                                head
                                        ? Map.of(ClassNames.KEY, ClassNames.toMetadata(List.of("bad", "good")))
                                        : Map.of()),
                file);
        Files.writeString(
                folder.resolve("vocab.txt"), String.join("\n", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "bad", "good"));
        return file;
    }
}
