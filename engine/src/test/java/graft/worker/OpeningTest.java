package graft.worker;

import static org.assertj.core.api.Assertions.assertThat;

import graft.files.Json;
import graft.network.FeatureFinder;
import graft.network.Importer;
import graft.network.Layer;
import graft.network.Network;
import graft.testdata.Shared;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
    /** What travels to another process must be the network that this one opened; the second source is the engine itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mobilenetv2-0.35-imagenet.onnx",
                "squeezenet1.0-imagenet-fp16.onnx",
                "mnist-cntk.onnx",
                "matlab-recycling.onnx",
                "nanodet-m-coco.onnx",
                "unsupported-superres.onnx",
                "../text-networks/tinybert-untrained.onnx"
            })
    void theNetworkThatArrivesIsTheOneThatWasOpened(String name) {
        Path file = Shared.network(name);
        Network expected = Importer.open(file);
        String sent = Json.write(Opening.run(new Opening.Plan(file)));
        Opening.Opened arrived = Json.read(sent, Opening.Opened.class);
        Network network = arrived.network();
        assertThat(network.layers()).extracting(Layer::name).isEqualTo(names(expected));
        assertThat(network.layers())
                .extracting(Layer::weights)
                .isEqualTo(expected.layers().stream().map(Layer::weights).toList());
        assertThat(network.parameters()).isEqualTo(expected.parameters());
        assertThat(network.blocks()).extracting(Object::toString).hasSameSizeAs(expected.blocks());
        assertThat(network.report().lines()).isEqualTo(expected.report().lines());
        assertThat(network.answer().scores()).isEqualTo(expected.answer().scores());
        assertThat(network.model().metadata()).isEqualTo(expected.model().metadata());
        assertThat(FeatureFinder.find(network, Optional.empty()))
                .isEqualTo(FeatureFinder.find(expected, Optional.empty()));
        assertThat(arrived.shapes()).isNotEmpty();
        assertThat(sent.length()).isLessThan(600_000);
    }

    private static List<String> names(Network network) {
        return network.layers().stream().map(Layer::name).toList();
    }
}
