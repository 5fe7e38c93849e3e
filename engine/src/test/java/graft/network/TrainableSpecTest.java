package graft.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.OnnxFile;
import graft.testdata.TinyNetworks;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainableSpecTest {
    @TempDir
    Path folder;

    private Network network;

    @BeforeEach
    void networkWithANewHead() {
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), file);
        Network opened = Importer.open(file);
        network = opened.withHead(LinearHead.on(opened, "f", new long[] {1, 10}, 2, Head.Init.DEFAULT, 1));
    }

    @Test
    void theNewHeadReplacesTheOldClassifierAndNothingElse() {
        assertThat(network.model().graph().initializers())
                .containsKeys("conv.weight", "bn2.running_var", "head.weight", "head.bias")
                .doesNotContainKeys("fc.weight", "fc.bias");
        assertThat(network.model().graph().outputNames()).containsExactly("logits");
    }

    @Test
    void headMeansTheHeadAlone() {
        assertThat(TrainableSpec.apply(network, "head").trainable())
                .containsExactlyInAnyOrder("head.weight", "head.bias");
    }

    @Test
    void lastCountsLayersOfTheBody() {
        assertThat(TrainableSpec.apply(network, "last:1").trainable())
                .containsExactlyInAnyOrder("conv2.weight", "bn2.weight", "bn2.bias", "head.weight", "head.bias");
        assertThat(TrainableSpec.apply(network, "last:99").trainable())
                .isEqualTo(TrainableSpec.apply(network, "all").trainable());
    }

    @Test
    void fromAndGlobsNameLayers() {
        assertThat(TrainableSpec.apply(network, "from:conv2").trainable())
                .isEqualTo(TrainableSpec.apply(network, "last:1").trainable());
        assertThat(TrainableSpec.apply(network, "conv, *2").trainable())
                .isEqualTo(TrainableSpec.apply(network, "all").trainable());
    }

    @Test
    void onlyBatchNormsThatLearnTheirScaleLearnTheirStatistics() {
        assertThat(TrainableSpec.apply(network, "last:1").learningState())
                .containsExactly("bn2.running_mean", "bn2.running_var");
        assertThat(TrainableSpec.apply(network, "head").learningState()).isEmpty();
    }

    @Test
    void whatDoesNotExistIsRefusedByName() {
        assertThatThrownBy(() -> TrainableSpec.apply(network, "from:conv9"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no layer named conv9");
        assertThatThrownBy(() -> TrainableSpec.apply(network, "dense*"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("No layer is called dense*");
        assertThatThrownBy(() -> TrainableSpec.apply(network, "last:many"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("last:10");
    }
}
