package graft.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.ClassNames;
import graft.image.Preprocessing;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.Graph;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInNetworkTest {
    private static final long MOST_BYTES = 5_000_000;

    @TempDir
    Path folder;

    @Test
    void opensWithItsBatchNormsAndSaysHowPicturesArePrepared() throws IOException {
        Path file = BuiltInNetwork.writeInto(folder);
        Network network = Importer.open(file);
        assertThat(Files.size(file)).isLessThan(MOST_BYTES);
        assertThat(network.missingOperators()).isEmpty();
        assertThat(network.report().batchNormFolded()).isFalse();
        assertThat(network.model().graph().nodes())
                .filteredOn(node -> node.opType().equals("BatchNormalization"))
                .hasSize(10);
        Map<String, String> notes = network.model().metadata();
        assertThat(Preprocessing.fromMetadata(notes)).contains(ResidualNetwork.preprocessing());
        assertThat(ClassNames.fromMetadata(notes).orElseThrow())
                .containsExactly(
                        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    }

    @Test
    void hasTheBodyOfTheUntrainedNetworkWithOtherNumbers() {
        Graph trained = OnnxFile.read(BuiltInNetwork.writeInto(folder)).graph();
        Graph untrained = ResidualNetwork.untrained(1).graph();
        assertThat(trained.initializers().keySet())
                .containsAll(untrained.initializers().keySet());
        for (Tensor tensor : untrained.initializers().values()) {
            Tensor learnt = trained.initializers().get(tensor.name());
            assertThat(learnt.shape()).as(tensor.name()).isEqualTo(tensor.shape());
            assertThat(Arrays.equals(learnt.toFloats(), tensor.toFloats()))
                    .as(tensor.name())
                    .isFalse();
        }
    }

    @Test
    void isWrittenOnceAndMendedWhereItIsDamaged() throws IOException {
        Path file = BuiltInNetwork.writeInto(folder);
        byte[] content = Files.readAllBytes(file);
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, old);
        assertThat(Files.getLastModifiedTime(BuiltInNetwork.writeInto(folder))).isEqualTo(old);
        Files.write(file, Arrays.copyOf(content, content.length / 2));
        assertThat(BuiltInNetwork.writeInto(folder)).hasBinaryContent(content);
    }
}
