package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.shell.DroppedFiles.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedFilesTest {
    @TempDir
    Path folder;

    @Test
    void eachKindIsKnownByItsFile() {
        assertThat(DroppedFiles.of(List.of(Path.of("a.onnx"))).kind()).isEqualTo(Kind.NETWORK);
        assertThat(DroppedFiles.of(List.of(Path.of("A.ONNX"))).kind()).isEqualTo(Kind.NETWORK);
        assertThat(DroppedFiles.of(List.of(Path.of("run.graft"))).kind()).isEqualTo(Kind.RUN);
        assertThat(DroppedFiles.of(List.of(Path.of("mails.csv"))).kind()).isEqualTo(Kind.DATA);
        assertThat(DroppedFiles.of(List.of(folder)).kind()).isEqualTo(Kind.DATA);
    }

    @Test
    void aFolderOfAHubIsTheNetworkInIt() throws IOException {
        Path network =
                Files.createDirectories(folder.resolve("bert").resolve("onnx")).resolve("model.onnx");
        Files.createFile(network);
        DroppedFiles dropped = DroppedFiles.of(List.of(folder.resolve("bert")));
        assertThat(dropped.kind()).isEqualTo(Kind.NETWORK);
        assertThat(dropped.files()).containsExactly(network);
    }
}
