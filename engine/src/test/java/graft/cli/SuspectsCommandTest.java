package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
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
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of one colour each, of which some lie in the wrong class; the network's body takes the mean of each channel. */
class SuspectsCommandTest {
    private static final List<String> CLASSES = List.of("blue", "green", "red");

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void paint() throws IOException {
        data = folder.resolve("data");
        Random random = new Random(4);
        for (String part : List.of("train", "val", "test")) {
            for (int i = 0; i < 12; i++) {
                String colour = CLASSES.get(i % 3);
                paint(data.resolve(part + "/" + colour + "/" + i + ".png"), colour, random);
            }
        }
        paint(data.resolve("train/red/turned.png"), "blue", random);
        paint(data.resolve("val/green/turned.png"), "red", random);
        paint(data.resolve("test/green/turned.png"), "red", random);
    }

    private static void paint(Path file, String colour, Random random) throws IOException {
        int[] channels = {random.nextInt(90), random.nextInt(90), random.nextInt(90)};
        channels[2 - CLASSES.indexOf(colour)] += 150;
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < 64; at++) {
            image.setRGB(at % 8, at / 8, new Color(channels[0], channels[1], channels[2]).getRGB());
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private Path network() {
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(8), Dim.of(8))))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(1), Dim.of(1))));
        graph.nodes().add(Node.of("GlobalAveragePool", "", List.of("x"), List.of("y")));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(empty.withGraph(graph.build()).withMetadata(Map.of()), file);
        return file;
    }

    private Graft.Answer suspects(String... more) {
        String[] arguments = {"suspects", "--network", network().toString(), "--data", data.toString()};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Graft.run(all);
    }

    @Test
    void whatLiesInTheWrongClassIsFirstInTheListAndTheTestPartIsLeftAlone() {
        Graft.Answer answer = suspects("--json");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode found = Json.parse(answer.out());
        assertThat(found.get("n").asInt()).isEqualTo(26);
        assertThat(found.get("expected_wrong").asInt()).isEqualTo(2);
        assertThat(found.get("suspects")).hasSize(26);
        assertThat(List.of(found.get("suspects").get(0), found.get("suspects").get(1)))
                .extracting(each ->
                        each.get("name").asText() + ": " + each.get("label").asText() + " -> "
                                + each.get("suggested").asText() + " "
                                + each.get("wrong").asBoolean())
                .containsExactlyInAnyOrder(
                        "train/red/turned.png: red -> blue true", "val/green/turned.png: green -> red true");
        assertThat(found.get("suspects").get(2).get("score").asDouble())
                .isGreaterThan(found.get("suspects").get(1).get("score").asDouble());
        assertThat(answer.err()).contains("The 13 examples of the test part were not looked at");
    }

    @Test
    void forAPersonThereIsASentenceAndTheList() {
        Graft.Answer answer = suspects();

        assertThat(answer.out())
                .startsWith("2 of 26 labels look wrong.")
                .contains("red -> blue  train/red/turned.png")
                .contains("graft data relabel");
    }

    @Test
    void tooFewExamplesAreRefused() throws IOException {
        for (String place : List.of("train/red", "train/green", "val/red", "val/green", "test/green")) {
            try (var files = Files.list(data.resolve(place))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        paint(data.resolve("train/red/1.png"), "red", new Random(1));
        paint(data.resolve("val/red/2.png"), "red", new Random(2));

        Graft.Answer answer = suspects();

        assertThat(answer.exitCode()).isOne();
        assertThat(answer.err()).contains("to tell wrong labels at least 20 are needed, 3 or more of each class");
    }

    @Test
    void aNumberOfFoldsThatCannotBeIsRefused() {
        assertThat(suspects("--folds", "1").err()).contains("--folds must be a whole number from 2 to 50; it was 1");
    }
}
