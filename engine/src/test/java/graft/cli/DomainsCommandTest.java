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
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainsCommandTest {
    @TempDir
    Path folder;

    /** Features are x times {@code keeps}, number by number: what is times 0 is not seen. */
    private Path network(String name, float... keeps) {
        float[] diagonal = new float[9];
        for (int i = 0; i < 3; i++) {
            diagonal[4 * i] = keeps[i];
        }
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3))))
                .outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))))
                .put(Tensor.ofFloats("keep", new long[] {3, 3}, diagonal))
                .put(Tensor.ofFloats("w", new long[] {3, 2}, 1, 0, 0, 1, 0, 0));
        graph.nodes().add(Node.of("MatMul", "body", List.of("x", "keep"), List.of("kept")));
        graph.nodes().add(Node.of("Relu", "rectified", List.of("kept"), List.of("features")));
        graph.nodes().add(Node.of("MatMul", "head", List.of("features", "w"), List.of("y")));
        Path file = folder.resolve(name);
        OnnxFile.write(empty.withGraph(graph.build()), file);
        return file;
    }

    /** Two classes in the first two numbers; in the third the domain, and nothing else. */
    private Path data(String name, float domain, int train, int val) throws IOException {
        return NpzFiles.rows(
                folder.resolve(name),
                Map.of("train", rows(train, domain), "val", rows(val, domain)),
                Map.of("train", labels(train), "val", labels(val)));
    }

    private static float[][] rows(int count, float domain) {
        Random random = new Random(count + (long) domain);
        return IntStream.range(0, count)
                .mapToObj(i -> new float[] {
                    (i % 2 == 0 ? 9 : 5) + (float) random.nextGaussian(),
                    5 + (float) random.nextGaussian(),
                    5 + domain + (float) random.nextGaussian() / 4
                })
                .toArray(float[][]::new);
    }

    private static int[] labels(int count) {
        return IntStream.range(0, count).map(i -> i % 2).toArray();
    }

    @Test
    void aNetworkThatSeesNoDomainHasBothInOnePlaceAndTheOneBeforeDidNot() throws IOException {
        Path seeing = network("seeing.onnx", 1, 1, 1);
        Path blind = network("blind.onnx", 1, 1, 0);
        Path source = data("source.npz", 0, 60, 30);
        Path target = data("target.npz", 3, 50, 40);
        Path picture = folder.resolve("domains.png");

        JsonNode found = Json.parse(Graft.run(
                        "domains",
                        "--network",
                        blind.toString(),
                        "--before",
                        seeing.toString(),
                        "--data",
                        source.toString(),
                        "--target",
                        target.toString(),
                        "--out",
                        picture.toString(),
                        "--json")
                .out());

        // The 40 of the target that may be judged; of the source the 30 to validate by, and 10 more.
        assertThat(found.get("each").asInt()).isEqualTo(40);
        assertThat(found.get("learnt_from").asInt()).isEqualTo(10);
        assertThat(found.get("target_labelled").asBoolean()).isTrue();
        JsonNode before = found.get("before");
        JsonNode after = found.get("after");
        assertThat(before.get("domain_accuracy").asDouble()).isGreaterThan(0.97);
        assertThat(after.get("interval").get(0).asDouble()).isLessThan(0.5);
        assertThat(after.get("domain_accuracy").asDouble()).isLessThan(0.7);
        assertThat(after.get("width").asInt()).isEqualTo(3);
        // Two numbers vary: two components show all of them.
        assertThat(after.get("shares").get(0).asDouble()
                        + after.get("shares").get(1).asDouble())
                .isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(after.get("points")).hasSize(80);
        assertThat(after.get("points").get(0).get("domain").asText()).isEqualTo("source");
        assertThat(after.get("points").get(79).get("domain").asText()).isEqualTo("target");
        assertThat(after.get("points").get(79).get("class").asText()).isNotEmpty();
        BufferedImage drawn = ImageIO.read(picture.toFile());
        assertThat(drawn.getWidth()).isEqualTo(2 * drawn.getHeight());
        assertThat(Files.size(picture)).isGreaterThan(5_000);
    }

    @Test
    void featuresThatAreAllTheSameAreRefusedByNetworkAndTooFewExamplesByTheirFile() throws IOException {
        Path dead = network("dead.onnx", 0, 0, 0);
        Path source = data("source.npz", 0, 60, 30);
        Path few = data("few.npz", 3, 50, 4);

        Graft.Answer same = Graft.run(
                "domains",
                "--network",
                dead.toString(),
                "--data",
                source.toString(),
                "--target",
                data("target.npz", 3, 50, 40).toString());
        Graft.Answer little = Graft.run(
                "domains",
                "--network",
                network("net.onnx", 1, 1, 1).toString(),
                "--data",
                source.toString(),
                "--target",
                few.toString());

        assertThat(same.exitCode()).isNotZero();
        assertThat(same.err()).contains("dead.onnx").contains("the same for all examples");
        assertThat(little.exitCode()).isNotZero();
        assertThat(little.err()).contains("few.npz").contains("4 examples");
    }
}
