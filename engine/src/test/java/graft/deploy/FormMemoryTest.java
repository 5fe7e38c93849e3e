package graft.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormMemoryTest {
    private static final int SIDE = 1000;

    @TempDir
    private Path folder;

    @BeforeAll
    static void onLinux() {
        Assumptions.assumeTrue(FormMemory.isTold(), "skipped: the system does not tell what a process had at most");
    }

    /** One example of {@code SIDE} numbers times a matrix of {@code SIDE * columns}: 4 bytes for each weight. */
    private Path network(int columns) {
        Model empty = Model.create("test", 8, 13);
        var editor = empty.graph()
                .edit()
                .named("product")
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.of(1), Dim.of(SIDE))));
        editor.put(Tensor.ofFloats("w", new long[] {SIDE, columns}, new float[SIDE * columns]));
        editor.nodes().add(Node.of("MatMul", "product", List.of("x", "w"), List.of("y")));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.of(1), Dim.of(columns))));
        Path file = folder.resolve("of-" + columns + ".onnx");
        OnnxFile.write(empty.withGraph(editor.build()), file);
        return file;
    }

    private static double megabytes(Path file, String input) throws IOException {
        Values one = Values.ofFloats(new long[] {1, SIDE}, new float[SIDE]);
        return FormMemory.of(file, Map.of(input, one), Progress.NONE).orElseThrow() / 1e6;
    }

    @Test
    void aFormNeedsMemoryForItsWeightsAndNoneForWhatOthersLeftBehind() throws IOException {
        // Loading holds weights up to three times: as read, as parsed, and packed for the product.
        assertThat(megabytes(network(10_000), "x")).isBetween(40.0, 130.0);
        assertThat(megabytes(network(100), "x")).isBetween(0.3, 8.0);
    }

    @Test
    void whatCannotBeAskedIsNotMeasuredAsNothing() {
        Path file = network(100);
        assertThatThrownBy(() -> megabytes(file, "no such input")).isInstanceOf(IOException.class);
    }
}
