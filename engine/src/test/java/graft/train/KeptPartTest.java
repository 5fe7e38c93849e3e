package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.ValueInfo;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPartTest {
    @TempDir
    Path folder;

    private FineTuningPlan plan(Consumer<GraphEditor> change) throws IOException {
        Model model = TinyNetworks.convolutional().withOpset("own", 1);
        GraphEditor editor = model.graph().edit();
        change.accept(editor);
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        return Plans.of(file, NpzFiles.examples(folder.resolve("data.npz"), 40, 12), folder.resolve("run"))
                .trainable("all")
                .epochs(1)
                .build();
    }

    @Test
    void anUnknownOperatorAboveTheNewHeadHindersNobody() throws IOException {
        FineTuningPlan plan = plan(editor -> {
            editor.nodes()
                    .add(Node.of("Calibrate", "calibrate", List.of("y"), List.of("z"))
                            .in("own"));
            editor.outputs(List.of(ValueInfo.ofType("z", ElementType.FLOAT)));
        });
        FineTuningResult result = FineTuner.run(plan, Progress.NONE);
        assertThat(OnnxFile.read(result.network()).graph().nodes())
                .extracting(Node::opType)
                .doesNotContain("Calibrate");
    }

    @Test
    void anUnknownOperatorBelowItIsNamedWithTheTensorUnderIt() throws IOException {
        FineTuningPlan plan = plan(editor -> {
            editor.nodes()
                    .add(
                            editor.nodes().size() - 1,
                            Node.of("Calibrate", "calibrate", List.of("f"), List.of("f2"))
                                    .in("own"));
            editor.replaceNodes(node -> node.name().equals("fc") ? node.reading("f", "f2") : node);
        });
        assertThatThrownBy(() -> FineTuner.run(plan, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("net.onnx")
                .hasMessageContaining("own::Calibrate (opset 1) at \"calibrate\"")
                .hasMessageContaining("--features f");
    }
}
