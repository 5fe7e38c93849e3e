package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.data.ArrayFile;
import graft.data.ClassNames;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.files.Json;
import graft.image.ImageData;
import graft.image.Preprocessing;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.options.Settings;
import graft.progress.Progress;
import graft.task.JudgedData;
import graft.testdata.NpzFiles;
import graft.testdata.TinyTexts;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks whose answers are known by hand: the mean of each channel of a picture, and how often "good" and "bad" are in a text.
 */
class PredictCommandTest {
    private static final int PICTURES = 100; // more than are read at once

    @TempDir
    Path folder;

    private Path pictures;

    @BeforeEach
    void paint() throws IOException {
        pictures = folder.resolve("pictures");
        for (int i = 0; i < PICTURES; i++) {
            // Deeper and deeper, red, green, blue in turn, each a little brighter than the one before.
            Path file = pictures.resolve(i % 2 == 0 ? "a/b/c" : "d").resolve(String.format("%03d.png", i));
            Files.createDirectories(file.getParent());
            int bright = 100 + i;
            paint(file, new Color(i % 3 == 0 ? bright : 10, i % 3 == 1 ? bright : 10, i % 3 == 2 ? bright : 10));
        }
    }

    private static void paint(Path file, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < 64; at++) {
            image.setRGB(at % 8, at / 8, colour.getRGB());
        }
        ImageIO.write(image, "png", file.toFile());
    }

    /** Scores are ten times the mean of each channel. */
    private Path network(String... classes) {
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(8), Dim.of(8))))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(3))));
        graph.put(Tensor.ofFloats("ten", new long[] {1}, new float[] {10}));
        graph.nodes()
                .addAll(List.of(
                        Node.of("GlobalAveragePool", "", List.of("x"), List.of("mean")),
                        Node.of("Flatten", "", List.of("mean"), List.of("flat")),
                        Node.of("Mul", "", List.of("flat", "ten"), List.of("y"))));
        Map<String, String> notes = new TreeMap<>();
        if (classes.length > 0) {
            notes.put(ClassNames.KEY, ClassNames.toMetadata(List.of(classes)));
        }
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(empty.withGraph(graph.build()).withMetadata(notes), file);
        return file;
    }

    private Path textNetwork() throws IOException {
        return TinyTexts.network(folder);
    }

    private static Graft.Answer predict(Path network, Object... more) {
        List<String> arguments = new ArrayList<>(List.of("predict", "--network", network.toString()));
        Stream.of(more).map(Object::toString).forEach(arguments::add);
        return Graft.run(arguments.toArray(String[]::new));
    }

    private static JsonNode json(Graft.Answer answer) throws IOException {
        return new ObjectMapper().readTree(answer.out());
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json::parse).toList();
    }

    @Test
    void picturesOfAnyDepthAreAnsweredInTheOrderOfTheirNames() throws IOException {
        Path out = folder.resolve("out.jsonl");
        Files.writeString(pictures.resolve("notes.txt"), "no picture");
        Graft.Answer answer = predict(network("red", "green", "blue"), pictures, "--out", out, "--proba");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("Passed over: 1 file or folder", "100 of 100 inputs answered");
        List<JsonNode> said = lines(out);
        assertThat(said).hasSize(PICTURES);
        List<String> expected = Stream.iterate(0, i -> i + 1)
                .limit(PICTURES)
                .map(i -> pictures.resolve(i % 2 == 0 ? "a/b/c" : "d").resolve(String.format("%03d.png", i)))
                .map(Path::toString)
                .sorted()
                .toList();
        assertThat(said).extracting(line -> line.get("input").asText()).containsExactlyElementsOf(expected);
        // 000.png: the channels' means are 100, 10 and 10 of 255; by hand e^(10*100/255) / (e^(1000/255) + 2
        // e^(100/255))
        JsonNode first = said.get(0);
        assertThat(first.get("class").asText()).isEqualTo("red");
        assertThat(first.get("probability").asDouble()).isCloseTo(0.944604, within(1e-5));
        assertThat(first.get("probabilities").get("blue").asDouble()).isCloseTo(0.027698, within(1e-5));
        for (JsonNode line : said) {
            int number = Integer.parseInt(line.get("input").asText().replaceAll(".*/(\\d+).png", "$1"));
            assertThat(line.get("class").asText())
                    .isEqualTo(List.of("red", "green", "blue").get(number % 3));
        }
    }

    @Test
    void answersEqualThoseOfEvaluate() throws IOException {
        Path data = folder.resolve("data");
        for (String part : List.of("train", "val")) {
            for (int i = 0; i < 40; i++) {
                Path file =
                        data.resolve(part).resolve(i % 2 == 0 ? "red" : "green").resolve(i + ".png");
                Files.createDirectories(file.getParent());
                paint(file, new Color(50 + 3 * i, 170 - 2 * i, i));
            }
        }
        Path network = network("red", "green", "blue");
        DataSet opened = ImageData.open(data, Optional.of(Preprocessing.ofSize(8)), DataOptions.DEFAULT, Progress.NONE);
        Predictions judged;
        try (Evaluator evaluator = Evaluator.open(network, 0)) {
            judged = evaluator.predict(opened.classes(), opened.val(), Progress.NONE);
        }
        Path out = folder.resolve("out.jsonl");
        predict(network, data.resolve("val"), "--out", out, "--proba");
        Map<String, JsonNode> asked = new TreeMap<>();
        lines(out)
                .forEach(line -> asked.put(
                        data.relativize(Path.of(line.get("input").asText())).toString(), line));
        assertThat(asked).hasSize(40);
        for (int i = 0; i < judged.names().size(); i++) {
            JsonNode line = asked.get(judged.names().get(i));
            assertThat(line.get("class").asText()).isEqualTo(judged.classes().get(judged.predicted()[i]));
            for (int label = 0; label < 3; label++) {
                assertThat(line.get("probabilities")
                                .get(judged.classes().get(label))
                                .floatValue())
                        .isEqualTo(judged.probabilities()[i][label]);
            }
        }
    }

    @Test
    void whatCannotBeReadStopsNothingAndIsListed() throws IOException {
        Files.write(pictures.resolve("empty.png"), new byte[0]);
        Files.writeString(pictures.resolve("d/text.jpg"), "no picture");
        byte[] whole = Files.readAllBytes(pictures.resolve("d/001.png"));
        Files.write(pictures.resolve("d/cut.png"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(pictures.resolve("d/phone.heic"), "ftypheic");
        Files.createSymbolicLink(pictures.resolve("gone.png"), folder.resolve("nowhere.png"));
        Path network = network("red", "green", "blue");
        Graft.Answer answer = predict(network, pictures, "--json", "--top", "2");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("5 inputs could not be read", "100 of 105 inputs answered");
        JsonNode said = json(answer);
        assertThat(said.get("n").asInt()).isEqualTo(PICTURES);
        assertThat(said.get("answers")).hasSize(PICTURES);
        assertThat(said.get("answers").get(0).get("top")).hasSize(2);
        assertThat(said.get("skipped_count").asInt()).isEqualTo(5);
        assertThat(said.get("skipped"))
                .extracting(each ->
                        pictures.relativize(Path.of(each.get("input").asText())).toString())
                .containsExactlyInAnyOrder("empty.png", "d/text.jpg", "d/cut.png", "d/phone.heic", "gone.png");
        assertThat(said.get("skipped").toString()).contains("it is empty", "HEIC", "which is not there");
        assertThat(predict(network, pictures, "--skip-unreadable").exitCode()).isZero();
    }

    @Test
    void theTableHasTheClassTheNextOnesAndAllProbabilities() throws IOException {
        Path out = folder.resolve("out.csv");
        Path odd = folder.resolve("odd, \"quoted\".png");
        paint(odd, new Color(255, 0, 51));
        assertThat(predict(network("red", "=green", "blue"), odd, "--out", out, "--top", "9", "--proba")
                        .exitCode())
                .isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0))
                .isEqualTo("input,class,probability,class_2,probability_2,class_3,probability_3,p_red,p_=green,p_blue");
        assertThat(lines.get(1))
                .startsWith('"' + odd.toString().replace("\"", "\"\"") + "\",red,0.9996")
                .contains(",blue,", ",'=green,");
        assertThat(Files.readString(out)).endsWith("\r\n").contains("p_blue\r\n");
    }

    @Test
    void aNetworkWithoutNamesCallsItsClassesByNumberAndSaysSo() throws IOException {
        Graft.Answer answer = predict(network(), pictures.resolve("d/001.png"), "--json");
        assertThat(json(answer).get("answers").get(0).get("class").asText()).isEqualTo("1");
        assertThat(answer.err()).contains("does not name its classes; they are called by their numbers, from 0");
        Path names = Files.writeString(folder.resolve("n.txt"), "rot\ngrün\nblau\n");
        assertThat(json(predict(network(), pictures.resolve("d/001.png"), "--json", "--classes", names))
                        .get("answers")
                        .get(0)
                        .get("class")
                        .asText())
                .isEqualTo("grün");
    }

    @Test
    void rowsAndFilesOfTextAreAnsweredWithTheirText() throws IOException {
        Path network = textNetwork();
        StringBuilder rows = new StringBuilder("id,text\r\n");
        for (int i = 0; i < 1500; i++) {
            rows.append(i)
                    .append(',')
                    .append("bad ".repeat(i % 7))
                    .append("good ".repeat(i % 5))
                    .append("x\r\n");
        }
        Path table =
                Files.writeString(folder.resolve("in.csv"), rows + "8,\r\n9,a,b\r\n10,\"=good, \"\"good\"\"\"\r\n");
        Path one = Files.writeString(folder.resolve("one.txt"), "good bad good");
        Files.write(folder.resolve("nul.txt"), new byte[] {'a', 0, 'b'});
        Files.write(folder.resolve("nothing.txt"), new byte[0]);
        Path out = folder.resolve("out.csv");
        Graft.Answer answer = predict(
                network, table, one, folder.resolve("nul.txt"), folder.resolve("nothing.txt"), "--out", out, "--proba");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(1);
        assertThat(answer.err())
                .contains("1502 of 1506 inputs answered", table + ":1502 cannot be read: it is a row without a text")
                .contains("nul.txt holds a NUL byte", "nothing.txt is empty", "with 3 cells instead of 2")
                .contains("is asked about texts");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(1503);
        assertThat(lines.get(0)).isEqualTo("input,text,class,probability,p_bad,p_good");
        for (int i = 0; i < 1500; i++) {
            String[] cells = lines.get(i + 1).split(",");
            assertThat(cells[0]).isEqualTo(table + ":" + (i + 2));
            double good = 1 / (1 + Math.exp(1.5 * (i % 7 - i % 5)));
            assertThat(Double.parseDouble(cells[5])).isCloseTo(good, within(1e-6));
            assertThat(cells[2]).isEqualTo(i % 5 > i % 7 ? "good" : "bad");
        }
        assertThat(lines.get(1501)).startsWith(table + ":1504,\"'=good, \"\"good\"\"\",good,0.952");
        assertThat(lines.get(1502)).startsWith(one + ",good bad good,good,0.817");
    }

    @Test
    void answersToTextsEqualThoseOfEvaluate() throws IOException {
        Path network = textNetwork();
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < 200; i++) {
            rows.append("bad ".repeat(i % 9)).append("good ".repeat(i % 4)).append(i % 2 == 0 ? "x,bad\n" : "x,good\n");
        }
        Path table = Files.writeString(folder.resolve("labelled.csv"), rows);
        DataSet opened = JudgedData.open(
                table, network, OnnxFile.read(network), Optional::empty, Settings.NONE, Set.of(), Progress.NONE);
        Predictions judged;
        try (Evaluator evaluator = Evaluator.open(network, 0)) {
            judged = evaluator.predict(opened.classes(), opened.val(), Progress.NONE);
        }
        Path out = folder.resolve("out.jsonl");
        predict(network, table, "--out", out, "--proba");
        Map<String, JsonNode> asked = new TreeMap<>();
        lines(out)
                .forEach(line -> asked.put(
                        Path.of(line.get("input").asText()).getFileName().toString(), line));
        assertThat(asked).hasSize(200);
        assertThat(judged.names()).hasSizeGreaterThan(30);
        for (int i = 0; i < judged.names().size(); i++) {
            JsonNode line = asked.get(judged.names().get(i));
            assertThat(line.get("class").asText()).isEqualTo(judged.classes().get(judged.predicted()[i]));
            assertThat(line.get("probabilities").get("good").floatValue()).isEqualTo(judged.probabilities()[i][1]);
        }
    }

    @Test
    void pairsAreReadTogether() throws IOException {
        Path network = textNetwork();
        Path table = Files.writeString(folder.resolve("in.jsonl"), "{\"a\":\"good\",\"b\":\"bad bad\"}\n");
        Path one = Files.writeString(folder.resolve("one.txt"), "good");
        JsonNode said = json(predict(network, one, table, "--text", "a", "--text-pair", "b", "--json"));
        assertThat(said.get("answers").get(0).get("class").asText()).isEqualTo("good");
        assertThat(said.get("answers").get(1).get("class").asText()).isEqualTo("bad");
        assertThat(said.get("answers").get(1).get("text_pair").asText()).isEqualTo("bad bad");
    }

    @Test
    void whatANetworkIsNotAskedAboutIsRefused() throws IOException {
        Path table = Files.writeString(folder.resolve("in.csv"), "text\ngood\n");
        assertRefused(predict(network("r", "g", "b"), table), "is asked about pictures, but " + table + " holds texts");
        assertRefused(predict(textNetwork(), pictures), "is asked about texts, but " + pictures + " holds pictures");
        assertRefused(predict(textNetwork(), folder.resolve("gone.csv")), "There is no " + folder.resolve("gone.csv"));
        Files.createDirectory(folder.resolve("empty"));
        assertRefused(predict(textNetwork(), folder.resolve("empty")), folder.resolve("empty") + " holds no texts");
        Path open = Files.writeString(folder.resolve("open.csv"), "text\ngood\n\"open\n");
        Path out = folder.resolve("out.csv");
        assertRefused(predict(textNetwork(), open, "--out", out), open + ", line 3: a quote opens");
        assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith("out.csv"));
    }

    @Test
    void arraysAreAskedAboutAsTheyAre() throws IOException {
        Path arrays = NpzFiles.examples(folder.resolve("a.npz"), Map.of("train", 3, "val", 2));
        Graft.Answer answer = predict(network("r", "g", "b"), arrays, "--json");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode said = Json.parse(answer.out());
        assertThat(said.get("n").asInt()).isEqualTo(5);
        assertThat(said.get("answers").get(0).get("input").asText()).isEqualTo(arrays + ": x_train[0]");
        Path broken = Files.write(folder.resolve("b.npz"), new byte[] {'P', 'K'});
        assertRefused(predict(network("r", "g", "b"), broken), broken + " cannot be read as a .npz file");
        assertRefused(predict(network("r", "g", "b"), arrays, pictures), pictures + " is no .npz file");
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(4))))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(4))));
        graph.nodes().add(Node.of("Relu", "", List.of("x"), List.of("y")));
        Path numbers = folder.resolve("numbers.onnx");
        OnnxFile.write(empty.withGraph(graph.build()), numbers);
        assertRefused(predict(numbers, pictures), "numbers.onnx takes [N, 4], which is neither pictures nor texts");
    }

    /** The logarithm of a negative mean is no number: by hand, which examples have one. */
    @Test
    void anExampleThatIsAnsweredWithNoNumberStopsNothing() throws IOException {
        Model plain = OnnxFile.read(network("r", "g", "b"));
        var graph = plain.graph().edit();
        graph.replaceNodes(
                node -> node.opType().equals("Mul") ? Node.of("Log", "", List.of("flat"), List.of("y")) : node);
        Path network = folder.resolve("log.onnx");
        OnnxFile.write(plain.withGraph(graph.prune().build()), network);
        Path arrays = NpzFiles.examples(folder.resolve("a.npz"), Map.of("train", 40, "val", 10));
        DataSet data = ArrayFile.open(arrays, graft.data.DataOptions.DEFAULT, Progress.NONE);
        long sound = 0;
        for (int i = 0; i < 40; i++) {
            FloatBuffer numbers = data.train()
                    .inputs(new int[] {i}, 0)
                    .values()
                    .iterator()
                    .next()
                    .floats();
            boolean positive = true;
            for (int channel = 0; channel < 3; channel++) {
                double sum = 0;
                for (int k = 0; k < 64; k++) {
                    sum += numbers.get();
                }
                positive &= sum > 0;
            }
            sound += positive ? 1 : 0;
        }
        assertThat(sound).isBetween(1L, 39L);
        Path out = folder.resolve("out.csv");
        Graft.Answer answer = predict(network, arrays, "--out", out, "--json");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(1);
        JsonNode said = Json.parse(answer.out());
        assertThat(said.get("n").asLong() + said.get("skipped_count").asLong()).isEqualTo(50);
        assertThat(said.get("skipped").get(0).get("reason").asText()).contains("NaN (not a number)");
        long ofTrain = Files.readAllLines(out).stream()
                .filter(row -> row.contains("x_train"))
                .count();
        assertThat(ofTrain).isEqualTo(sound);
        assertThat(predict(network, arrays, "--skip-unreadable").exitCode()).isZero();
    }

    private static void assertRefused(Graft.Answer answer, String why) {
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains(why);
    }

    @Test
    void onlyOlderAnswersGiveWay() throws IOException {
        Path network = network("red", "green", "blue");
        Path user = Files.writeString(folder.resolve("mine.csv"), "input,my own\n", StandardCharsets.UTF_8);
        assertRefused(predict(network, pictures, "--out", user), "is no file that Graft made");
        assertThat(user).hasContent("input,my own\n");
        for (String name : List.of("out.csv", "out.jsonl")) {
            Path out = folder.resolve(name);
            assertThat(predict(network, pictures, "--out", out).exitCode()).isZero();
            byte[] before = Files.readAllBytes(out);
            assertThat(predict(network, pictures, "--out", out).exitCode()).isZero();
            assertThat(Files.readAllBytes(out)).isEqualTo(before);
        }
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Files.writeString(texts.resolve("1.txt"), "good");
        assertRefused(predict(textNetwork(), texts, "--out", texts.resolve("o.csv")), "would be taken for an input");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.txt", "out", "out.csv.gz"})
    void otherFormatsAreBadUsage(String name) {
        Graft.Answer answer = predict(network(), pictures, "--out", folder.resolve(name));
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("ends in none of .csv, .jsonl");
    }
}
