package graft.onnx.check;

import static org.assertj.core.api.Assertions.assertThat;

import graft.Refusal;
import graft.onnx.OnnxFile;
import graft.testdata.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the check must never do: refuse a file that is right. The files are the ONNX project's own cases and real networks. */
class ValidFilesTest {
    @Test
    void noConformanceCaseIsRefused() {
        assertThat(refused(Shared.path("conformance"))).isEmpty();
    }

    @Test
    void noRealNetworkIsRefused() {
        assertThat(refused(Shared.path("data"))).isEmpty();
    }

    private static List<String> refused(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".onnx"))
                    .filter(file -> !file.endsWith("gradients.onnx")) // tensors alone, no network
                    .filter(file -> Files.isRegularFile(file) && file.toFile().length() < 200 << 20)
                    .flatMap(file -> {
                        try {
                            OnnxFile.read(file);
                            return Stream.empty();
                        } catch (Refusal e) {
                            return Stream.of(e.getMessage());
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
