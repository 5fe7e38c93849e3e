package graft.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesideTest {
    @Test
    void whatLiesAboveTheFolderOnnxBelongsToItsNetworksUnlessTheyHaveTheirOwn(@TempDir Path hub) throws IOException {
        Path folder = Files.createDirectories(hub.resolve("onnx"));
        Path network = folder.resolve("model.onnx");
        assertThat(Beside.file(network, "config.json")).isEmpty();
        Path above = Files.writeString(hub.resolve("config.json"), "{}");
        assertThat(Beside.file(network, "config.json")).contains(above);
        Path own = Files.writeString(folder.resolve("config.json"), "{}");
        assertThat(Beside.file(network, "config.json")).contains(own);
        // A folder of another name is nobody's layout.
        Path other = Files.createDirectories(hub.resolve("networks")).resolve("net.onnx");
        assertThat(Beside.file(other, "config.json")).isEmpty();
    }
}
