package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks that answer exactly right on flat pictures of three greys if they are fed right: the mean m of a picture gives
 * the scores 2 m c − c² for the greys c = 0.1, 0.5, 0.9.
 */
class MeaningTest {
    private static final float[] GREYS = {0.1f, 0.5f, 0.9f};
    private static final List<String> NAMES = List.of("a-dark", "b-middle", "c-light");

    @TempDir
    Path folder;

    @BeforeEach
    void paint() throws IOException {
        for (int i = 0; i < GREYS.length; i++) {
            for (String place : List.of("train/%s/1.png", "train/%s/2.png", "val/%s/1.png", "val/%s/2.png")) {
                paint(i, place, place.contains("1") ? 3 : -3);
            }
        }
    }

    private void paint(int grey, String place, int lighter) throws IOException {
        Path file = folder.resolve("data").resolve(String.format(place, NAMES.get(grey)));
        Files.createDirectories(file.getParent());
        int level = Math.round(255 * GREYS[grey]) + lighter;
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < 64; at++) {
            image.setRGB(at % 8, at / 8, new Color(level, level, level).getRGB());
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static final class Net {
        final Model empty;
        final GraphEditor editor;

        Net(long opset) {
            empty = Model.create("test", 8, opset);
            editor = empty.graph().edit();
            float[] weight = new float[9];
            for (int i = 0; i < 9; i++) {
                weight[i] = 2 * GREYS[i % 3] / 3;
            }
            editor.put(Tensor.ofFloats("w", new long[] {3, 3}, weight));
            editor.put(Tensor.ofFloats("b", new long[] {3}, -0.01f, -0.25f, -0.81f));
        }

        Net add(String op, List<String> in, String out) {
            editor.nodes().add(Node.of(op, op + out, in, List.of(out)));
            return this;
        }

        Net add(Node node) {
            editor.nodes().add(node);
            return this;
        }

        Net longs(String name, long... values) {
            editor.put(Tensor.ofLongs(name, new long[] {values.length}, values));
            return this;
        }

        /** From pooled features to the scores {@code y}. */
        Net head(String features) {
            return add("Gemm", List.of(features, "w", "b"), "y");
        }
    }

    private Path write(Net net, List<ValueInfo> inputs, ValueInfo output) {
        net.editor.inputs(inputs).outputs(List.of(output));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(net.empty.withGraph(net.editor.build()), file);
        return file;
    }

    private static ValueInfo pictures(ElementType type) {
        return ValueInfo.of("x", type, Dim.free("N"), Dim.of(3), Dim.of(8), Dim.of(8));
    }

    private static final ValueInfo SCORES = ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(3));

