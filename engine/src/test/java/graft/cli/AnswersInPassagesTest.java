package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import graft.network.Head;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.testdata.Plans;
import graft.train.FineTuner;
import graft.worker.Asking;
import graft.worker.HowRead;
import graft.worker.JudgingAnswers;
import graft.worker.Works;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small network that learnt from questions of which some have no answer, as its file answers others. */
class AnswersInPassagesTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static FineTuningResult learnt;

    @BeforeAll
    static void train() throws Exception {
        data = Path.of(AnswersInPassagesTest.class
                        .getResource("/pytorch/answers/train.json")
                        .toURI())
                .getParent();
        learnt = FineTuner.run(
                Plans.of(data.resolveSibling("text").resolve("net.onnx"), data, folder.resolve("run"))
                        .trainable("all")
                        .epochs(2)
                        .batch(8)
                        .learningRate(0.05)
                        .headInit(Head.Init.DEFAULT)
                        .build(),
                Progress.NONE);
    }

    private static Graft.Answer asked(String... words) {
        Graft.Answer said = Graft.run(words);
        assertThat(said.exitCode()).as(said.err()).isZero();
        return said;
    }

    private static String network() {
        return learnt.network().toString();
    }

    /** The threshold for no answer is chosen once, on the validation questions, and judged by afterwards. */
    @Test
    void theFileIsJudgedAsItWasWhenItWasChosen() {
        assertThat(OnnxFile.read(learnt.network()).metadata())
                .containsKeys("graft.no_answer_threshold", "graft.doc_stride", "graft.max_answer_length");
        JsonNode said = Json.parse(asked("evaluate", "--network", network(), "--data", data.toString(), "--json")
                .out());
        assertThat(said.get("task").asText()).isEqualTo("question-answering");
        assertThat(said.get("scores").get(0).get("value").asDouble()).isCloseTo(learnt.valScore(), within(1e-9));
        assertThat(said.get("scores").get(1).get("name").asText()).isEqualTo("exact_match");
        JsonNode details = said.get("details");
        assertThat(details.get("chosen").asBoolean()).isFalse();
        assertThat(details.get("questions")).hasSize(said.get("n").asInt());
        assertThat(said.get("questions").asInt()).isEqualTo(said.get("n").asInt());
        assertThat(details.get("groups").get(1).get("name").asText()).isEqualTo("no answer");
    }

    /** What predict writes is what was judged, answer by answer. */
    @Test
    void predictedAnswersScoreAsTheFileDoes() throws Exception {
        Path answers = folder.resolve("answers.jsonl");
        Path dev = data.resolve("dev.json");
        asked("predict", "--network", network(), dev.toString(), "--out", answers.toString(), "--top", "3");
        JsonNode said = Json.parse(asked("score", "--gold", dev.toString(), "--predicted", answers.toString(), "--json")
                .out());
        assertThat(said.get("scores").get(0).get("value").asDouble()).isCloseTo(learnt.valScore(), within(1e-9));
        for (String line : Files.readAllLines(answers)) {
            JsonNode each = Json.parse(line);
            String passage = each.get("passage").asText();
            assertThat(each.get("answers")).hasSizeLessThanOrEqualTo(3).hasSizeGreaterThan(0);
            for (JsonNode answer : each.get("answers")) {
                if (answer.has("start")) {
                    assertThat(passage.substring(
                                    answer.get("start").asInt(),
                                    answer.get("end").asInt()))
                            .isEqualTo(answer.get("answer").asText());
                }
            }
        }
    }

    @Test
    void tablesOfPassagesAndQuestionsAreAnsweredWhereLettersAre() throws Exception {
        Path table = Files.writeString(
                folder.resolve("asked.csv"), "id,question,passage\n1,ba bo?,\"\uD83C\uDF89 ga da di bo ka\"\n2,ki,\n");
        Path out = folder.resolve("asked-answers.csv");
        Graft.Answer said = Graft.run("predict", "--network", network(), table.toString(), "--out", out.toString());
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("asked.csv:3", "without a text");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0)).isEqualTo("input,passage,question,answer,start,end,probability");
        String[] cells = lines.get(1).split(",");
        assertThat(cells[1]).startsWith("\uD83C\uDF89");
        assertThat(cells[3].isEmpty()
                        || cells[1].substring(Integer.parseInt(cells[4]), Integer.parseInt(cells[5]))
                                .equals(cells[3]))
                .isTrue();
        // Written again: the file is one of answers.
        assertThat(Graft.run(
                                "predict",
                                "--network",
                                network(),
                                table.toString(),
                                "--out",
                                out.toString(),
                                "--skip-unreadable")
                        .exitCode())
                .isZero();
        Path single = Files.writeString(folder.resolve("single.csv"), "text\nga da\n");
        assertThat(Graft.run("predict", "--network", network(), single.toString())
                        .err())
                .contains("trained on pairs of texts", "--text-pair");
    }

    /** As SQuAD's programs read them: an answer for each id, and how likely there is none. */
    @Test
    void aFileOfSquadsOwnKindScoresTheSame() throws Exception {
        Path answers = folder.resolve("predictions.json");
        Path dev = data.resolve("dev.json");
        asked("predict", "--network", network(), dev.toString(), "--out", answers.toString());
        JsonNode said = Json.parse(asked("score", "--gold", dev.toString(), "--predicted", answers.toString(), "--json")
                .out());
        assertThat(said.get("scores").get(0).get("value").asDouble()).isCloseTo(learnt.valScore(), within(1e-9));
        JsonNode none = Json.parse(Files.readString(folder.resolve("predictions.na_prob.json")));
        assertThat(none).hasSameSizeAs(Json.parse(Files.readString(answers)));
        none.forEach(each -> assertThat(each.asDouble()).isBetween(0.0, 1.0));
        Path mine = Files.copy(dev, folder.resolve("mine.json"));
        Graft.Answer refused = Graft.run("predict", "--network", network(), dev.toString(), "--out", mine.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("mine.json exists already");
    }

    /** A passage of several windows among them. */
    @Test
    void thePythonProgramAnswersAsGraftDoes() throws Exception {
        String[][] asked = {
            {"ga da di bo ka", "ba bo?"}, {"bo ka de fi go ".repeat(9).strip(), "ki ba"}
        };
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < asked.length; i++) {
            Asking.Answer said =
                    Works.ASK.doing().run(Asking.Plan.about(learnt.network(), asked[i][0], asked[i][1]), Progress.NONE);
            var best = said.places().get(0);
            expected.add(asked[i][1]);
            expected.add(String.format(
                    Locale.ROOT,
                    "  %d-%d  %s  %.4f",
                    best.span().start(),
                    best.span().end(),
                    best.span().start() == best.span().end()
                            ? "(no answer)"
                            : asked[i][0].substring(
                                    best.span().start(), best.span().end()),
                    best.probability()));
        }
        assertThat(TagCommandsTest.saidByPython(network(), asked[0][0], asked[0][1], asked[1][0], asked[1][1]))
                .containsExactlyElementsOf(expected);
    }

    /** Columns by any name; of two rows one is too long for any network. */
    @Test
    void columnsAreNamedAndARowThatIsTooLongStopsNothing() throws Exception {
        Path table = Files.writeString(folder.resolve("named.csv"), "p,q\n\"ga da di\",ba?\n");
        assertThat(asked("predict", "--network", network(), table.toString(), "--text", "p", "--text-pair", "q")
                        .out())
                .contains("named.csv:2", "ba?");
        Path rows = Files.writeString(
                folder.resolve("long.jsonl"),
                "{\"context\": \"ga da\", \"question\": \"ba?\"}\n{\"context\": \"" + "a ".repeat(600_000)
                        + "\", \"question\": \"ba?\"}\n");
        Graft.Answer said = Graft.run("predict", "--network", network(), rows.toString());
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).contains("long.jsonl:1");
        assertThat(said.err()).contains("long.jsonl:2", "a text of more than 1,000,000 characters");
    }

    @Test
    void theWindowsWorkerJudgesAndAsks() throws Exception {
        JudgingAnswers.Judged judged = Works.JUDGE_ANSWERS
                .doing()
                .run(new JudgingAnswers.Plan(learnt.network(), data, HowRead.USUAL), Progress.NONE);
        assertThat(judged.scores().get(0).value()).isCloseTo(learnt.valScore(), within(1e-9));
        assertThat(judged.questions()).hasSize(judged.n());
        assertThat(judged.threshold()).isPresent();
        String passage = "ga da \"di\" bo ka";
        Asking.Answer said =
                Works.ASK.doing().run(Asking.Plan.about(learnt.network(), passage, "ba bo?"), Progress.NONE);
        assertThat(said.words()).isEqualTo(passage);
        assertThat(said.places()).hasSizeGreaterThan(2);
        assertThat(said.places().stream()
                        .mapToDouble(each -> each.probability())
                        .sum())
                .isCloseTo(1, within(1e-5));
    }

    /** Against central differences in double precision, head and body. */
    @Test
    void everyGradientOfANetworkOfAnswersIsRight() {
        assertThat(asked("gradcheck", network()).out()).containsPattern("[1-9]\\d+ weights passed, 0 failed");
    }

    @Test
    void anotherNetworksVocabularyIsRefused() throws Exception {
        String words =
                "{\"version\": \"1.0\", \"added_tokens\": [], \"pre_tokenizer\": {\"type\": \"Whitespace\"}, \"model\":"
                        + " {\"type\": \"WordLevel\", \"unk_token\": \"w0\", \"vocab\": {";
        StringBuilder vocabulary = new StringBuilder(words);
        for (int i = 0; i < 60; i++) {
            vocabulary
                    .append(i == 0 ? "" : ", ")
                    .append("\"w")
                    .append(i)
                    .append("\": ")
                    .append(i);
        }
        Path other = Files.writeString(folder.resolve("tokenizer.json"), vocabulary + "}}}");
        Graft.Answer said = Graft.run(
                "train",
                "--network",
                data.resolveSibling("text").resolve("net.onnx").toString(),
                "--data",
                data.toString(),
                "--tokenizer",
                other.toString(),
                "--out",
                folder.resolve("never").toString());
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains(other.toString(), "60 tokens", "40 rows", "do not belong together");
    }

    @Test
    void passagesWithoutAKnownTokenAreTold() throws Exception {
        Path unknown = Files.writeString(
                folder.resolve("unknown.jsonl"), "{\"passage\": \"xyz uvw\", \"question\": \"ba?\"}\n");
        assertThat(asked("predict", "--network", network(), unknown.toString()).err())
                .contains("only of", "the tokenizer does not know", "unknown.jsonl:1");
    }
}
