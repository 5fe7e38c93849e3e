package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.testdata.TinyNetworks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntrainedCommandTest {
    @TempDir
    private Path folder;

    @Test
    void anotherNetworksArchitectureGetsRandomWeightsByTheSeed() {
        Path trained = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), trained);
        Path one = untrained(trained, "one.onnx", 1);
        assertThat(untrained(trained, "again.onnx", 1)).hasSameBinaryContentAs(one);
        Graph before = OnnxFile.read(trained).graph();
        Graph after = OnnxFile.read(one).graph();
        assertThat(after.nodes())
                .extracting(Node::opType)
                .isEqualTo(before.nodes().stream().map(Node::opType).toList());
        float[] kernel = after.initializers().get("conv.weight").toFloats();
        assertThat(kernel)
                .isNotEqualTo(before.initializers().get("conv.weight").toFloats())
                .isNotEqualTo(OnnxFile.read(untrained(trained, "two.onnx", 2))
                        .graph()
                        .initializers()
                        .get("conv.weight")
                        .toFloats());
        double squares = 0;
        for (float each : kernel) {
            squares += (double) each * each;
        }
        long[] shape = before.initializers().get("conv.weight").shape();
        double fanIn = (double) kernel.length / shape[0];
        assertThat(Math.sqrt(squares / kernel.length))
                .as("He")
                .isCloseTo(Math.sqrt(2 / fanIn), within(0.5 * Math.sqrt(2 / fanIn)));
        for (float shift : after.initializers().get("bn2.bias").toFloats()) {
            assertThat(shift).isZero();
        }
    }

    private Path untrained(Path network, String name, int seed) {
        Path out = folder.resolve(name);
        Graft.Answer answer = Graft.run("untrained", "--network=" + network, "--seed=" + seed, "--out=" + out);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return out;
    }
}
