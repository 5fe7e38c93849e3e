package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.data.ClassNames;
import graft.image.Preprocessing;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network whose answer is the mean of each channel judges pictures of one colour: red, green, blue. */
class EvaluateCommandTest {
    private static final List<String> COLOURS = List.of("a-red", "b-green", "c-blue");

    @TempDir
    Path folder;

    @BeforeEach
    void paint() throws IOException {
        Color[] colours = {new Color(200, 20, 10), new Color(10, 220, 30), new Color(20, 40, 250)};
        for (int i = 0; i < 3; i++) {
            for (String place : List.of("train/%s/1.png", "train/%s/2.png", "val/%s/1.png")) {
                Path file = folder.resolve("data").resolve(String.format(place, COLOURS.get(i)));
                Files.createDirectories(file.getParent());
                BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
                for (int at = 0; at < 320; at++) {
                    image.setRGB(at % 20, at / 20, colours[i].getRGB() + place.length() + place.charAt(0));
                }
                ImageIO.write(image, "png", file.toFile());
            }
        }
    }

    private Path network(Map<String, String> notes, Dim... input) {
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, input)))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, input[0], Dim.of(3), Dim.of(1), Dim.of(1))));
        graph.nodes().add(Node.of("GlobalAveragePool", "", List.of("x"), List.of("y")));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(empty.withGraph(graph.build()).withMetadata(notes), file);
        return file;
    }

    private Path squareNetwork() {
        return network(Map.of(), Dim.free("N"), Dim.of(3), Dim.of(8), Dim.of(8));
    }

    private Graft.Answer evaluate(Path network, String... more) {
        String[] arguments = {
            "evaluate",
            "--network",
            network.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--json"
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Graft.run(all);
    }

    /** Of three pictures in the part test one lies in the wrong class: 2 of 3 are right, by hand. */
    @Test
    void aPartIsJudgedByItsName() throws IOException {
        for (String[] place : new String[][] {{"a-red", "a-red"}, {"b-green", "b-green"}, {"b-green", "c-blue"}}) {
            Path file = folder.resolve("data/Testing/" + place[1] + "/of-" + place[0] + ".png");
            Files.createDirectories(file.getParent());
            Files.copy(folder.resolve("data/val/" + place[0] + "/1.png"), file);
        }
        Path network = squareNetwork();
        JsonNode test =
                new ObjectMapper().readTree(evaluate(network, "--part", "test").out());
        assertThat(test.get("accuracy").asDouble()).isEqualTo(2 / 3.0);
        assertThat(test.get("remarks").toString()).contains("the 3 examples of the part test");
        JsonNode train =
                new ObjectMapper().readTree(evaluate(network, "--part", "TRAIN").out());
        assertThat(train.get("accuracy").asDouble()).isEqualTo(1);
        assertThat(train.get("remarks").toString()).contains("6 examples of the part train", "how well it remembers");
        JsonNode usual = new ObjectMapper().readTree(evaluate(network).out());
        assertThat(usual.get("accuracy").asDouble()).isEqualTo(1);
        assertThat(usual.get("remarks").toString()).contains("the 6 of the part train are left aside (--part all");
    }

    @Test
    void aPartThatIsNotThereSaysWhichAre() {
        Graft.Answer answer = evaluate(squareNetwork(), "--part", "test");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains(folder.resolve("data") + " has no test part, only train and val");
        assertThat(evaluate(squareNetwork(), "--part", "tst").exitCode()).isEqualTo(2);
    }

    @Test
    void jsonHasTheKeysScriptsDependOn() throws IOException {
        Graft.Answer answer =
                evaluate(squareNetwork(), "--out", folder.resolve("out").toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(answer.out());
        assertThat(json.get("accuracy").asDouble()).isEqualTo(1);
        assertThat(json.get("interval").get(1).asDouble()).isEqualTo(1);
        assertThat(json.get("n").asInt()).isEqualTo(3);
        assertThat(json.get("classes").get(1).asText()).isEqualTo("b-green");
        assertThat(json.get("confusion").toString()).isEqualTo("[[1,0,0],[0,1,0],[0,0,1]]");
        assertThat(json.get("per_class").get(0).get("f1").asDouble()).isEqualTo(1);
        assertThat(json.get("per_class").get(0).has("precision")).isTrue();
        assertThat(json.get("per_class").get(0).has("recall")).isTrue();
        assertThat(folder.resolve("out/confusion.csv")).exists();
        assertThat(folder.resolve("out/confusion.png")).exists();
    }

    @ParameterizedTest
    @CsvSource({"rgb, 1", "bgr, 0.3333333333333333"})
    void channelsGivenWinOverWhatTheFileSays(String channels, double accuracy) throws IOException {
        Map<String, String> notes = new TreeMap<>(Preprocessing.ofSize(8).toMetadata());
        notes.put(Preprocessing.CHANNELS, "bgr");
        notes.put(ClassNames.KEY, ClassNames.toMetadata(COLOURS));
        Path network = network(notes, Dim.free("N"), Dim.of(3), Dim.free("H"), Dim.free("W"));
        JsonNode noted = new ObjectMapper().readTree(evaluate(network).out());
        assertThat(noted.get("accuracy").asDouble()).isEqualTo(1 / 3.0);
        JsonNode given = new ObjectMapper()
                .readTree(evaluate(network, "--channels", channels).out());
        assertThat(given.get("accuracy").asDouble()).isEqualTo(accuracy);
    }

    @Test
    void sizeThatNothingGivesIsAskedFor() {
        Path network = network(Map.of(), Dim.free("N"), Dim.of(3), Dim.free("H"), Dim.free("W"));
        Graft.Answer answer = evaluate(network);
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("--size");
        assertThat(evaluate(network, "--size", "8").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--mean, abc, 2, neither one number nor three",
        "--std, '1,0,1', 2, each number must be a number above 0",
        "--mean, '1,2', 2, neither one number nor three",
        "--size, 64, 1, takes pictures of 8 × 8 pixels"
    })
    void preprocessingThatCannotBeIsRefused(String option, String value, int code, String part) {
        Graft.Answer answer = evaluate(squareNetwork(), option, value);
        assertThat(answer.exitCode()).isEqualTo(code);
        assertThat(answer.err()).contains(part).doesNotContain("went wrong").doesNotContain("reading pictures");
    }

    @Test
    void emptyPictureStopsUnlessItIsToBeSkipped() throws IOException {
        Files.createFile(folder.resolve("data/val/a-red/9.jpg"));
        Path network = squareNetwork();
        Graft.Answer refused = evaluate(network);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("9.jpg (it is empty)").contains("--skip-unreadable");
        Graft.Answer skipped = evaluate(network, "--skip-unreadable");
        assertThat(skipped.exitCode()).isZero();
        assertThat(skipped.err()).contains("Left out: ").contains("9.jpg");
    }
}
