package graft.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import graft.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    private static void write(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatFailsLeavesTheOldFileAndNothingBesideIt() throws IOException {
        Path file = folder.resolve("a.onnx");
        write(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(1);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(CannotWrite.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a.onnx");
    }

    @Test
    void aLinkStaysALinkAndTheLinkedFileIsWritten() throws IOException {
        Path linked = Files.createDirectory(folder.resolve("elsewhere")).resolve("real.onnx");
        Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), Path.of("elsewhere", "real.onnx"));
        write(link, "first"); // the linked file is not there yet
        write(link, "second");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(linked).hasContent("second");
        assertThat(names()).containsExactly("elsewhere", "link.onnx");
    }

    @Test
    void foldersPipesAndDevicesAreNotReplaced() throws Exception {
        assertThatThrownBy(() -> write(folder, "x")).isInstanceOf(Refusal.class).hasMessageContaining("is a folder");
        Path pipe = folder.resolve("pipe");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> write(pipe, "x")).isInstanceOf(Refusal.class).hasMessageContaining("a pipe");
        assertThat(Files.readAttributes(pipe, "isOther", LinkOption.NOFOLLOW_LINKS))
                .containsEntry("isOther", true);
        Path device = folder.resolve("device");
        Files.createSymbolicLink(device, Path.of("/dev/null"));
        assertThatThrownBy(() -> write(device, "x")).isInstanceOf(Refusal.class).hasMessageContaining("a device");
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
        assertThatThrownBy(() -> write(circle, "x")).isInstanceOf(Refusal.class).hasMessageContaining("in a circle");
    }

    @Test
    void severalThatWriteOneFileDoNotShareWhatTheyWrite() throws IOException {
        Path file = folder.resolve("a.onnx");
        IntStream.range(0, 40)
                .parallel()
                .forEach(i -> write(file, String.valueOf(i % 10).repeat(100_000)));
        String content = Files.readString(file);
        assertThat(content).hasSize(100_000);
        assertThat(content.chars().distinct().count()).isEqualTo(1);
        assertThat(names()).containsExactly("a.onnx");
    }

    @Test
    void whatAKilledProcessLeftOfTheFileIsClearedAndNothingElse() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(folder.resolve("a.onnx." + dead.pid() + "-3.part"), "half");
        String alive =
                "a.onnx." + ProcessHandle.current().parent().orElseThrow().pid() + "-1.part";
        Files.writeString(folder.resolve(alive), "being written");
        Files.writeString(folder.resolve("a.onnx.part"), "the user's");
        Files.writeString(folder.resolve("b.onnx." + dead.pid() + "-3.part"), "of another file");
        write(folder.resolve("a.onnx"), "whole");
        assertThat(names())
                .containsExactlyInAnyOrder("a.onnx", alive, "a.onnx.part", "b.onnx." + dead.pid() + "-3.part");
    }

    @Test
    void filesThatBelongTogetherGetTheirNamesTogetherOrNotAtAll() throws IOException {
        Path first = folder.resolve("1");
        Path second = folder.resolve("2");
        Path third = folder.resolve("3");
        write(second, "old");
        write(third, "old");
        try (AsideFiles files = new AsideFiles()) {
            files.add(first).write(out -> out.write('a'));
            files.add(second).write(out -> out.write('b'));
            files.add(third);
            // What was to become the second cannot be renamed on to a folder.
            Files.delete(second);
            Files.createDirectories(second.resolve("in the way"));
            assertThatThrownBy(files::take).isInstanceOf(Refusal.class);
        }
        assertThat(names()).containsExactly("2", "3");
        assertThat(third).hasContent("old");

        Path fourth = folder.resolve("4");
        try (AsideFiles files = new AsideFiles()) {
            files.add(fourth).write(out -> out.write('d'));
            files.add(third); // was not made this time
            files.take();
        }
        assertThat(names()).containsExactly("2", "4");
    }

    @Test
    void numbersThatAreNotFiniteAreNullAndComeBackAsNaN() {
        record Loss(double value, Double boxed, float single, double[] row, float[] floats) {}
        String json = Json.write(new Loss(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                new double[] {1, Double.NaN},
                new float[] {2, Float.NaN}));
        assertThat(json)
                .isEqualTo("{\"value\":null,\"boxed\":null,\"single\":null,\"row\":[1.0,null],\"floats\":[2.0,null]}");
        assertThat(Json.tree(new Loss(Double.NaN, null, 0, null, null))
                        .get("value")
                        .isNull())
                .isTrue();
        assertThat(Json.read("{\"value\":null}", Loss.class).value()).isNaN();
        assertThat(Json.read("{\"value\":0.5}", Loss.class).value()).isEqualTo(0.5);
        assertThat(Json.read("{}", Loss.class).value()).isZero(); // a key that an older version did not write
    }
}
