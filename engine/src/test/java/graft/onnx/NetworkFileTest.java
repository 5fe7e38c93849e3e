package graft.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsReadWhenItIsFirstAskedForAndNotAgain() throws IOException {
        Path path = folder.resolve("n.onnx");
        NetworkFile file = NetworkFile.at(path);
        assertThatThrownBy(file::model).isInstanceOf(Refusal.class).hasMessageContaining("does not exist");
        OnnxFile.write(TinyNetworks.convolutional(), path);
        Model read = file.model();
        Files.delete(path);
        assertThat(file.model()).isSameAs(read);
    }
}
