package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.catalog.NetworkPath;
import graft.network.Bottlenecks;
import graft.network.Head;
import graft.network.Importer;
import graft.network.LowRank;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.progress.Progress;
import graft.run.AdapterFile;
import graft.run.Checkpoint;
import graft.run.FineTuningResult;
import graft.run.ParameterEfficientOptions;
import graft.testdata.Plans;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters behind layers; {@code make_lora.py} is the recipe of what PyTorch makes of the same network. */
class BottlenecksTest {
    @TempDir
    Path folder;

    private Plans plans(String target) throws Exception {
        return Plans.of(resource("lora-net.onnx"), resource("lora-data.npz"), folder.resolve("run"))
                .epochs(1)
                .batch(4)
                .learningRate(0.3)
                .headInit(Head.Init.ZEROS)
                .inOrder()
                .with(ParameterEfficientOptions.ADAPTER, 2)
                .with(ParameterEfficientOptions.ADAPTER_TARGET, target);
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(BottlenecksTest.class.getResource("/pytorch/" + name).toURI());
    }

    private static Network opened(String name) {
        return TrainableSpec.apply(Importer.open(NetworkPath.of(Path.of(name))), "head");
    }

    @Test
    void whatTheyLearnEqualsPyTorchs() throws Exception {
        FineTuningResult result = FineTuner.run(plans("stem,up,down").build(), Progress.NONE);
        Map<String, Tensor> after = OnnxFile.read(result.network()).graph().initializers();
        Map<String, Tensor> expected =
                OnnxFile.read(resource("after-adapter.onnx")).graph().initializers();
        expected.forEach((name, tensor) -> {
            float[] got = after.get(name).toFloats();
            float[] wanted = tensor.toFloats();
            assertThat(after.get(name).shape()).as(name).isEqualTo(tensor.shape());
            for (int i = 0; i < wanted.length; i++) {
                assertThat(got[i]).as(name + " " + i).isCloseTo(wanted[i], within(3e-6f));
            }
        });
        assertThat(result.inserted().layers()).containsExactly("stem", "up", "down");
        assertThat(result.inserted().parameters())
                .as("2 · 2 · (6 + 10 + 5) weights, 3 · 2 and 6 + 10 + 5 biases")
                .isEqualTo(111);
        assertThat(result.frozenUnchanged()).isTrue();
    }

    @Test
    void withTheNetworkTheyGiveTheFileOfTheRunAgain() throws Exception {
        Path base = Files.copy(resource("lora-net.onnx"), folder.resolve("net.onnx"));
        FineTuner.run(plans("up").build(), Progress.NONE);
        Path run = folder.resolve("run");
        assertThat(Checkpoint.read(run.resolve(Checkpoint.FILE)).orElseThrow().learnt())
                .containsOnlyKeys(
                        "up.adapter_down.weight",
                        "up.adapter_down.bias",
                        "up.adapter_up.weight",
                        "up.adapter_up.bias",
                        "head.weight",
                        "head.bias");
        Path again = folder.resolve("again.onnx");
        AdapterFile.read(run.resolve(AdapterFile.NAME)).export(base, again);
        assertThat(again).hasSameBinaryContentAs(run.resolve("network.onnx"));
    }

    /** As Houlsby et al. put them: behind the last layer of attention and of the feed-forward part, before the sum. */
    @Test
    void theyStandWhereResultsAreAddedToWhatWentPastThem() {
        assertThat(Bottlenecks.of(opened("minilm"), 8, "", 1).layers())
                .hasSize(12)
                .allMatch(name ->
                        name.endsWith("attention.output.dense") || name.matches("encoder.layer.\\d.output.dense"));
        // The convolutions that only widen what goes past a block are none.
        assertThat(Bottlenecks.of(opened("graft-resnet"), 8, "", 1).layers())
                .isNotEmpty()
                .allMatch(name -> name.endsWith("conv2"));
    }

    @Test
    void whatCannotHaveAdaptersIsRefusedByName() throws Exception {
        Network plain = TrainableSpec.apply(Importer.open(resource("lora-net.onnx")), "head");
        assertThatThrownBy(() -> Bottlenecks.of(plain, 4, "", 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Name layers with --adapter-target");
        assertThatThrownBy(() -> Bottlenecks.of(plain, 4, "nothing*", 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("No layer is called nothing*");
        assertThatThrownBy(() -> FineTuner.run(
                        plans("up")
                                .with(ParameterEfficientOptions.LORA, LowRank.parse("2"))
                                .build(),
                        Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--lora and --adapter");
    }
}
