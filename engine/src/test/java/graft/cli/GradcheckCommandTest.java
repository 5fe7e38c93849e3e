package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.onnx.OnnxFile;
import graft.testdata.Shared;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradcheckCommandTest {
    @TempDir
    private Path folder;

    @Test
    void everyWeightOfANetworkIsJudged() throws IOException {
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), file);
        JsonNode report = check(file);
        assertThat(report.get("passed").asInt()).isEqualTo(8);
        assertThat(report.get("failed").asInt()).isZero();
        assertThat(report.get("tensors").findValuesAsText("name"))
                .contains("conv.weight", "bn2.bias", "fc.bias")
                .hasSize(8);
        report.get("tensors").forEach(tensor -> {
            assertThat(tensor.get("status").asText()).isEqualTo("passed");
            assertThat(tensor.get("sampled").asInt() + tensor.get("kinks").asInt())
                    .isEqualTo(2);
            assertThat(tensor.get("max_relative_error").asDouble()).isLessThan(1e-4);
            assertThat(tensor.get("single_error").asDouble()).isLessThan(1e-3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tinybert-untrained", "tiny-stories-decoder", "sentence-boundary-lstm"})
    void networksForTextPass(String name) throws IOException {
        JsonNode report = check(Shared.path("data/text-networks/" + name + ".onnx"));
        assertThat(report.get("failed").asInt()).as(report.toString()).isZero();
        assertThat(report.get("passed").asInt()).isEqualTo(report.get("tensors").size());
    }

    private static JsonNode check(Path file) throws IOException {
        Graft.Answer answer = Graft.run("gradcheck", file.toString(), "--json", "--samples", "2", "--threads", "1");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return new ObjectMapper().readTree(answer.out());
    }
}
