package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.onnx.GraphEditor;
import graft.onnx.MadeByGraft;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
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
        assertThat(report.get("variants"))
                .extracting(variant -> variant.get("name").asText())
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

    private void isRefused(String part, String... arguments) {
        Graft.Answer answer = Graft.run(arguments);
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(1);
        assertThat(answer.err().lines().filter(line -> line.startsWith("graft: ")))
                .singleElement()
                .asString()
                .contains(part)
                .contains("--out");
    }

    @Test
    void nothingOfTheUsersIsReplaced() throws IOException {
        byte[] before = Files.readAllBytes(network);
        String from = "--network=" + network;
        isRefused("would be lost", "quantize", from, "--method=dynamic", "--out=" + network);
        Path other = Files.writeString(folder.resolve("other.onnx"), "the user's");
        isRefused("exists already", "quantize", from, "--method=dynamic", "--out=" + other);
        isRefused("exists already", "untrained", "--out=" + other);
        assertThat(other).hasContent("the user's");
        Path weights = Files.writeString(folder.resolve("network.fp16.onnx"), "the user's");
        isRefused("exists already", "deploy", from, "--data=" + data, "--out=" + folder);
        assertThat(weights).hasContent("the user's");
        assertThat(folder.resolve("network.fp32.onnx")).doesNotExist();
        assertThat(Files.readAllBytes(network)).isEqualTo(before);
    }

    @Test
    void whatGraftMadeIsMadeAgainAndATrainedNetworkIsNot() throws IOException {
        Path out = folder.resolve("int8.onnx");
        for (int i = 0; i < 2; i++) {
            json(Graft.run("quantize", "--network=" + network, "--out=" + out, "--method=dynamic", "--json"));
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("net.onnx", "data.npz", "int8.onnx");
        // A network that was made by Graft and then trained is the user's work.
        Path made = folder.resolve("made.onnx");
        Graft.run("untrained", "--out=" + made);
        assertThat(MadeByGraft.isOn(made)).isTrue();
        assertThat(MadeByGraft.isOn(network)).isFalse();
        assertThat(MadeByGraft.isOn(data)).isFalse();
        OnnxFile.write(MadeByGraft.forget(OnnxFile.read(made)), folder.resolve("trained.onnx"));
        isRefused("exists already", "untrained", "--out=" + folder.resolve("trained.onnx"));
    }

    @Test
    void aRefusedDeploymentLeavesNothing() {
        Path broken = folder.resolve("broken.onnx");
        GraphEditor editor = TinyNetworks.convolutional().graph().edit();
        editor.put(Tensor.ofFloats("fc.bias", new long[] {4}, Float.NaN, 0, 0, 0));
        OnnxFile.write(TinyNetworks.convolutional().withGraph(editor.build()), broken);
        Path out = folder.resolve("new/shipped");
        Graft.Answer answer = Graft.run("deploy", "--network=" + broken, "--data=" + data, "--out=" + out);
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains(broken + " answers NaN (not a number) for " + data + ": x_val[0]")
                .contains("fc.bias (NaN, 1 of its 4 numbers)")
                .doesNotContain(".part");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void aFormWhoseNumbersLeaveFp16IsBroken() throws IOException {
        // fp16 ends at 65504.
        GraphEditor editor = TinyNetworks.convolutional().graph().edit();
        editor.put(Tensor.ofFloats("fc.bias", new long[] {4}, 1e6f, 1e6f, 0, 0));
        OnnxFile.write(TinyNetworks.convolutional().withGraph(editor.build()), network);
        JsonNode report = json(Graft.run(
                "deploy", "--network=" + network, "--data=" + data, "--out=" + folder.resolve("shipped"), "--json"));
        JsonNode half = report.get("variants").get(1);
        assertThat(half.get("name").asText()).isEqualTo("fp16");
        if (half.get("file").isNull()) {
            assertThat(half.get("verdict").asText()).startsWith("broken: ");
            assertThat(folder.resolve("shipped/network.fp16.onnx")).doesNotExist();
        } else {
            // The operators that would overflow were kept in fp32: then the answers must be fp32's.
            assertThat(half.get("agreement").asDouble()).isEqualTo(1);
        }
    }
}
