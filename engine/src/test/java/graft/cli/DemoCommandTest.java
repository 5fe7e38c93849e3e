package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.UniformExamples;
import graft.image.ImageData;
import graft.image.Preprocessing;
import graft.inference.OrtSession;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    private static final double ROUNDING = 1e-9;

    @TempDir
    private Path folder;

    @Test
    void figuresAreThoseOfTheWrittenFilesAndASecondDemoTakesThePlaceOfTheFirst() throws IOException {
        Path out = folder.resolve("demo");
        JsonNode first = demo(out, 1);
        JsonNode second = demo(out, 2);
        for (JsonNode file : second.get("files")) {
            assertThat(Path.of(file.asText())).exists();
        }
        assertThat(second.get("files"))
                .extracting(file -> out.relativize(Path.of(file.asText())).toString())
                .contains(
                        "fine-tuned/network.onnx",
                        "fine-tuned/confusion.csv",
                        "from-scratch/network.onnx",
                        "network.int8.onnx");
        Path tuned = out.resolve("fine-tuned/network.onnx");
        Path int8 = out.resolve("network.int8.onnx");
        assertThat(second.get("val_accuracy").asDouble()).isCloseTo(accuracy(tuned, out), within(ROUNDING));
        assertThat(second.get("scratch_accuracy").asDouble())
                .isCloseTo(accuracy(out.resolve("from-scratch/network.onnx"), out), within(ROUNDING));
        assertThat(second.get("int8_accuracy").asDouble()).isCloseTo(accuracy(int8, out), within(ROUNDING));
        assertThat(second.get("fp32_bytes").asLong()).isEqualTo(Files.size(tuned));
        assertThat(second.get("int8_bytes").asLong()).isEqualTo(Files.size(int8));
        assertThat(second.get("parity_max_abs").asDouble()).isLessThan(1e-4);
        assertThat(OnnxFile.read(int8).graph().nodes())
                .anyMatch(node -> node.opType().equals("QuantizeLinear"));
        assertThat(first.get("seed").asLong()).isEqualTo(1);
        assertThat(Files.readString(out.resolve("result.json"))).contains("\"seed\" : 2");
    }

    @Test
    void aFolderOfSomethingElseIsRefusedAndUntouched() throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "mine");
        Graft.Answer answer = Graft.run("demo", "--out=" + folder);
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains(folder + " holds something other than a demo")
                .contains("--out");
        assertThat(folder.toFile().list()).containsExactly("letter.txt");
    }

    private static JsonNode demo(Path out, int seed) throws IOException {
        Graft.Answer answer = Graft.run("demo", "--out=" + out, "--epochs=1", "--seed=" + seed, "--json");
        assertThat(answer.err()).doesNotContain("graft:");
        assertThat(answer.exitCode()).isZero();
        return new ObjectMapper().readTree(answer.out());
    }

    /** Counted here, picture by picture, from ONNX Runtime's answers. */
    private static double accuracy(Path network, Path out) {
        DataSet data = ImageData.open(
                out.resolve("sample"),
                Preprocessing.fromMetadata(OnnxFile.read(network).metadata()),
                DataOptions.DEFAULT,
                Progress.NONE);
        int right = 0;
        try (OrtSession session = OrtSession.open(network, 1)) {
            for (int i = 0; i < data.val().size(); i++) {
                FloatBuffer logits = session.run(
                                Map.of("input", ((UniformExamples) data.val()).batch(new int[] {i}, Examples.PLAIN)))
                        .get("logits")
                        .floats();
                int said = IntStream.range(0, data.classes().size())
                        .reduce((a, b) -> logits.get(b) > logits.get(a) ? b : a)
                        .getAsInt();
                right += said == data.val().label(i) ? 1 : 0;
            }
        }
        return (double) right / data.val().size();
    }
}
