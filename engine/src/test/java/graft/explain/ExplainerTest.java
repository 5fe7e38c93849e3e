package graft.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.data.Examples;
import graft.evaluate.Pictures;
import graft.image.LoosePictures;
import graft.image.Preprocessing;
import graft.inference.OrtSession;
import graft.meaning.Reading;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.progress.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small convolutional network with a global pool, a linear head and a softmax; expected maps are those of the closed form. */
class ExplainerTest {
    private static final int SIZE = 8;
    private static final int CHANNELS = 5;
    private static final int CLASSES = 3;

    @TempDir
    Path folder;

    private Path picture;

    @BeforeEach
    void paint() throws IOException {
        Random random = new Random(7);
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIZE * SIZE; i++) {
            image.setRGB(i % SIZE, i / SIZE, random.nextInt(1 << 24));
        }
        picture = folder.resolve("picture.png");
        ImageIO.write(image, "png", picture.toFile());
    }

    private static Tensor random(Random random, String name, long... shape) {
        long size = 1;
        for (long axis : shape) {
            size *= axis;
        }
        float[] values = new float[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.ofFloats(name, shape, values);
    }

    private static Model network(long seed, boolean rounded) {
        Random random = new Random(seed);
        Model empty = Model.create("test", 8, 13);
        GraphEditor graph = empty.graph()
                .edit()
                .inputs(List.of(
                        ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(SIZE), Dim.of(SIZE))))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(CLASSES))));
        graph.put(random(random, "w", CHANNELS, 3, 3, 3));
        graph.put(random(random, "head.w", CLASSES, CHANNELS));
        graph.put(random(random, "head.b", CLASSES));
        graph.nodes()
                .add(Node.of("Conv", "conv", List.of("x", "w"), List.of("c")).with("pads", 1L, 1L, 1L, 1L));
        graph.nodes().add(Node.of("Relu", "relu", List.of("c"), List.of("maps")));
        graph.nodes().add(Node.of("GlobalAveragePool", "pool", List.of("maps"), List.of("p")));
        graph.nodes().add(Node.of("Flatten", "flat", List.of("p"), List.of("f")));
        if (rounded) {
            graph.put(Tensor.ofFloats("sixteen", new long[0], 16));
            graph.nodes().add(Node.of("Mul", "times", List.of("f", "sixteen"), List.of("larger")));
            graph.nodes().add(Node.of("Round", "round", List.of("larger"), List.of("whole")));
        }
        graph.nodes()
                .add(Node.of("Gemm", "head", List.of(rounded ? "whole" : "f", "head.w", "head.b"), List.of("l"))
                        .with("transB", 1L));
        graph.nodes().add(Node.of("Softmax", "soft", List.of("l"), List.of("y")).with("axis", 1L));
        return empty.withGraph(graph.build());
    }

    private Explainer explainer(Model model) {
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model, file);
        return new Explainer(NetworkFile.at(file), Reading.USUAL, Preprocessing.ofSize(SIZE));
    }

    /** Of the maps as ONNX Runtime computes them: ReLU(Σ w[class, channel] · map[channel]), Zhou and others 2016. */
    private float[] activationMap(Model model, int label) {
        float[] maps = maps(model);
        float[] weights = model.graph().initializers().get("head.w").toFloats();
        float[] out = new float[SIZE * SIZE];
        for (int place = 0; place < out.length; place++) {
            double sum = 0;
            for (int channel = 0; channel < CHANNELS; channel++) {
                sum += weights[label * CHANNELS + channel] * maps[channel * out.length + place];
            }
            out[place] = (float) Math.max(0, sum);
        }
        return out;
    }

    private float[] maps(Model model) {
        Examples example = LoosePictures.of(List.of(picture), Preprocessing.ofSize(SIZE), Progress.NONE);
        Model below = graft.onnx.SubGraph.cut(model, java.util.Set.of(), List.of("maps"), Map.of());
        try (OrtSession session = OrtSession.openPlain(below)) {
            return session.run(Map.of(
                            "x",
                            example.inputs(new int[] {0}, 0).values().iterator().next()))
                    .get("maps")
                    .toTensor("")
                    .toFloats();
        }
    }

    /** The gradient of a mean is a 64th of that of each place: the map is that part of the closed form. */
    @Test
    void behindAGlobalPoolAndALinearHeadTheMapIsTheClassActivationMap() {
        Model model = network(3, false);
        for (int label = 0; label < CLASSES; label++) {
            float[] wanted = activationMap(model, label);

            Explanation found = explainer(model).explain(picture, Optional.of("" + label), Method.AUTO, Progress.NONE);

            assertThat(found.method()).isEqualTo(Method.GRAD_CAM);
            assertThat(found.layer()).isEqualTo("maps");
            assertThat(List.of(found.height(), found.width())).containsExactly(SIZE, SIZE);
            for (int place = 0; place < wanted.length; place++) {
                assertThat(found.map()[place] * SIZE * SIZE).isCloseTo(wanted[place], within(1e-5f));
            }
        }
    }

    /**
     * The logits read one place of the last maps, as those of a transformer read the class token alone: the map is of the layer below, by a
     * gradient that is written down: of each of the 2 × 2 places that a 3 × 3 window in the corner sees.
     */
    @Test
    void whereTheLastLayerMattersInOnePlaceTheOneBelowIsAsked() {
        Random random = new Random(9);
        Tensor second = random(random, "w2", CHANNELS, CHANNELS, 3, 3);
        Model first = network(3, false);
        GraphEditor graph = first.graph().edit();
        graph.put(second);
        for (String name : List.of("starts", "axes")) {
            graph.put(
                    Tensor.ofLongs(name, new long[] {2}, name.equals("axes") ? new long[] {2, 3} : new long[] {0, 0}));
        }
        graph.put(Tensor.ofLongs("ends", new long[] {2}, 1, 1));
        int pool = graph.nodes().stream().map(Node::name).toList().indexOf("pool");
        graph.nodes().set(pool, Node.of("Slice", "corner", List.of("maps2", "starts", "ends", "axes"), List.of("p")));
        graph.nodes()
                .add(
                        pool,
                        Node.of("Conv", "conv2", List.of("maps", "w2"), List.of("maps2"))
                                .with("pads", 1L, 1L, 1L, 1L));
        Model model = first.withGraph(graph.build());
        float[] maps = maps(model);
        float[] head = model.graph().initializers().get("head.w").toFloats();
        float[] window = second.toFloats();

        Explanation found = explainer(model).explain(picture, Optional.of("2"), Method.GRAD_CAM, Progress.NONE);

        assertThat(found.layer()).isEqualTo("maps");
        for (int place = 0; place < SIZE * SIZE; place++) {
            double sum = 0;
            for (int channel = 0; channel < CHANNELS; channel++) {
                double weight = 0;
                for (int k = 0; k < CHANNELS; k++) {
                    for (int at : new int[] {4, 5, 7, 8}) {
                        weight += head[2 * CHANNELS + k] * window[(k * CHANNELS + channel) * 9 + at];
                    }
                }
                sum += weight / (SIZE * SIZE) * maps[channel * SIZE * SIZE + place];
            }
            assertThat(found.map()[place]).isCloseTo((float) Math.max(0, sum), within(1e-5f));
        }
    }

    @Test
    void aPageOfWordsShowsTextsAsTheyAreWritten() {
        Path page = folder.resolve("why.html");
        WordsPage.write(
                new WordWeights(
                        Method.OCCLUSION,
                        "100 % <b>",
                        0.5,
                        "other",
                        List.of(new WordWeights.Word("<i>&", 2, 1), new WordWeights.Word("so", -1, 2)),
                        List.of()),
                page);

        assertThat(page)
                .content()
                .contains("<h1>100 % &lt;b&gt;, 50.0 %</h1>")
                .contains(
                        "<span class=\"word for\" style=\"background:rgba(230,140,20,0.750)\">&lt;i&gt;&amp;<sub>+2.00</sub></span>")
                .contains(
                        "</p>\n<p><span class=\"word against\" style=\"background:rgba(70,140,230,0.375)\">so<sub>-1.00</sub></span>");
        assertThat(WordsPage.isOurs(page)).isTrue();
    }

    /** Adebayo and others, "Sanity Checks for Saliency Maps", 2018: a map that stays without what was learnt explains nothing. */
    @Test
    void otherWeightsGiveAnotherMap() {
        float[] one = explainer(network(3, false))
                .explain(picture, Optional.of("1"), Method.GRAD_CAM, Progress.NONE)
                .scaled();
        float[] other = explainer(network(4, false))
                .explain(picture, Optional.of("1"), Method.GRAD_CAM, Progress.NONE)
                .scaled();

        double apart = 0;
        for (int i = 0; i < one.length; i++) {
            apart += Math.abs(one[i] - other[i]) / one.length;
        }
        assertThat(apart).isGreaterThan(0.05);
    }

    @Test
    void whereNoGradientArrivesPartsAreHiddenAndThatIsSaid() {
        Explainer explainer = explainer(network(3, true));

        Explanation found = explainer.explain(picture, Optional.empty(), Method.AUTO, Progress.NONE);

        assertThat(found.method()).isEqualTo(Method.OCCLUSION);
        assertThat(found.remarks()).anyMatch(line -> line.contains("Parts of the picture were hidden instead."));
        assertThat(found.saysSomething()).isTrue();
        assertThatThrownBy(() -> explainer.explain(picture, Optional.empty(), Method.GRAD_CAM, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("cannot be explained by gradients")
                .hasMessageContaining("--method occlusion does without");
    }

    @Test
    void aClassThatIsNotThereIsRefused() {
        assertThatThrownBy(() ->
                        explainer(network(3, false)).explain(picture, Optional.of("wasp"), Method.AUTO, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("has no class wasp; it has 0, 1, 2.");
    }

    /** The preparation leaves these pixels as they are, so that the left half of the picture is the picture, enlarged. */
    @Test
    void thePictureShowsWhatTheNetworkSees() throws IOException {
        Explanation found = explainer(network(3, false)).explain(picture, Optional.empty(), Method.AUTO, Progress.NONE);
        Path file = folder.resolve("map.png");

        Overlay.write(found, file);

        BufferedImage before = ImageIO.read(picture.toFile());
        BufferedImage drawn = ImageIO.read(file.toFile());
        assertThat(Pictures.isOurs(file)).isTrue();
        assertThat(found.picture().rgb()[9]).isEqualTo(before.getRGB(1, 1) & 0xffffff);
        assertThat(drawn.getRGB(12 + 28 + 5, 12 + 28 + 5)).isEqualTo(before.getRGB(1, 1));
    }

    /** Brightness (Rec. 601) grows all the way, so that the order can be seen without colours. */
    @Test
    void theColoursGrowBrighter() {
        double last = -1;
        for (int i = 0; i <= 100; i++) {
            int colour = Overlay.colour(i / 100.0);
            double bright = 0.299 * (colour >> 16) + 0.587 * (colour >> 8 & 255) + 0.114 * (colour & 255);
            assertThat(bright).isGreaterThanOrEqualTo(last);
            last = bright;
        }
    }
}
