package graft.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.Graph;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkPathTest {
    @TempDir
    Path folder;

    @Test
    void minilmIsTheNetworkThatSentenceTransformersPublished() {
        Path file = NetworkPath.of(Path.of("minilm"));
        assertThat(file.resolveSibling("tokenizer.json")).isRegularFile();
        Graph graph = OnnxFile.read(file).graph();
        assertThat(graph.inputs())
                .extracting(input -> input.name())
                .containsExactly("input_ids", "attention_mask", "token_type_ids");
        // 22,713,216 weights are published; the pooler's 384 · 384 + 384 are not in the file, 512 position numbers are.
        assertThat(graph.initializers().values().stream()
                        .filter(tensor -> tensor.type().isFloat() && tensor.shape().length > 0)
                        .mapToLong(Tensor::size)
                        .sum())
                .isEqualTo(22_713_216 - 384 * 384 - 384);
    }

    @Test
    void filesAndFoldersComeBeforeNames() throws IOException {
        Path file = Files.writeString(folder.resolve("net.onnx"), "x");
        assertThat(NetworkPath.of(file)).isEqualTo(file);
        assertThat(NetworkPath.of(folder)).isEqualTo(file);
        Path hub = Files.createDirectories(folder.resolve("hub/onnx"));
        Path model = Files.writeString(hub.resolve("model.onnx"), "x");
        assertThat(NetworkPath.of(folder.resolve("hub"))).isEqualTo(model);
        assertThat(NetworkPath.of(Path.of("nothing"))).isEqualTo(Path.of("nothing"));
        assertThat(NetworkPath.of(Path.of("graft-resnet"))).isEqualTo(BuiltInNetwork.file());
    }
}
