package graft.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code make_few_shot.py} drew, and what scikit-learn, NumPy and PyTorch say of it. */
public final class FewShot {
    private static final String PLACE = "/graft/transfer/few_shot.json";

    private FewShot() {}

    public static JsonNode expected(String name) {
        try (InputStream in = FewShot.class.getResourceAsStream(PLACE)) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .get(name);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static float[][] rows(String name) {
        JsonNode said = expected(name);
        float[][] out = new float[said.size()][said.get(0).size()];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < out[i].length; j++) {
                out[i][j] = (float) said.get(i).get(j).asDouble();
            }
        }
        return out;
    }

    /** What the network makes of rows: {@code tanh(x · weight)}. */
    public static float[][] features(String name) {
        float[][] x = rows(name);
        float[][] weight = rows("weight");
        float[][] out = new float[x.length][weight[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < out[i].length; j++) {
                double sum = 0;
                for (int k = 0; k < weight.length; k++) {
                    sum += (double) x[i][k] * weight[k][j];
                }
                out[i][j] = (float) Math.tanh(sum);
            }
        }
        return out;
    }

    public static int[] whole(String name) {
        JsonNode said = expected(name);
        int[] out = new int[said.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = said.get(i).asInt();
        }
        return out;
    }

    /** The network {@code classifier(tanh(x · weight))}, whose classifier is of no use. */
    public static Path network(Path file) {
        float[][] weight = rows("weight");
        float[] values = new float[weight.length * weight[0].length];
        for (int i = 0; i < weight.length; i++) {
            System.arraycopy(weight[i], 0, values, i * weight[0].length, weight[0].length);
        }
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(weight.length))));
        editor.put(Tensor.ofFloats("body.weight", new long[] {weight.length, weight[0].length}, values));
        editor.put(Tensor.ofFloats("old.weight", new long[] {2, weight[0].length}, new float[2 * weight[0].length]));
        editor.put(Tensor.ofFloats("old.bias", new long[] {2}, 0, 0));
        editor.nodes()
                .addAll(List.of(
                        Node.of("MatMul", "body", List.of("x", "body.weight"), List.of("product")),
                        Node.of("Tanh", "tanh", List.of("product"), List.of("features")),
                        Node.of("Gemm", "old", List.of("features", "old.weight", "old.bias"), List.of("y"))
                                .with("transB", 1L)));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        OnnxFile.write(model.withGraph(editor.build()), file);
        return file;
    }

    public static Path data(Path file) throws IOException {
        return NpzFiles.rows(
                file,
                Map.of("train", rows("x_train"), "val", rows("x_val")),
                Map.of("train", whole("y_train"), "val", whole("y_val")));
    }
}