    private Graft.Answer evaluate(Path network, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of(
                "evaluate",
                "--network",
                network.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--json"));
        words.addAll(List.of(more));
        return Graft.run(words.toArray(String[]::new));
    }

    private JsonNode right(Path network, String... more) throws IOException {
        Graft.Answer answer = evaluate(network, more);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(answer.out());
        assertThat(json.get("accuracy").asDouble()).isEqualTo(1);
        return json;
    }

    @Test
    void labelsInWordsBesideTheScoresAreLeftAlone() throws IOException {
        Net net = new Net(13)
                .add("GlobalAveragePool", List.of("x"), "p")
                .add("Flatten", List.of("p"), "f")
                .head("f")
                .add(Node.of("ArgMax", "top", List.of("y"), List.of("number"))
                        .with("axis", 1L)
                        .with("keepdims", 0L))
                .add(Node.of("Cast", "words", List.of("number"), List.of("label"))
                        .with("to", (long) ElementType.STRING.code()));
        net.editor
                .inputs(List.of(pictures(ElementType.FLOAT)))
                .outputs(List.of(ValueInfo.of("label", ElementType.STRING, Dim.free("N")), SCORES));
        Path file = folder.resolve("words.onnx");
        OnnxFile.write(net.empty.withGraph(net.editor.build()), file);
        right(file);
        Path shipped = folder.resolve("shipped");
        Graft.Answer answer = Graft.run(
                "deploy",
                "--network",
                file.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--out",
                shipped.toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        right(shipped.resolve("network.fp16.onnx"));
        assertThat(answer.err()).doesNotContain(".part");
    }

    @Test
    void aBatchOfOneInAReshapeIsNeverMixed() throws IOException {
        Net refuses = new Net(13)
                .add("GlobalAveragePool", List.of("x"), "p")
                .longs("s", 1, 3)
                .add("Reshape", List.of("p", "s"), "f")
                .head("f");
        JsonNode json = right(write(refuses, List.of(pictures(ElementType.FLOAT)), SCORES));
        assertThat(json.get("remarks").toString()).contains("one by one").contains("does not name its classes");
        Graft.Answer freed = Graft.run(
                "train",
                "--network",
                folder.resolve("net.onnx").toString(),
                "--data",
                folder.resolve("data").toString(),
                "--out",
                folder.resolve("freed").toString(),
                "--epochs",
                "1",
                "--project",
                folder.resolve("project").toString());
        assertThat(freed.out()).as(freed.err()).contains("unchanged, byte for byte");
        // [N, 3] made of [3, N]: rows hold other pictures' numbers as soon as N is above 1.
        Net mixes = new Net(13)
                .add("GlobalAveragePool", List.of("x"), "p")
                .add(Node.of("Transpose", "t", List.of("p"), List.of("q")).with("perm", 1, 0, 2, 3))
                .longs("s", -1, 3)
                .add("Reshape", List.of("q", "s"), "f")
                .head("f");
        Path mixing = write(mixes, List.of(pictures(ElementType.FLOAT)), SCORES);
        assertThat(right(mixing).get("remarks").toString()).contains("one by one");
        Graft.Answer trained = Graft.run(
                "train",
                "--network",
                mixing.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--out",
                folder.resolve("run").toString(),
                "--epochs",
                "300",
                "--lr",
                "0.3",
                "--batch",
                "6",
                "--project",
                folder.resolve("project").toString());
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("one by one");
        right(folder.resolve("run/network.onnx"));
    }

    @Test
    void aNetworkExportedWhileLearningIsJudgedByItsStoredStatistics() throws IOException {
        Net net = new Net(15);
        for (String name : List.of("scale", "variance")) {
            net.editor.put(Tensor.ofFloats(name, new long[] {3}, 1, 1, 1));
        }
        for (String name : List.of("shift", "mean")) {
            net.editor.put(Tensor.ofFloats(name, new long[] {3}, 0, 0, 0));
        }
        net.add(Node.of("BatchNormalization", "norm", List.of("x", "scale", "shift", "mean", "variance"), List.of("n"))
                        .with("training_mode", 1L)
                        .with("epsilon", 0f))
                .add("GlobalAveragePool", List.of("n"), "p")
                .add("Flatten", List.of("p"), "f")
                .head("f");
        JsonNode json = right(write(net, List.of(pictures(ElementType.FLOAT)), SCORES));
        assertThat(json.get("remarks").toString()).contains("training mode");
    }

    @Test
    void bytesAreFedAsTheyAre() throws IOException {
        Net net = new Net(13);
        net.editor.put(Tensor.ofFloats("k", new long[0], 1 / 255f));
        net.add(Node.of("Cast", "c", List.of("x"), List.of("c")).with("to", 1L))
                .add("Mul", List.of("c", "k"), "m")
                .add("GlobalAveragePool", List.of("m"), "p")
                .add("Flatten", List.of("p"), "f")
                .head("f");
        Path file = write(net, List.of(pictures(ElementType.UINT8)), SCORES);
        right(file);
        assertThat(evaluate(file, "--mean", "0.5").err()).contains("takes whole numbers (UINT8)");
    }

    @Test
    void aSecondInputIsAskedForAndFixed() throws IOException {
        Net net = new Net(13);
        net.add(Node.of("Cast", "c", List.of("offset"), List.of("o")).with("to", 1L))
                .add("GlobalAveragePool", List.of("x"), "p")
                .add("Flatten", List.of("p"), "g")
                .longs("axis", 1)
                .add("Unsqueeze", List.of("o", "axis"), "u")
                .add("Add", List.of("g", "u"), "f")
                .head("f");
        Path file = write(
                net,
                List.of(ValueInfo.of("offset", ElementType.INT64, Dim.free("N")), pictures(ElementType.FLOAT)),
                SCORES);
        Graft.Answer asked = evaluate(file);
        assertThat(asked.exitCode()).isEqualTo(1);
        assertThat(asked.err()).contains("--input offset=0").contains("x [N, 3, 8, 8]");
        right(file, "--input", "offset=0");
    }

    @Test
    void labelsAloneAreJudgedByTheScoresBelow() throws IOException {
        Net net = new Net(13)
                .add("GlobalAveragePool", List.of("x"), "p")
                .add("Flatten", List.of("p"), "f")
                .head("f")
                .add(Node.of("ArgMax", "best", List.of("y"), List.of("label")).with("axis", 1L));
        Path file = write(
                net,
                List.of(pictures(ElementType.FLOAT)),
                ValueInfo.of("label", ElementType.INT64, Dim.free("N"), Dim.of(1)));
        assertThat(right(file).get("remarks").toString()).contains("ArgMax");
    }

    @Test
    void aNetworkThatTakesNoPicturesIsNotAskedForTheirSize() {
        Net net = new Net(13).head("x");
        Path file = write(net, List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3))), SCORES);
        Graft.Answer answer = evaluate(file);
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("takes [N, 3], not pictures").doesNotContain("--size");
    }

    @Test
    void picturesThatAreNotSquareAreFilled() throws IOException {
        Net net = new Net(13)
                .add("GlobalAveragePool", List.of("x"), "p")
                .add("Flatten", List.of("p"), "f")
                .head("f");
        Path file = write(
                net,
                List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(6), Dim.of(10))),
                SCORES);
        right(file);
        right(file, "--size", "6x10", "--resize", "stretch");
        assertThat(evaluate(file, "--size", "10x6").err()).contains("takes pictures of 6 × 10 pixels (height × width)");
        assertThat(evaluate(file, "--size", "wide").exitCode()).isEqualTo(2);
    }

    @Test
    void namesInTheFileOrBesideItDecide() throws IOException {
        Net net = new Net(13)
                .add("GlobalAveragePool", List.of("x"), "p")
                .add("Flatten", List.of("p"), "f")
                .head("f")
                .longs("turned", 2, 1, 0)
                .add(Node.of("Gather", "turn", List.of("y", "turned"), List.of("z"))
                        .with("axis", 1L));
        Path file = write(
                net,
                List.of(pictures(ElementType.FLOAT)),
                ValueInfo.of("z", ElementType.FLOAT, Dim.free("N"), Dim.of(3)));
        Path labels = Files.writeString(folder.resolve("turned.list"), "c-light\nb-middle\na-dark\n");
        right(file, "--classes", labels.toString());
        Files.copy(labels, folder.resolve("labels.txt"));
        JsonNode json = right(file);
        assertThat(json.get("classes").toString()).isEqualTo("[\"c-light\",\"b-middle\",\"a-dark\"]");
        assertThat(json.get("remarks").toString()).contains("labels.txt beside it");
    }

    /** A network that wants its pixels as {@code pixel / 255 * factor + offset}. */
    private Path wanting(float factor, float offset, Map<String, String> notes) {
        Net net = new Net(13);
        float[] weight = new float[9];
        float[] bias = {-0.01f, -0.25f, -0.81f};
        for (int i = 0; i < 9; i++) {
            weight[i] = 2 * GREYS[i % 3] / 3 / factor;
            bias[i % 3] -= weight[i] * offset;
        }
        net.editor.put(Tensor.ofFloats("w", new long[] {3, 3}, weight));
        net.editor.put(Tensor.ofFloats("b", new long[] {3}, bias));
        net.add("GlobalAveragePool", List.of("x"), "p")
                .add("Flatten", List.of("p"), "f")
                .head("f");
        net.editor.inputs(List.of(pictures(ElementType.FLOAT))).outputs(List.of(SCORES));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(net.empty.withGraph(net.editor.build()).withMetadata(notes), file);
        return file;
    }

    @Test
    void preparationNotesOfOtherToolsAreFollowed() throws IOException {
        Map<String, String> winMl =
                Map.of("Image.BitmapPixelFormat", "Bgr8", "Image.NominalPixelRange", "NominalRange_0_255");
        assertThat(right(wanting(255, 0, winMl)).get("remarks").get(0).asText()).contains("Image.*");
        right(wanting(2, -1, Map.of("Image.NominalPixelRange", "Normalized_1_1")));
        // Outside the specification, but written.
        right(wanting(1, 0, Map.of("Image.NominalPixelRange", "NominalRange_0_1")));
        right(wanting(219, 16, Map.of("Image.NominalPixelRange", "NominalRange_16_235")));
        Files.writeString(
                folder.resolve("preprocessor_config.json"),
                "{\"do_resize\": true, \"size\": {\"height\": 8, \"width\": 8}, \"image_mean\": [0.5, 0.5, 0.5],"
                        + " \"image_std\": [0.25, 0.25, 0.25], \"rescale_factor\": 0.00392156862745098, \"resample\": 3}");
        assertThat(right(wanting(4, -2, Map.of())).get("remarks").toString())
                .contains("another filter than bilinear")
                .contains("preprocessor_config.json");
        // transformers' VivitImageProcessor and EfficientNetImageProcessor: pixel * rescale_factor - 1.
        for (String offset : List.of("offset", "rescale_offset")) {
            Files.writeString(
                    folder.resolve("preprocessor_config.json"),
                    "{\"size\": 8, \"do_normalize\": false, \"rescale_factor\": 0.00784313725490196, \"" + offset
                            + "\": true}");
            right(wanting(2, -1, Map.of()));
        }
        Files.writeString(
                folder.resolve("preprocessor_config.json"),
                "{\"size\": {\"shortest_edge\": 8}, \"do_rescale\": false, \"image_mean\": [117, 117, 117],"
                        + " \"image_std\": [1, 1, 1]}");
        right(wanting(255, -117, Map.of()));
    }

    @Test
    void whatNobodySaysIsTriedOnThePicturesAndTheOneThatFitsIsTaken() throws IOException {
        for (int i = 0; i < GREYS.length; i++) {
            for (int more = 3; more < 6; more++) {
                paint(i, "train/%s/" + more + ".png", 2 * more);
            }
        }
        for (String[] way : new String[][] {
            {"255", "0", "0...255 RGB"}, {"2", "-1", "-1...1 RGB"}, {"255", "-117", "Caffe's means BGR"}
        }) {
            Path file = wanting(Float.parseFloat(way[0]), Float.parseFloat(way[1]), Map.of());
            assertThat(right(file).get("remarks").toString())
                    .contains("does not say how its pictures are prepared")
                    .contains("of the usual ways " + way[2] + " fits best");
        }
    }

    @Test
    void aWrongPreparationIsNoticedAndTheOneThatFitsIsSaid() throws IOException {
        Path file = wanting(2, -1, Map.of());
        Graft.Answer answer = evaluate(file, "--scale", "255");
        JsonNode json = new ObjectMapper().readTree(answer.out());
        assertThat(json.get("accuracy").asDouble()).isLessThan(0.7);
        assertThat(json.get("remarks").toString())
                .contains("Prepared with --scale 1 --mean 0.5 --std 0.5 it is right on 6 of 6 pictures");
        right(file, "--scale", "1", "--mean", "0.5", "--std", "0.5");
    }

    @Test
    void firstStepsThatDivideBy255ShowWhatIsFed() throws IOException {
        Net net = new Net(13);
        net.editor.put(Tensor.ofFloats("k", new long[0], 255));
        net.add("Div", List.of("x", "k"), "m")
                .add("GlobalAveragePool", List.of("m"), "p")
                .add("Flatten", List.of("p"), "f")
                .head("f");
        Path file = write(net, List.of(pictures(ElementType.FLOAT)), SCORES);
        assertThat(right(file).get("remarks").get(0).asText()).contains("pixels from 0 to 255");
    }

    @Test
    void coloursThatMayStandFirstOrLastAreAskedAbout() throws IOException {
        Net net = new Net(13)
                .add("GlobalAveragePool", List.of("x"), "p")
                .add("Flatten", List.of("p"), "f")
                .head("f");
        Path file = write(
                net,
                List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(3), Dim.of(3))),
                SCORES);
        assertThat(evaluate(file).err()).contains("--layout nchw").contains("--layout nhwc");
        right(file, "--layout", "nchw");
    }
}
