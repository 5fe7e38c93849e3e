package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.onnx.OnnxFile;
import graft.testdata.NpzFiles;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployCommandsTest {
    @TempDir
    private Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void makeFiles() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        data = NpzFiles.examples(folder.resolve("data.npz"), 60, 30);
    }

    private static JsonNode json(Graft.Answer answer) throws IOException {
        assertThat(answer.err()).doesNotContain("graft:");
        assertThat(answer.exitCode()).isZero();
        return new ObjectMapper().readTree(answer.out());
    }

    @Test
    void quantizeReportsSizesAndNodes() throws IOException {
        Path out = folder.resolve("int8.onnx");
        JsonNode report = json(Graft.run(
                "quantize",
                "--network=" + network,
                "--out=" + out,
                "--calibrate=" + data,
                "--per-channel",
                "--calibration=entropy",
                "--calibration-examples=20",
                "--json"));
        assertThat(report.get("bytes_before").asLong()).isEqualTo(Files.size(network));
        assertThat(report.get("bytes_after").asLong()).isEqualTo(Files.size(out));
        assertThat(report.get("nodes_quantized").asInt()).isEqualTo(5);
        assertThat(report.get("per_channel").asBoolean()).isTrue();
        assertThat(report.get("agreement").asDouble()).isBetween(0.8, 1.0);
    }

    @Test
    void staticWithoutExamplesSaysWhatToAdd() {
        Graft.Answer answer = Graft.run("quantize", "--network=" + network, "--out=" + folder.resolve("int8.onnx"));
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("--calibrate");
        assertThat(folder.resolve("int8.onnx")).doesNotExist();
    }

    @Test
    void dynamicNeedsNoExamples() throws IOException {
        JsonNode report = json(Graft.run(
                "quantize",
                "--network=" + network,
                "--out=" + folder.resolve("int8.onnx"),
                "--method=dynamic",
                "--json"));
        assertThat(report.get("nodes_quantized").asInt()).isPositive();
        assertThat(report.get("agreement").isNull()).isTrue();
    }

    @Test
    void deployJudgesEveryForm() throws IOException {
        Path out = folder.resolve("shipped");
        JsonNode report = json(Graft.run(
                "deploy", "--network=" + network, "--data=" + data, "--out=" + out, "--max-loss=100", "--json"));
        assertThat(report.get("variants").findValuesAsText("name"))
                .containsExactly("fp32", "fp16", "int8-dynamic", "int8-static", "int8-static-per-channel");
        for (JsonNode variant : report.get("variants")) {
            Path file = Path.of(variant.get("file").asText());
            assertThat(variant.get("bytes").asLong()).isEqualTo(Files.size(file));
            assertThat(variant.get("accuracy").asDouble()).isBetween(0.0, 1.0);
            assertThat(variant.get("agreement").asDouble()).isBetween(0.5, 1.0);
            assertThat(variant.get("p50_ms").asDouble()).isPositive();
            assertThat(variant.get("p95_ms").asDouble())
                    .isGreaterThanOrEqualTo(variant.get("p50_ms").asDouble());
            assertThat(variant.get("verdict").asText()).isNotEmpty();
        }
        // Every loss is allowed: the smallest file is recommended.
        long smallest = Long.MAX_VALUE;
        String name = "";
        for (JsonNode variant : report.get("variants")) {
            if (variant.get("bytes").asLong() < smallest) {
                smallest = variant.get("bytes").asLong();
                name = variant.get("name").asText();
            }
        }
        assertThat(report.get("recommended").asText()).isEqualTo(name);
    }
}
