package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.jobs.DirectJobRunner;
import graft.image.Channels;
import graft.image.Preprocessing;
import graft.inference.ExampleInputs;
import graft.meaning.Reading;
import graft.network.Layer;
import graft.network.LayerRates;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.quantize.HalfPrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkViewModelTest {
    /** Of a 3×3 convolution with four channels in and out, and its bias. */
    private static final int CONV = 4 * 4 * 9 + 4;

    @TempDir
    Path folder;

    private final ObjectProperty<List<String>> classes = new SimpleObjectProperty<>(List.of("ants", "bees"));
    private final NetworkViewModel networks =
            new NetworkViewModel(new DirectJobRunner(), new InProcessWorker(), classes);

    private void openChain(int convolutions) {
        networks.open(SmallNetworks.write(folder.resolve("small.onnx"), convolutions));
    }

    private Network network() {
        return networks.networkProperty().get();
    }

    private Layer layer(String name) {
        return network().layers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> learning() {
        return network().body().stream()
                .filter(networks.padlocks()::isLearning)
                .map(Layer::name)
                .toList();
    }

    @Test
    void aNewHeadForTheDataReplacesTheClassifierAndAloneLearns() {
        openChain(3);
        assertThat(network().body()).extracting(Layer::name).containsExactly("conv0", "conv1", "conv2");
        assertThat(networks.classNames()).containsExactly("ants", "bees");
        assertThat(network().trainableParameters()).isEqualTo(2 * 4 + 2);
        assertThat(networks.trainableSpec()).isEqualTo("head");
        assertThat(networks.headlineProperty().get()).isEqualTo("small · 418");
        assertThat(networks.shape("logits").orElseThrow()).containsExactly(1, 2);
    }

    /** A second classifier on the same features, of half the classes: the larger one is found. */
    @Test
    void theUserSaysWhichOfSeveralOutputsAnswers() {
        Model model = SmallNetworks.chain("conv0", "conv1");
        GraphEditor editor = model.graph().edit();
        editor.put(Tensor.ofFloats("small.weight", new long[] {2, 4}, new float[8]));
        editor.nodes()
                .add(Node.of("Gemm", "small", List.of("f", "small.weight"), List.of("z"))
                        .with("transB", 1L));
        editor.outputs(List.of(
                ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(SmallNetworks.CLASSES)),
                ValueInfo.of("z", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        networks.open(SmallNetworks.write(folder.resolve("two.onnx"), model.withGraph(editor.build()), Map.of()));
        assertThat(networks.opened().network().report().answer().output()).isEqualTo("y");
        networks.read(Reading.ofOutput(Optional.of("z")));
        assertThat(networks.opened().network().report().answer().output()).isEqualTo("z");
        assertThat(networks.reading().output()).contains("z");
        networks.read(Reading.ofOutput(Optional.of("none")));
        assertThat(networks.problemProperty().get()).contains("two.onnx").contains("none");
        assertThat(networks.reading().output()).as("as it was").contains("z");
    }

    /** The head pools four channels and flattens them into a tensor that no file knows. */
    @Test
    void theFrontierCountsWhatTheHeadFlattensAndSaysWhereItCannot() {
        openChain(2);
        networks.chooseFeatures(Optional.of("c1"));
        Outline outline = Outline.of(network(), tensor -> null, GraphLevel.LAYERS, Set.of(), LayerBlocks.of(network()));
        assertThat(outline.boxes()).extracting(Outline.Box::title).endsWith("Flatten", "head", "logits");
        assertThat(Marks.of(outline, network(), tensor -> networks.shape(tensor).orElse(null), 0)
                        .crossing())
                .hasValue(4);
        Marks unknown = Marks.of(outline, network(), tensor -> null, 0);
        assertThat(unknown.crossing()).isEmpty();
        assertThat(unknown.below()).contains("not known");
    }

    @Test
    void withoutDataTheOldClassifierStaysAndHasNoPadlock() {
        classes.set(List.of());
        openChain(2);
        assertThat(network().head()).isEmpty();
        assertThat(networks.padlocks().isLockable(layer("fc"))).isFalse();
        networks.padlocks().toggle(layer("fc"));
        assertThat(network().trainable()).isEmpty();
        networks.padlocks().toggle(layer("conv1"));
        assertThat(network().trainableParameters()).isEqualTo(CONV);
        assertThat(networks.trainableSpec()).isEqualTo("last:1");
    }

    @Test
    void aNewHeadKeepsThePadlocks() {
        classes.set(List.of());
        openChain(3);
        networks.padlocks().toggle(layer("conv1"));
        classes.set(List.of("a", "b", "c"));
        assertThat(learning()).containsExactly("conv1");
        assertThat(network().trainableParameters()).isEqualTo(CONV + 3 * 4 + 3);
        classes.set(List.of("a", "b"));
        assertThat(networks.classNames()).containsExactly("a", "b");
        assertThat(learning()).containsExactly("conv1");
    }

    @ParameterizedTest
    @CsvSource({
        "head, head",
        "all, all",
        "last:2, last:2",
        "from:conv1, last:3",
        "conv*, all",
        "'conv0,conv2', 'conv0,conv2'",
        "conv?, all",
        "conv1, conv1",
        "last:0, head",
        "last:99, all",
    })
    void aSpecIsAppliedAndSaidAgainInItsShortestForm(String given, String said) {
        openChain(4);
        networks.apply(given);
        assertThat(networks.trainableSpec()).isEqualTo(said);
        assertThat(TrainableSpec.apply(network(), said).trainable())
                .isEqualTo(network().trainable());
        assertThat(TrainableSpec.apply(network(), given).trainable())
                .isEqualTo(network().trainable());
    }

    @Test
    void everyChoiceOfPadlocksRoundTripsThroughItsSpec() {
        openChain(4);
        for (int choice = 0; choice < 16; choice++) {
            networks.apply("head");
            for (int i = 0; i < 4; i++) {
                if ((choice >> i & 1) == 1) {
                    networks.padlocks().toggle(layer("conv" + i));
                }
            }
            assertThat(learning()).hasSize(Integer.bitCount(choice));
            assertThat(TrainableSpec.apply(network(), networks.trainableSpec()).trainable())
                    .isEqualTo(network().trainable());
        }
    }

    @Test
    void layersCalledLikeWordsOfTheSpecRoundTrip() {
        String[] names = {"all", "head", "a,b", "last:1", "from:all", "plain"};
        networks.open(SmallNetworks.write(folder.resolve("odd.onnx"), SmallNetworks.chain(names), Map.of()));
        for (String name : names) {
            networks.apply("head");
            networks.padlocks().toggle(layer(name));
            assertThat(learning()).containsExactly(name);
            assertThat(TrainableSpec.apply(network(), networks.trainableSpec()).trainable())
                    .as(networks.trainableSpec())
                    .isEqualTo(network().trainable());
        }
    }

    @Test
    void layersThatShareAWeightAreFrozenTogether() {
        networks.open(SmallNetworks.writeTied(folder.resolve("tied.onnx")));
        networks.padlocks().toggle(layer("conv1"));
        assertThat(network().trainable()).contains("conv1.weight", "conv1.bias").doesNotContain("conv2.bias");
        networks.padlocks().thaw(List.of(layer("conv1"), layer("conv1#2")));
        assertThat(network().trainable()).contains("conv1.weight", "conv1.bias", "conv2.bias");
        networks.padlocks().freeze(List.of(layer("conv1")));
        assertThat(learning()).isEmpty();
        assertThat(networks.trainableSpec()).isEqualTo("head");
    }

    @Test
    void freezingUpToALayerAndLettingLearnFromOneFollowTheOrderOfTheGraph() {
        openChain(4);
        networks.padlocks().thawFrom(layer("conv1"));
        assertThat(learning()).containsExactly("conv1", "conv2", "conv3");
        networks.padlocks().freezeUpTo(layer("conv2"));
        assertThat(learning()).containsExactly("conv3");
        assertThat(networks.trainableSpec()).isEqualTo("last:1");
    }

    @Test
    void everyChangeCanBeUndoneAndDoneAgain() {
        openChain(3);
        assertThat(networks.undoableProperty().get()).isFalse();
        networks.padlocks().toggle(layer("conv0"));
        networks.apply("last:2");
        networks.preprocessingProperty()
                .set(new Preprocessing(
                        8,
                        1,
                        new float[] {0.5f},
                        new float[] {0.5f},
                        Channels.RGB,
                        networks.preprocessingProperty().get().layout()));
        assertThat(networks.preprocessingAssumedProperty().get()).isFalse();
        networks.undo();
        assertThat(networks.preprocessingProperty().get()).isEqualTo(Preprocessing.ofSize(8));
        assertThat(networks.preprocessingAssumedProperty().get()).isTrue();
        networks.undo();
        assertThat(learning()).containsExactly("conv0");
        networks.undo();
        assertThat(learning()).isEmpty();
        networks.redo();
        networks.redo();
        assertThat(learning()).containsExactly("conv1", "conv2");
        networks.padlocks().toggle(layer("conv0"));
        assertThat(networks.redoableProperty().get()).isFalse();
    }

    @Test
    void theHeadMovesToTheChosenFeaturesAndBack() {
        openChain(3);
        networks.apply("all");
        networks.chooseFeatures(Optional.of("r1"));
        assertThat(networks.features()).contains("r1");
        assertThat(network().body()).extracting(Layer::name).containsExactly("conv0", "conv1");
        assertThat(networks.trainableSpec()).isEqualTo("all");
        networks.undo();
        assertThat(network().body()).hasSize(3);
        assertThat(networks.features()).isEmpty();
        networks.chooseFeatures(Optional.of("nothing"));
        assertThat(networks.problemProperty().get()).contains("nothing");
        assertThat(networks.features()).isEmpty();
    }

    @Test
    void aFileThatIsNoNetworkIsRefusedInWordsAndChangesNothing() throws IOException {
        openChain(2);
        Path broken = Files.writeString(folder.resolve("broken.onnx"), "no network");
        networks.open(broken);
        assertThat(networks.problemProperty().get()).contains("broken.onnx").doesNotContain("Exception");
        assertThat(networks.fileProperty().get()).hasFileName("small.onnx");
        assertThat(network().body()).hasSize(2);
        assertThat(networks.openingProperty().get()).isEmpty();
        List<String> meanwhile = new ArrayList<>();
        networks.openingProperty()
                .addListener((property, old, now) ->
                        meanwhile.add(networks.problemProperty().get()));
        openChain(2);
        assertThat(meanwhile).isNotEmpty().containsOnly("");
        assertThat(networks.problemProperty().get()).isEmpty();
    }

    @Test
    void anUnknownLayerInASpecIsRefusedAndNothingChanges() {
        openChain(2);
        networks.apply("last:1");
        networks.apply("conv7");
        assertThat(networks.problemProperty().get()).contains("conv7");
        assertThat(learning()).containsExactly("conv1");
    }

    @Test
    void notesOfTheFileWinOverWhatItsInputSuggests() {
        Preprocessing noted = new Preprocessing(
                8,
                255,
                new float[] {104, 117, 123},
                new float[] {1},
                Channels.BGR,
                Preprocessing.ofSize(8).layout());
        networks.open(
                SmallNetworks.write(folder.resolve("noted.onnx"), SmallNetworks.chain("conv0"), noted.toMetadata()));
        assertThat(networks.preprocessingProperty().get()).isEqualTo(noted);
        assertThat(networks.preprocessingAssumedProperty().get()).isFalse();
        assertThat(networks.report()).anyMatch(line -> line.contains("as the file says"));
        openChain(1);
        assertThat(networks.preprocessingProperty().get()).isEqualTo(Preprocessing.ofSize(8));
        assertThat(networks.preprocessingAssumedProperty().get()).isTrue();
        assertThat(networks.report()).anyMatch(line -> line.contains("Assumed"));
    }

    @Test
    void aNetworkInHalfPrecisionIsConvertedAndOpened() {
        Path whole = SmallNetworks.write(folder.resolve("whole.onnx"), 2);
        Path half = folder.resolve("half.onnx");
        HalfPrecision.write(
                whole, half, ExampleInputs.random(OnnxFile.read(whole).graph(), 1, 1));
        NetworkViewModel model = new NetworkViewModel(
                new DirectJobRunner(), new InProcessWorker(), new SimpleObjectProperty<>(List.of("a", "b")));
        model.open(half);
        assertThat(model.convertibleProperty().get()).isTrue();
        model.convert();
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.convertibleProperty().get()).isFalse();
        assertThat(model.fileProperty().get()).exists();
        assertThat(model.fileProperty().get().getFileName().toString()).startsWith("half-fp32");
        assertThat(model.report()).anySatisfy(line -> assertThat(line).startsWith("Converted:"));
    }

    /** As {@code --lr-factors} takes it; what does not learn has no rate. */
    @Test
    void layersLearnAtTheRatesThatAreSetAndWhatIsFrozenIsNotNamed() {
        openChain(3);
        networks.padlocks().thaw(List.of(layer("conv1"), layer("conv2")));
        networks.setRate(List.of(layer("conv0"), layer("conv1")), 0.1);
        networks.setRate(List.of(layer("head")), 2);
        assertThat(networks.rateFactors()).isEqualTo("conv1:0.1,head:2");
        assertThat(LayerRates.of(network(), 1, networks.rateFactors()))
                .containsEntry("conv1.weight", 0.1)
                .containsEntry("conv2.weight", 1.0)
                .containsEntry("head.weight", 2.0);
        assertThat(networks.rates().of(List.of(layer("conv1"), layer("conv2")))).isEmpty();
        networks.undo();
        assertThat(networks.rateFactors()).isEqualTo("conv1:0.1");
        networks.setRate(List.of(layer("conv1")), 1);
        assertThat(networks.rateFactors()).isEmpty();
    }
}
