package graft.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPlaceTest {
    @TempDir
    private Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void files() throws IOException {
        network = Files.writeString(folder.resolve("net.onnx"), "the user's");
        data = Files.createDirectories(folder.resolve("pictures/train/cat"))
                .getParent()
                .getParent();
    }

    private void refused(Path out, String because) {
        assertThatThrownBy(() -> OutputPlace.checkFile(out, file -> true, network))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(because)
                .hasMessageContaining("--out");
    }

    @Test
    void theFileThatIsReadIsNeverWrittenByWhateverPath() throws IOException {
        refused(network, "is the file that is read, and would be lost");
        refused(folder.resolve("pictures/../net.onnx"), "would be lost");
        refused(Files.createSymbolicLink(folder.resolve("link.onnx"), network), "would be lost");
        refused(Files.createLink(folder.resolve("hard.onnx"), network), "would be lost");
        Path through = Files.createSymbolicLink(folder.resolve("way"), folder);
        refused(through.resolve("net.onnx"), "would be lost");
    }

    @Test
    void placesOfEverybodyAreNoFoldersForResults() {
        for (Path place : List.of(
                Path.of("/"),
                Path.of(System.getProperty("user.home")),
                Path.of(System.getProperty("user.home"), ".", "."),
                Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThatThrownBy(() -> OutputPlace.checkFolder(place, List.of("a.csv"), file -> true, data, network))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("among everything else")
                    .hasMessageContaining("such as " + place.resolve("result"));
        }
    }

    @Test
    void aFolderInUseIsNoPlaceForARun() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.createDirectory(out.resolve("lost+found"));
        Files.writeString(out.resolve(".DS_Store"), "");
        assertThatCode(() -> OutputPlace.checkEmpty(out)).doesNotThrowAnyException();
        assertThatCode(() -> OutputPlace.checkEmpty(folder.resolve("new"))).doesNotThrowAnyException();
        Files.writeString(out.resolve("letter.txt"), "the user's");
        assertThatThrownBy(() -> OutputPlace.checkEmpty(out))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(out + " is in use: it holds letter.txt")
                .hasMessageContaining(out.resolve("result").toString());
    }

    @Test
    void onlyWhatGraftMadeIsReplaced() throws IOException {
        Path foreign = Files.writeString(folder.resolve("other.onnx"), "the user's");
        assertThatThrownBy(() -> OutputPlace.checkFile(foreign, file -> false, network))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(foreign + " exists already")
                .hasMessageContaining("remove it first");
        assertThatCode(() -> OutputPlace.checkFile(foreign, file -> true, network))
                .doesNotThrowAnyException();
        assertThatCode(() -> OutputPlace.checkFile(folder.resolve("new.onnx"), file -> false, network))
                .doesNotThrowAnyException();
        refused(folder.resolve("missing/new.onnx"), "there is no folder");
    }

    private void refusedFolder(Path out, String because) {
        assertThatThrownBy(() -> OutputPlace.checkFolder(out, List.of("network.onnx"), file -> false, data, network))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(because)
                .hasMessageContaining("--out");
    }

    @Test
    void nothingIsWrittenAmongTheExamples() throws IOException {
        refusedFolder(data, "among the examples");
        refusedFolder(data.resolve("train/run"), "among the examples");
        refusedFolder(folder, "is the folder that " + data + " lies in");
        refusedFolder(Files.createSymbolicLink(folder.resolve("alias"), data).resolve("run"), "among the examples");
        refusedFolder(network, "is a file, not a folder");
        assertThatCode(() -> OutputPlace.checkFolder(
                        folder.resolve("run"), List.of("network.onnx"), file -> false, data, network))
                .doesNotThrowAnyException();
        assertThatCode(() -> OutputPlace.checkFolder(
                        folder.resolve("pictures-run"), List.of("network.onnx"), file -> false, data, network))
                .doesNotThrowAnyException();
    }

    @Test
    void aForeignFileOfTheNameOfAResultIsKept() throws IOException {
        Path out = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(out.resolve("network.onnx"), "the user's");
        refusedFolder(out, out.resolve("network.onnx") + " exists already");
        assertThat(out.resolve("network.onnx")).hasContent("the user's");
    }

    @Test
    void foldersMadeForNothingGoAgain() throws IOException {
        try (OutputFolder made = OutputFolder.make(folder.resolve("a/b/c"))) {
            assertThat(folder.resolve("a/b/c")).isDirectory();
        }
        assertThat(folder.resolve("a")).doesNotExist();
        try (OutputFolder made = OutputFolder.make(folder.resolve("a/b/c"))) {
            Files.writeString(folder.resolve("a/b/result"), "x");
        }
        assertThat(folder.resolve("a/b/result")).exists();
        assertThat(folder.resolve("a/b/c")).doesNotExist();
    }
}
