package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.catalog.NetworkPath;
import graft.files.Home;
import graft.network.Adapters;
import graft.network.Head;
import graft.network.Importer;
import graft.network.LowRank;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.progress.Progress;
import graft.run.AdapterFile;
import graft.run.AdapterShelf;
import graft.run.Checkpoint;
import graft.run.FineTuningResult;
import graft.run.ParameterEfficientOptions;
import graft.testdata.Plans;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thin matrices beside weights; {@code make_lora.py} is the recipe of what PyTorch makes of the same network. */
class AdaptersTest {
    @TempDir
    Path folder;

    private Plans plans(String target) throws Exception {
        return Plans.of(resource("lora-net.onnx"), resource("lora-data.npz"), folder.resolve("run"))
                .epochs(1)
                .batch(4)
                .learningRate(0.3)
                .headInit(Head.Init.ZEROS)
                .inOrder()
                .with(ParameterEfficientOptions.LORA, LowRank.parse("2:6"))
                .with(ParameterEfficientOptions.LORA_TARGET, target);
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(AdaptersTest.class.getResource("/pytorch/" + name).toURI());
    }

    @Test
    void mergedWeightsEqualPyTorchs() throws Exception {
        FineTuningResult result = FineTuner.run(plans("stem,up,down").build(), Progress.NONE);
        Map<String, Tensor> before =
                OnnxFile.read(resource("lora-net.onnx")).graph().initializers();
        Map<String, Tensor> after = OnnxFile.read(result.network()).graph().initializers();
        Map<String, Tensor> expected =
                OnnxFile.read(resource("after-lora.onnx")).graph().initializers();
        expected.forEach((name, tensor) -> {
            float[] start = before.containsKey(name) ? before.get(name).toFloats() : new float[(int) tensor.size()];
            float[] wanted = tensor.toFloats();
            float[] got = after.get(name).toFloats();
            double off = 0;
            double update = 0;
            for (int i = 0; i < got.length; i++) {
                off = Math.max(off, Math.abs(got[i] - wanted[i]));
                update = Math.max(update, Math.abs(wanted[i] - start[i]));
            }
            boolean learnt = name.startsWith("head") || name.matches("(stem|up|down)\\.weight");
            assertThat(update > 1e-3).as(name + " was changed by PyTorch").isEqualTo(learnt);
            assertThat(off).as(name).isLessThanOrEqualTo(2e-4 * update);
        });
    }

    @Test
    void theFileIsTheNetworkWithAnotherHeadAndOtherWeightsWhereTheThinMatricesStood() throws Exception {
        FineTuningResult result = FineTuner.run(plans("up,down").build(), Progress.NONE);
        FineTuningResult.Merged adapter = result.adapter();
        assertThat(adapter.layers()).containsExactly("up", "down");
        assertThat(adapter.parameters()).as("(6 + 10 + 10 + 5) · 2").isEqualTo(62);
        assertThat(result.trainableParameters())
                .as("and 3 · (5 + 1) of the head")
                .isEqualTo(80);
        assertThat(adapter.tensorsChanged()).isEqualTo(2);
        assertThat(result.frozenUnchanged()).isTrue();
        assertThat(adapter.maxAbsDifference()).isLessThanOrEqualTo(1e-5 * adapter.maxAbs());
        FineTuningResult head = FineTuner.run(
                plans("")
                        .with(ParameterEfficientOptions.LORA, LowRank.NONE)
                        .out(folder.resolve("head"))
                        .build(),
                Progress.NONE);
        assertThat(Files.size(result.network())).isEqualTo(Files.size(head.network()));
        assertThat(OnnxFile.read(result.network()).graph().nodes())
                .hasSameSizeAs(OnnxFile.read(head.network()).graph().nodes());
        assertThat(head.adapter()).isNull();
    }

    @Test
    void aCheckpointHoldsTheThinMatricesAndTheHeadAlone() throws Exception {
        FineTuner.run(plans("up").build(), Progress.NONE);
        assertThat(Checkpoint.read(folder.resolve("run").resolve(Checkpoint.FILE))
                        .orElseThrow()
                        .learnt())
                .containsOnlyKeys("up.lora_A", "up.lora_B", "head.weight", "head.bias");
    }

