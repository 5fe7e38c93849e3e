package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.testdata.NpzFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankCommandTest {
    @TempDir
    Path folder;

    /** Its features are two of the four numbers of an example. */
    private Path network(String name, int first) {
        float[] chosen = new float[8];
        chosen[2 * first] = 1;
        chosen[2 * (first + 1) + 1] = 1;
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(4))))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(3))))
                .put(Tensor.ofFloats("body", new long[] {4, 2}, chosen))
                .put(Tensor.ofFloats("w", new long[] {2, 3}, 1, 2, 3, 4, 5, 6));
        graph.nodes().add(Node.of("MatMul", "choose", List.of("x", "body"), List.of("features")));
        graph.nodes().add(Node.of("MatMul", "head", List.of("features", "w"), List.of("y")));
        Path file = folder.resolve(name);
        OnnxFile.write(empty.withGraph(graph.build()), file);
        return file;
    }

    /** The first two numbers tell the classes, the other two are noise. */
    private Path data() throws IOException {
        Random random = new Random(4);
        int[] labels = IntStream.range(0, 60).map(i -> i % 2).toArray();
        float[][] rows = IntStream.range(0, 60)
                .mapToObj(i -> new float[] {
                    3 * labels[i] + (float) random.nextGaussian(),
                    -3 * labels[i] + (float) random.nextGaussian(),
                    (float) random.nextGaussian(),
                    (float) random.nextGaussian()
                })
                .toArray(float[][]::new);
        return NpzFiles.rows(
                folder.resolve("data.npz"), Map.of("train", rows, "val", rows), Map.of("train", labels, "val", labels));
    }

    @Test
    void theNetworkWhoseFeaturesTellTheClassesComesFirst() throws IOException {
        Path noise = network("noise.onnx", 2);
        Path signal = network("signal.onnx", 0);

        Graft.Answer answer = Graft.run(
                "rank",
                "--network",
                noise.toString(),
                "--network",
                signal.toString(),
                "--data",
                data().toString(),
                "--json");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode ranking = Json.parse(answer.out()).get("ranking");

        JsonNode first = ranking.get(0);
        JsonNode second = ranking.get(1);
        assertThat(first.get("network").asText()).endsWith("signal.onnx");
        assertThat(first.get("log_me").asDouble())
                .isGreaterThan(second.get("log_me").asDouble());
        assertThat(first.get("probe_accuracy").asDouble()).isGreaterThan(0.95);
        assertThat(second.get("probe_accuracy").asDouble()).isLessThan(0.75);
        assertThat(first.get("interval").get(0).asDouble())
                .isLessThan(first.get("probe_accuracy").asDouble());
        assertThat(first.get("p50_ms").asDouble()).isPositive();
        assertThat(first.get("bytes").asLong()).isEqualTo(Files.size(signal));
    }
}
