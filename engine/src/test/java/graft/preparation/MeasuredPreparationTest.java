package graft.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.image.PictureSample;
import graft.image.Preprocessing;
import graft.meaning.NotedPreparation;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredPreparationTest {
    private static final int SIDE = 8;
    private static final int PICTURES = 12;
    /** Of the pixels below, 0 to 255: red, green, blue. */
    private static final double[] MEANS = {150, 110, 70};

    @TempDir
    Path folder;

    private double deviation;

    @BeforeEach
    void paint() throws IOException {
        Random random = new Random(5);
        double squares = 0;
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int at = 0; at < SIDE * SIDE; at++) {
                int colour = 0;
                for (double mean : MEANS) {
                    int around = random.nextInt(81) - 40;
                    squares += around * around;
                    colour = colour << 8 | (int) mean + around;
                }
                image.setRGB(at % SIDE, at / SIDE, colour);
            }
            Path file = folder.resolve("data/" + (i % 2 == 0 ? "a" : "b") + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        }
        deviation = Math.sqrt(squares / (PICTURES * SIDE * SIDE * MEANS.length));
    }

    /** A 1×1 convolution that hands its input on, and a norm whose statistics are what a way of preparing makes of the pictures. */
    private NetworkFile normed(double scale, double[] means, double std, boolean bgr) {
        float[] stored = new float[3];
        float[] variances = new float[3];
        for (int c = 0; c < 3; c++) {
            int colour = bgr ? 2 - c : c;
            stored[c] = (float) ((MEANS[colour] / 255 * scale - means[colour]) / std);
            variances[c] = (float) Math.pow(deviation / 255 * scale / std, 2);
        }
        Model model = Model.create("test", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(
                List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(SIDE), Dim.of(SIDE))));
        editor.put(Tensor.ofFloats("w", new long[] {3, 3, 1, 1}, 1, 0, 0, 0, 1, 0, 0, 0, 1));
        editor.put(Tensor.ofFloats("one", new long[] {3}, 1, 1, 1));
        editor.put(Tensor.ofFloats("zero", new long[] {3}, 0, 0, 0));
        editor.put(Tensor.ofFloats("mean", new long[] {3}, stored));
        editor.put(Tensor.ofFloats("var", new long[] {3}, variances));
        editor.nodes().add(Node.of("Conv", "conv", List.of("x", "w"), List.of("c")));
        editor.nodes()
                .add(Node.of("BatchNormalization", "norm", List.of("c", "one", "zero", "mean", "var"), List.of("n")));
        editor.nodes().add(Node.of("GlobalAveragePool", "pool", List.of("n"), List.of("p")));
        editor.nodes().add(Node.of("Flatten", "flatten", List.of("p"), List.of("y")));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(3))));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        return NetworkFile.at(file);
    }

    private MeasuredPreparation measured(NetworkFile file) {
        Preprocessing assumed = Preprocessing.ofSize(SIDE);
        PictureSample sample = PictureSample.ofClasses(folder.resolve("data"), 32, assumed, Progress.NONE);
        return MeasuredPreparation.of(file, Reading.USUAL, assumed, false, sample, 1, Progress.NONE)
                .orElseThrow();
    }

    @Test
    void storedStatisticsOfANormShowWhatArrivedAtItWhileItLearnt() {
        MeasuredPreparation imageNet = measured(normed(1, new double[] {0.485, 0.456, 0.406}, 0.226, false));
        assertThat(imageNet.how().mean()).containsExactly(0.485f, 0.456f, 0.406f);
        assertThat(imageNet.evidence()).contains("ImageNet's mean and deviation RGB fits best", "first batch norm");
        MeasuredPreparation caffe = measured(normed(255, new double[] {123, 117, 104}, 1, true));
        assertThat(caffe.how().settings())
                .containsEntry("graft.channels", "bgr")
                .containsEntry("graft.scale", "255")
                .containsEntry("graft.mean", "104,117,123");
        assertThat(measured(normed(1, new double[] {0.5, 0.5, 0.5}, 0.5, false))
                        .how()
                        .std())
                .containsOnly(0.5f);
    }

    @Test
    void whereNoWayFitsWhatWasAssumedStays() {
        MeasuredPreparation strange = measured(normed(1, new double[] {40, 40, 40}, 0.01, false));
        assertThat(strange.decided()).isFalse();
        assertThat(strange.how()).isEqualTo(Preprocessing.ofSize(SIDE));
        assertThat(strange.evidence()).contains("none of the usual ways fits");
    }

    @Test
    void theDistanceOfStatisticsIsTheDivergenceOfNormalDistributions() {
        // KL(N(1, 4) ‖ N(0, 1)) = (4 + 1 − 1 − ln 4) / 2.
        StoredNorm norm = new StoredNorm("x", new double[] {0}, new double[] {1});
        assertThat(norm.distance(new Said.Statistics(new double[] {1}, new double[] {4})))
                .isCloseTo(2 - Math.log(2), within(1e-4));
    }

    /** torchvision's AlexNet: models/alexnet.py. */
    @Test
    void blocksOfTorchvisionAreKnownWhoeverNamedThem() {
        Model own = alexNet("pytorch");
        NotedPreparation told = NotedPreparation.of(
                folder.resolve("net.onnx"), own, own.graph().inputs().get(0));
        assertThat(told.blocks()).contains("alexnet");
        assertThat(told.saysRange()).isFalse();
        assertThat(told.mean()).hasValueSatisfying(mean -> assertThat(mean).containsExactly(0.485f, 0.456f, 0.406f));
        Model caffe = alexNet("onnx-caffe2");
        assertThat(NotedPreparation.of(
                                folder.resolve("net.onnx"),
                                caffe,
                                caffe.graph().inputs().get(0))
                        .blocks())
                .isEmpty();
    }

    private static Model alexNet(String producer) {
        Model model = Model.create(producer, 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(
                List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(224), Dim.of(224))));
        long[][] shapes = {
            {64, 3, 11, 11, 4}, {192, 64, 5, 5, 1}, {384, 192, 3, 3, 1}, {256, 384, 3, 3, 1}, {256, 256, 3, 3, 1}
        };
        String tensor = "x";
        for (int k = 0; k < shapes.length; k++) {
            long[] shape = Arrays.copyOf(shapes[k], 4);
            editor.put(Tensor.ofFloats("w" + k, shape, new float[(int) (shape[0] * shape[1] * shape[2] * shape[3])]));
            editor.nodes()
                    .add(Node.of("Conv", "conv" + k, List.of(tensor, "w" + k), List.of("c" + k))
                            .with("strides", shapes[k][4], shapes[k][4]));
            tensor = "c" + k;
        }
        editor.outputs(List.of(ValueInfo.ofName(tensor)));
        return model.withGraph(editor.build());
    }
}
