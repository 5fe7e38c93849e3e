package graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.progress.Event;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZippedDataTest {
    @TempDir
    Path folder;

    private Path zip(Map<String, byte[]> files, Charset names) throws IOException {
        Path out = folder.resolve("some.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(out), names)) {
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out;
    }

    private static byte[] text(String words) {
        return words.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void foldersAndFilesComeOutAsTheyWentIn() throws IOException {
        Path zip = zip(
                Map.of(
                        "data/ants/1.png",
                        text("an ant"),
                        "data/Bienen ü/2.png",
                        text("a bee"),
                        "data/inner.zip",
                        text("PK")),
                StandardCharsets.UTF_8);
        Path out = folder.resolve("out");
        ZippedData.unpack(zip, out, Progress.NONE);
        assertThat(out.resolve("data/ants/1.png")).hasContent("an ant");
        assertThat(out.resolve("data/Bienen ü/2.png")).hasContent("a bee");
        assertThat(out.resolve("data/inner.zip"))
                .as("what is packed twice stays a file")
                .isRegularFile();
    }

    @Test
    void namesOfOldProgramsAreRead() throws IOException {
        Path zip = zip(Map.of("Bienen ü/2.png", text("a bee")), Charset.forName("IBM437"));
        ZippedData.unpack(zip, folder.resolve("out"), Progress.NONE);
        assertThat(folder.resolve("out/Bienen ü/2.png")).hasContent("a bee");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.png",
                "a/../../evil.png",
                "/evil.png",
                "..\\evil.png",
                "C:\\evil.png",
                "a/b/../../../evil.png"
            })
    void nothingIsWrittenOutsideOfTheFolder(String name) throws IOException {
        Path zip = zip(Map.of("a/good.png", text("good"), name, text("evil")), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ZippedData.unpack(zip, folder.resolve("out"), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("some.zip")
                .hasMessageContaining("outside of the folder");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(zip));
    }

    @Test
    void aFileThatGrowsBeyondMeasureIsRefusedAndLeavesNothing() throws IOException {
        Path zip = folder.resolve("bomb.zip");
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a/zeros.txt"));
            for (int i = 0; i < 1100; i++) { // 1.1 GB of 1.1 MB
                out.write(zeros);
            }
            out.closeEntry();
        }
        assertThatThrownBy(() -> ZippedData.unpack(zip, folder.resolve("out"), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("100 times as large");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(zip));
    }

    @Test
    void aDamagedFileIsExplained() throws IOException {
        Path cut = folder.resolve("cut.zip");
        Files.write(cut, new byte[] {'P', 'K', 3, 4, 0});
        assertThatThrownBy(() -> ZippedData.unpack(cut, folder.resolve("out"), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("cut.zip is damaged");
    }

    @Test
    void whoCancelsFindsNothingLeft() throws IOException {
        Path zip = zip(Map.of("a/1.png", text("1"), "b/2.png", text("2")), StandardCharsets.UTF_8);
        Progress cancelled = new Progress() {
            @Override
            public void report(Event event) {
                // nobody listens
            }

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> ZippedData.unpack(zip, folder.resolve("out"), cancelled))
                .isInstanceOf(CancellationException.class);
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(zip));
    }
}
