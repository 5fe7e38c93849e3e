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
    void layersWithACommonNumberedBeginningAreABlock() {
        Network network =
                network("conv1", "block_1_expand", "block_1_project", "layer3.0.a", "layer3.0.b", "layer3.1.a");
        LayerBlocks blocks = LayerBlocks.of(network);
        assertThat(network.body())
                .extracting(layer -> Objects.toString(blocks.of(layer), "none"))
                .containsExactly("none", "block_1", "block_1", "layer3.0", "layer3.0", "layer3", "none");
    }

    @Test
    void numberedLayersAloneAreNoBlocks() {
        assertThat(LayerBlocks.of(network("conv_1", "conv_2", "conv_3")).isEmpty())
                .isTrue();
    }
}
