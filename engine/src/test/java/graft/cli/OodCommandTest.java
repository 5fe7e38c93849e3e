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

class OodCommandTest {
    @TempDir
    Path folder;

    /** y = x·w: the features are x itself. */
    private Path network() {
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(2))))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))))
                .put(Tensor.ofFloats("w", new long[] {2, 2}, 4, 0, 0, 4));
        graph.nodes().add(Node.of("MatMul", "head", List.of("x", "w"), List.of("y")));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(empty.withGraph(graph.build()), file);
        return file;
    }

    /** Two classes, the one along the first axis and the other along the second. */
    private static float[][] rows(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    float along = 2 + random.nextFloat();
                    float across = (float) random.nextGaussian() * 0.2f;
                    return i % 2 == 0 ? new float[] {along, across} : new float[] {across, along};
                })
                .toArray(float[][]::new);
    }

    private Path data(String name, float[][] train, float[][] val) throws IOException {
        return NpzFiles.rows(
                folder.resolve(name),
                Map.of("train", train, "val", val),
                Map.of(
                        "train",
                                IntStream.range(0, train.length).map(i -> i % 2).toArray(),
                        "val", IntStream.range(0, val.length).map(i -> i % 2).toArray()));
    }

    @Test
    void predictTellsWhatIsUnlikeTheExamplesThatWereLearntFrom() throws IOException {
        Path network = network();
        Path known = data("known.npz", rows(80, 1), rows(60, 2));
        Path noted = folder.resolve("noted.onnx");

        JsonNode made = Json.parse(Graft.run(
                        "ood",
                        "--network",
                        network.toString(),
                        "--data",
                        known.toString(),
                        "--out",
                        noted.toString(),
                        "--json")
                .out());
        // Between the classes and on the other side of both.
        Path strange = data("strange.npz", new float[][] {{2, 2}, {-2, -2}}, new float[][] {{-3, 0}, {0.1f, 3}});
        JsonNode said = Json.parse(Graft.run("predict", "--network", noted.toString(), strange.toString(), "--json")
                        .out())
                .get("answers");
        Path table = folder.resolve("answers.csv");
        Graft.run("predict", "--network", noted.toString(), strange.toString(), "--out", table.toString());

        assertThat(made.get("beyond").asDouble()).isLessThanOrEqualTo(0.05);
        assertThat(made.get("width").asInt()).isEqualTo(2);
        List<Boolean> flags = IntStream.range(0, 4)
                .mapToObj(i -> said.get(i).get("ood").asBoolean())
                .toList();
        assertThat(flags).containsExactly(true, true, true, false);
        assertThat(said.get(3).get("ood_score").asDouble()).isLessThan(1);
        assertThat(Files.readAllLines(table).get(0)).endsWith("ood_score,ood");
        assertThat(Files.readAllLines(table).get(1)).endsWith(",true");
    }
}
