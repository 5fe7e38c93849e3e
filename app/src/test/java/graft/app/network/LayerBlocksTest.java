package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.network.Importer;
import graft.network.Network;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerBlocksTest {
    @TempDir
    Path folder;

    private Network network(String... layers) {
        return Importer.open(SmallNetworks.write(folder.resolve("n.onnx"), SmallNetworks.chain(layers), Map.of()));
    }

    @Test
    void aLayerBelongsToTheInnermostBlock() {
        Network network =
                network("conv1", "layer1.0.a", "layer1.0.b", "layer1.1.a", "layer1.1.b", "layer2.0.a", "layer2.0.b");
        LayerBlocks blocks = LayerBlocks.of(network);
        // The chain ends in a classifier of its own.
        assertThat(network.body())
                .extracting(layer -> Objects.toString(blocks.of(layer), "none"))
                .containsExactly("none", "layer1.0", "layer1.0", "layer1.1", "layer1.1", "layer2", "layer2", "none");
    }

    @Test
    void numberedLayersAloneAreNoBlocks() {
        assertThat(LayerBlocks.of(network("conv_1", "conv_2", "conv_3")).isEmpty())
                .isTrue();
    }

    /** A transformer layer of PyTorch's exporter: sizes are computed beside the data, what moves numbers stands between. */
    @Test
    void whatComputesSizesNeitherShowsNorHidesWhereItsReaderBelongs() {
        Model model = SmallNetworks.chain("stem", "layer1.0.a", "layer1.0.b", "layer1.1.a", "layer1.1.b");
        GraphEditor editor = model.graph().edit();
        List<Node> nodes = editor.nodes();
        int second = nodes.indexOf(nodes.stream()
                .filter(node -> node.name().equals("layer1.0.b"))
                .findFirst()
                .orElseThrow());
        editor.put(Tensor.ofLongs("flat", new long[] {3}, 0, 0, -1));
        nodes.add(second, Node.of("Shape", "size", List.of("x"), List.of("s")));
        nodes.add(second + 1, Node.of("Reshape", "apart", List.of("r1", "flat"), List.of("r1.flat")));
        nodes.add(second + 2, Node.of("Reshape", "back", List.of("r1.flat", "s4"), List.of("r1.back")));
        nodes.add(
                second + 1,
                Node.of("Concat", "wanted", List.of("s.n", "s.c"), List.of("s4"))
                        .with("axis", 0L));
        nodes.add(second + 1, Node.of("Slice", "n", List.of("s", "zero", "one"), List.of("s.n")));
        editor.put(Tensor.ofLongs("zero", new long[] {1}, 0));
        editor.put(Tensor.ofLongs("one", new long[] {1}, 1));
        editor.put(Tensor.ofLongs("s.c", new long[] {3}, 4, 8, 8));
        editor.replaceNodes(node -> node.name().equals("layer1.0.b") ? node.reading("r1", "r1.back") : node);
        Network network =
                Importer.open(SmallNetworks.write(folder.resolve("n.onnx"), model.withGraph(editor.build()), Map.of()));
        Outline outline =
                Outline.of(network, tensor -> null, GraphLevel.ARCHITECTURE, Set.of(), LayerBlocks.of(network));
        assertThat(outline.boxes())
                .extracting(Outline.Box::title)
                .containsExactly("x", "stem", "layer1.0", "layer1.1", "GlobalAveragePool", "Flatten", "fc", "y");
    }
}
