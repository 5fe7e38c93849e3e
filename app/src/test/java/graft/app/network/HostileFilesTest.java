package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.RedAndBlue;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.Workers;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
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
import java.util.stream.Stream;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is dropped on the window, it goes on: what cannot be opened is a sentence that names the file. */
class HostileFilesTest {
    @TempDir
    Path folder;

    private final Workers workers = new Workers();
    private final NetworkViewModel networks =
            new NetworkViewModel(new DirectJobRunner(), workers, new SimpleObjectProperty<>(List.of("ants", "bees")));

    @AfterEach
    void close() {
        workers.close();
    }

    private void isSurvived(Path file) {
        Path good = RedAndBlue.network(folder.resolve("good.onnx"), 1);
        networks.dismissProblem();
        networks.open(file);
        String words = networks.problemProperty().get();
        if (words.isEmpty()) {
            assertThat(networks.fileProperty().get()).isEqualTo(file);
        } else {
            assertThat(words)
                    .contains(file.getFileName().toString())
                    .doesNotContain("\n", "java.", "Exception", "/home/");
        }
        networks.open(good);
        assertThat(networks.fileProperty().get()).as("after " + file).isEqualTo(good);
        assertThat(networks.problemProperty().get()).isEmpty();
    }

    @Test
    void filesThatEndedTheProgramAreSentences() throws IOException {
        Path faults = Path.of("../../shared/faults").toAbsolutePath().normalize();
        Assumptions.assumeTrue(Files.isDirectory(faults), () -> "skipped: hostile files are absent (" + faults + ")");
        try (Stream<Path> found = Files.list(faults)) {
            found.filter(file -> file.toString().endsWith(".onnx")).sorted().forEach(this::isSurvived);
        }
    }

    /** 2^40 elements of a few hundred bytes, by concatenating a tensor with itself. */
    @Test
    void aSmallFileThatAsksForATerabyteIsASentence() {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(1 << 10))));
        String last = "x";
        for (int i = 0; i < 30; i++) {
            editor.nodes()
                    .add(Node.of("Concat", "c" + i, List.of(last, last), List.of("d" + i))
                            .with("axis", 1L));
            last = "d" + i;
        }
        editor.nodes()
                .add(Node.of("ReduceMean", "mean", List.of(last), List.of("y")).with("axes", new long[] {1}));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        Path file = folder.resolve("doubling.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        isSurvived(file);
    }

    /** The smallest whole number divided by −1 is a signal of the processor. */
    @Test
    void aDivisionThatOverflowsIsASentence() {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3))));
        editor.put(Tensor.ofLongs("least", new long[] {1}, Long.MIN_VALUE));
        editor.put(Tensor.ofLongs("minus", new long[] {1}, -1));
        editor.nodes()
                .addAll(List.of(
                        Node.of("Div", "div", List.of("least", "minus"), List.of("q")),
                        Node.of("Cast", "cast", List.of("q"), List.of("f")).with("to", 1L),
                        Node.of("Add", "add", List.of("x", "f"), List.of("y"))));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        Path file = folder.resolve("division.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        isSurvived(file);
    }
}
