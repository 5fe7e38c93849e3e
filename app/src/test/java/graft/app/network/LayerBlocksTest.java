package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.network.Importer;
import graft.network.Network;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
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
}
