package graft.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import graft.deploy.Pictures;
import graft.inference.OrtSession;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.testdata.Shared;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real networks on real photographs; what is expected are the answers of the float network. */
class RealNetworksInt8Test {
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};
    private static final float[] BGR_MEAN = {104, 117, 123};
    private static final int ANTS_IN_TRAIN = 123;

    @TempDir
    private Path folder;

    @Test
    void mobileNetPerChannelAnswersAsTheFloatNetwork() throws IOException {
        Pictures train = Pictures.hymenoptera("train", 224, 1, HALF, 0.5f, false);
        Pictures val = Pictures.hymenoptera("val", 224, 1, HALF, 0.5f, false);
        Path network = folder.resolve("float.onnx");
        OnnxFile.write(
                nearestMean(OnnxFile.read(Shared.network("mobilenetv2-0.35-imagenet.onnx")), train.batches("input", 1)),
                network);
        List<Map<String, Values>> examples = train.batches("input", 2);
        int[] expected = answers(network, val.batches("input", 1));
        assertThat(expected).hasSize(153);

        Path file = folder.resolve("int8.onnx");
        QuantizationReport report =
                Quantizer.quantizeFile(network, file, QuantizationPlan.staticPerChannel(), examples, Progress.NONE);
        assertThat(report.left()).isEmpty();
        assertThat(same(expected, answers(file, val.batches("input", 1)))).isGreaterThanOrEqualTo(150);
        assertThat(ratio(file, network)).isLessThan(0.31);

        Quantizer.quantizeFile(network, file, QuantizationPlan.dynamic(), List.of(), Progress.NONE);
        assertThat(same(expected, answers(file, val.batches("input", 1)))).isGreaterThanOrEqualTo(150);
        assertThat(ratio(file, network)).isLessThan(0.29);

        HalfPrecision.write(network, file, examples.get(0));
        assertThat(same(expected, answers(file, val.batches("input", 1)))).isGreaterThanOrEqualTo(152);
        assertThat(ratio(file, network)).isLessThan(0.52);
    }

    @Test
    void squeezeNetOfOperatorSet7IsRaisedAndQuantized() throws IOException {
        Path network = Shared.network("squeezenet1.0-imagenet.onnx");
        Pictures train = Pictures.hymenoptera("train", 224, 255, BGR_MEAN, 1, true);
        Pictures val = Pictures.hymenoptera("val", 224, 255, BGR_MEAN, 1, true);
        Path file = folder.resolve("int8.onnx");
        QuantizationReport report = Quantizer.quantizeFile(
                network, file, QuantizationPlan.staticPerChannel(), train.batches("data_0", 4), Progress.NONE);
        assertThat(report.opset()).isEqualTo(13);
        assertThat(report.left()).isEmpty();
        assertThat(ratio(file, network)).isLessThan(0.27);
        int[] expected = answers(network, val.batches("data_0", 1));
        // Over 1000 classes the first two are often close: ONNX Runtime's own quantizer agrees on as many.
        assertThat(same(expected, answers(file, val.batches("data_0", 1)))).isGreaterThanOrEqualTo(138);
    }

    /** A head that needs no training: the class whose mean feature is nearest, as a linear layer. */
    private static Model nearestMean(Model body, List<Map<String, Values>> pictures) {
        int features = 1280;
        float[] means = new float[2 * features];
        int[] counts = {ANTS_IN_TRAIN, pictures.size() - ANTS_IN_TRAIN};
        try (OrtSession session = OrtSession.open(body, 0)) {
            for (int i = 0; i < pictures.size(); i++) {
                FloatBuffer f = session.run(pictures.get(i)).get("features").floats();
                int label = i < ANTS_IN_TRAIN ? 0 : 1;
                for (int k = 0; k < features; k++) {
                    means[label * features + k] += f.get(k) / counts[label];
                }
            }
        }
        float[] bias = new float[2];
        for (int k = 0; k < means.length; k++) {
            bias[k / features] -= means[k] * means[k] / 2;
        }
        GraphEditor editor = body.graph().edit();
        editor.put(Tensor.ofFloats("head.weight", new long[] {2, features}, means));
        editor.put(Tensor.ofFloats("head.bias", new long[] {2}, bias));
        editor.nodes()
                .add(Node.of("Gemm", "head", List.of("features", "head.weight", "head.bias"), List.of("logits"))
                        .with("transB", 1L));
        editor.outputs(List.of(ValueInfo.ofType("logits", graft.onnx.ElementType.FLOAT)));
        return body.withGraph(editor.build());
    }

    private static int[] answers(Path network, List<Map<String, Values>> pictures) {
        int[] out = new int[pictures.size()];
        try (OrtSession session = OrtSession.open(network, 0)) {
            for (int i = 0; i < out.length; i++) {
                FloatBuffer y =
                        session.run(pictures.get(i)).values().iterator().next().floats();
                for (int k = 1; k < y.remaining(); k++) {
                    out[i] = y.get(k) > y.get(out[i]) ? k : out[i];
                }
            }
        }
        return out;
    }

    private static int same(int[] a, int[] b) {
        int same = 0;
        for (int i = 0; i < a.length; i++) {
            same += a[i] == b[i] ? 1 : 0;
        }
        return same;
    }

    private static double ratio(Path file, Path of) throws IOException {
        return (double) Files.size(file) / Files.size(of);
    }
}
