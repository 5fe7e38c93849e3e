package graft.worker;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.OnnxFile;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavingTest {
    @TempDir
    Path folder;

    private void copy(String resource, Path to) throws IOException {
        try (InputStream in = getClass().getResourceAsStream(resource)) {
            Files.copy(in, to);
        }
    }

    private List<String> saved(Path form) throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Saving.run(new Saving.Plan(form, out.resolve("mine.onnx")));
        try (var files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theTokenizerGoesWithANetworkForTexts() throws IOException {
        Path form = Files.createDirectory(folder.resolve("forms")).resolve("network.fp32.onnx");
        copy("/pytorch/text/net.onnx", form);
        copy("/pytorch/text/tokenizer.json", form.resolveSibling("tokenizer.json"));
        List<String> names = saved(form);
        assertThat(names).containsExactly("mine.onnx", "tokenizer.json");
    }

    @Test
    void otherNetworksAreSavedAlone() throws IOException {
        Path form = folder.resolve("network.fp32.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), form);
        assertThat(saved(form)).containsExactly("mine.onnx");
    }
}