    @Test
    void severalAdaptersBesideOneNetworkGiveTheFilesOfTheirRunsAgain() throws Exception {
        Path base = Files.copy(resource("lora-net.onnx"), folder.resolve("net.onnx"));
        AdapterShelf shelf = new AdapterShelf(base);
        for (String target : new String[] {"up", "stem"}) {
            FineTuner.run(plans(target).out(folder.resolve(target)).build(), Progress.NONE);
            shelf.keep(folder.resolve(target), Optional.empty());
        }
        assertThat(shelf.names()).containsExactly("stem", "up");
        for (String target : shelf.names()) {
            Path out = folder.resolve(target + ".onnx");
            AdapterFile.read(shelf.find(Path.of(target))).export(base, out);
            assertThat(out).hasSameBinaryContentAs(folder.resolve(target).resolve("network.onnx"));
        }
        assertThatThrownBy(() -> shelf.keep(folder.resolve("up"), Optional.empty()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("There is an adapter up beside");
        Path other = folder.resolve("up").resolve("network.onnx");
        assertThatThrownBy(() -> AdapterFile.read(shelf.find(Path.of("up"))).export(other, folder.resolve("no.onnx")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is not the network that this adapter was learnt beside");
    }

    /** The program's folder is another's, and goes with the program. */
    @Test
    void adaptersOfNetworksThatCameAlongAreKeptInTheUsersFolder() {
        assertThat(new AdapterShelf(NetworkPath.of(Path.of("minilm"))).folder()).startsWithRaw(Home.folder());
        assertThat(new AdapterShelf(folder.resolve("net.onnx")).folder())
                .isEqualTo(folder.resolve("net.onnx.adapters"));
    }

    /** Both readers get the same thin matrices: what is added to the weight changes both. */
    @Test
    void aSharedWeightIsAdaptedForBothOfItsReaders() throws Exception {
        Path shared = folder.resolve("shared.onnx");
        Model model = OnnxFile.read(resource("lora-net.onnx"));
        GraphEditor editor = model.graph().edit();
        // up · (its own result, cut to its width) once more
        int at = 0;
        while (!editor.nodes().get(at).output(0).equals("v")) {
            at++;
        }
        editor.put(Tensor.ofLongs("starts", new long[] {1}, 0));
        editor.put(Tensor.ofLongs("ends", new long[] {1}, 6));
        editor.put(Tensor.ofLongs("axes", new long[] {1}, 1));
        editor.nodes()
                .addAll(
                        at + 1,
                        List.of(
                                Node.of("Slice", "cut", List.of("v", "starts", "ends", "axes"), List.of("s")),
                                Node.of("MatMul", "again", List.of("s", "up.weight"), List.of("v2"))));
        editor.replaceNodes(node -> node.name().equals("down") ? node.reading("v", "v2") : node);
        OnnxFile.write(model.withGraph(editor.build()), shared);
        FineTuningResult result = FineTuner.run(
                Plans.of(shared, resource("lora-data.npz"), folder.resolve("run"))
                        .learningRate(0.3)
                        .with(ParameterEfficientOptions.LORA, LowRank.parse("2"))
                        .with(ParameterEfficientOptions.LORA_TARGET, "up")
                        .build(),
                Progress.NONE);
        assertThat(result.adapter().layers()).hasSize(2);
        assertThat(result.adapter().tensorsChanged()).isEqualTo(1);
        assertThat(result.adapter().maxAbsDifference())
                .isLessThanOrEqualTo(1e-5 * result.adapter().maxAbs());
    }

    @Test
    void whatCannotBeAdaptedIsRefusedByName() throws Exception {
        assertThatThrownBy(() -> FineTuner.run(plans("nothing*").build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("No layer is called nothing*");
        assertThatThrownBy(() -> FineTuner.run(
                        plans("up").trainable("last:2").out(folder.resolve("b")).build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("The weight of up is to learn itself");
        Network depthwise = TrainableSpec.apply(Importer.open(resource("net.onnx")), "head");
        assertThatThrownBy(() -> Adapters.of(depthwise, LowRank.parse("4"), "depth*", 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("depth is a convolution of 8 groups");
        assertThat(Adapters.of(depthwise, LowRank.parse("4"), "*", 1).layers()).containsExactly("stem", "point", "old");
    }

    @Test
    void aRankIsWrittenWithOrWithoutAnAlpha() {
        assertThat(LowRank.parse("8")).isEqualTo(new LowRank(8, 16));
        assertThat(LowRank.parse("8:16").toString()).isEqualTo("8:16");
        assertThat(LowRank.parse("4:0.5").scale()).isEqualTo(0.125);
        assertThatThrownBy(() -> LowRank.parse("eight")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new LowRank(-1, 1).complaint()).isPresent();
        assertThat(new LowRank(2, 0).complaint()).isPresent();
    }

    /** BitFit: in the network these are the convolution's, the norm's, and those of both products. */
    @Test
    void biasesAloneLearnWhereTheSpecSaysSo() throws Exception {
        assertThat(TrainableSpec.apply(Importer.open(resource("lora-net.onnx")), "bias")
                        .trainable())
                .containsExactlyInAnyOrder("stem.bias", "bn.bias", "up.bias", "down.bias", "old.bias");
        assertThatThrownBy(() -> LowRank.checkTarget("a,,b")).isInstanceOf(Refusal.class);
    }
}
