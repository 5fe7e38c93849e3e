package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.testdata.Plans;
import graft.train.FineTuner;
import graft.train.TextEqualityTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks with a head as Hugging Face exports them answer as they stand and keep their heads when they learn;
 * {@code pytorch/foreign/make_expected.py} says what PyTorch and ONNX Runtime make of them.
 */
class ForeignHeadsTest {
    @TempDir
    Path folder;

    private static Path resource(String name) throws Exception {
        return Path.of(ForeignHeadsTest.class.getResource("/pytorch/" + name).toURI());
    }

    @ParameterizedTest
    @CsvSource({"answers, train.json, question-answering, 20", "tags, train.conll, token-classification, 20"})
    void aHeadThatIsThereLearnsAsInPyTorch(String kind, String data, String task, int tensors) throws Exception {
        Path network = resource("foreign/" + kind + "/model.onnx");
        FineTuningResult result = FineTuner.run(
                Plans.of(network, resource(kind + "/" + data).getParent(), folder.resolve("run"))
                        .trainable("all")
                        .epochs(1)
                        .batch(8)
                        .learningRate(0.05)
                        .inOrder()
                        .build(),
                Progress.NONE);
        assertThat(result.task()).isEqualTo(task);
        Path expected = resource("foreign/after-" + kind + ".onnx");
        assertThat(TextEqualityTest.assertSameUpdates(network, expected, result.network()))
                .isGreaterThanOrEqualTo(tensors);
        double loss = Json.parse(Files.readString(resource("foreign/losses.json")))
                .get(kind)
                .asDouble();
        assertThat(result.epochs().get(0).trainLoss()).isCloseTo(loss, within(1e-5));
        // Whoever used the file before finds what it answered with where it was.
        assertThat(OnnxFile.read(result.network()).graph().outputNames())
                .startsWith(OnnxFile.read(network).graph().outputNames().toArray(String[]::new));
        JsonNode judged = Json.parse(Graft.run(
                        "evaluate",
                        "--network",
                        result.network().toString(),
                        "--data",
                        resource(kind + "/" + data).getParent().toString(),
                        "--json")
                .out());
        assertThat(judged.get("scores").get(0).get("value").asDouble()).isCloseTo(result.valScore(), within(1e-9));
        assertThat(judged.has(kind.equals("tags") ? "sentences" : "questions")).isTrue();
    }

    @Test
    void questionsAreAnsweredByTwoOutputsAsOnnxRuntimesScoresSay() throws Exception {
        Path out = folder.resolve("said.jsonl");
        Graft.Answer said = Graft.run(
                "predict",
                "--network",
                resource("foreign/answers/model.onnx").toString(),
                resource("answers/dev.json").toString(),
                "--max-length",
                "24",
                "--out",
                out.toString());
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.err()).contains("question-answering").doesNotContain("left aside");
        JsonNode expected = Json.parse(Files.readString(resource("foreign/answers/said.json")));
        int found = 0;
        for (String line : Files.readAllLines(out)) {
            JsonNode each = Json.parse(line);
            JsonNode right = expected.get(each.get("input").asText());
            if (right != null) {
                assertThat(each.get("answer").asText()).isEqualTo(right.asText());
                found++;
            }
        }
        assertThat(found).isEqualTo(expected.size());
    }

    /** Of the tags that ONNX Runtime gives the words, Graft's places are the entities. */
    @Test
    void wordsAreTaggedAsConfigJsonNamesTheAnswers() throws Exception {
        Path gold = resource("tags/dev.conll");
        JsonNode said = Json.parse(Files.readString(resource("foreign/tags/said.json")));
        StringBuilder predicted = new StringBuilder();
        int sentence = 0;
        int word = 0;
        for (String line : Files.readAllLines(gold)) {
            if (line.isBlank()) {
                sentence++;
                word = 0;
                predicted.append('\n');
            } else {
                predicted
                        .append(line.split("\t")[0])
                        .append('\t')
                        .append(said.get(sentence).get(word++).asText())
                        .append('\n');
            }
        }
        Path file = Files.writeString(folder.resolve("said.conll"), predicted);
        JsonNode scored =
                Json.parse(Graft.run("score", "--gold", gold.toString(), "--predicted", file.toString(), "--json")
                        .out());
        JsonNode judged = Json.parse(Graft.run(
                        "evaluate",
                        "--network",
                        resource("foreign/tags/model.onnx").toString(),
                        "--data",
                        gold.getParent().toString(),
                        "--json")
                .out());
        assertThat(judged.get("scores")).isEqualTo(scored.get("scores"));
        assertThat(judged.get("n").asInt()).isEqualTo(said.size());
    }
}
