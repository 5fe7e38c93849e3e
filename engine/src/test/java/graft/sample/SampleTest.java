package graft.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.image.ImageData;
import graft.image.Preprocessing;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
    @TempDir
    Path folder;

    @Test
    void twoDrawingsAreTheSameToTheByteAndNoPictureIsThereTwice() throws IOException {
        Sample.drawInto(folder.resolve("a"));
        Sample.drawInto(folder.resolve("b"));
        Map<String, String> first = files(folder.resolve("a"));
        assertThat(first).isEqualTo(files(folder.resolve("b"))).hasSize(5 * (Sample.TRAIN + Sample.VAL));
        assertThat(first.values()).doesNotHaveDuplicates();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void opensAsFiveBalancedClassesWithNothingSkipped() {
        Sample.drawInto(folder.resolve("sample"));
        DataSet data = ImageData.open(
                folder.resolve("sample"),
                Optional.of(Preprocessing.ofSize(32)),
                DataOptions.DEFAULT,
                event -> assertThat(event.kind()).isNotEqualTo("note"));
        assertThat(data.classes()).containsExactly("clean", "crack", "scratch", "spot", "stain");
        assertThat(data.skipped()).isEmpty();
        assertThat(data.train().size()).isEqualTo(5 * Sample.TRAIN);
        for (int label = 0; label < 5; label++) {
            int wanted = label;
            long count = java.util.stream.IntStream.range(0, data.val().size())
                    .filter(i -> data.val().label(i) == wanted)
                    .count();
            assertThat(count).isEqualTo(Sample.VAL);
        }
    }

    @Test
    void whatIsThereIsLeftAsItIs() throws IOException {
        Path sample = folder.resolve("sample");
        Sample.drawInto(sample);
        Path taken = sample.resolve("train/crack/000.png");
        Files.delete(taken);
        Sample.drawInto(sample);
        assertThat(taken).doesNotExist();
    }

    @Test
    void aFolderOfSomethingElseIsRefusedAndUntouched() throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "mine");
        assertThatThrownBy(() -> Sample.drawInto(folder))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(folder.toString());
        assertThat(folder.resolve("letter.txt")).hasContent("mine");
        assertThat(folder.resolve("train")).doesNotExist();
    }

    @Test
    void anEmptyFolderIsFilled() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Sample.drawInto(empty);
        assertThat(ImageData.open(empty, Optional.of(Preprocessing.ofSize(8)), DataOptions.DEFAULT, Progress.NONE)
                        .classes())
                .hasSize(5);
    }

    /** Content (one character per byte) by path. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> out = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                out.put(
                        folder.relativize(file).toString(),
                        Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return out;
    }
}
