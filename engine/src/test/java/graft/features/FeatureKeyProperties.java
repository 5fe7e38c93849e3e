package graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.DataOptions;
import graft.data.Encoder;
import graft.data.Examples;
import graft.files.Json;
import graft.image.Channels;
import graft.image.ImageData;
import graft.image.Layout;
import graft.image.Preprocessing;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TemporaryFolders;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Kept features are never stale: whatever they depend on is in their name. */
class FeatureKeyProperties {
    private static final Model NETWORK = TinyNetworks.convolutional();

    private static Plans plan() {
        return Plans.of(Path.of("n"), Path.of("d"), Path.of("o"));
    }

    @Property(tries = 60)
    void aChangedBitOfATensorIsAnotherName(
            @ForAll @IntRange(max = 1000) int tensor, @ForAll @IntRange(max = 100000) int bit) {
        List<Tensor> tensors = NETWORK.graph().initializers().values().stream().toList();
        Tensor chosen = tensors.get(tensor % tensors.size());
        ByteBuffer bytes = ByteBuffer.allocate(chosen.bytes().remaining());
        bytes.put(chosen.bytes().duplicate()).flip();
        int at = bit / 8 % bytes.capacity();
        bytes.put(at, (byte) (bytes.get(at) ^ 1 << bit % 8));
        Model changed = NETWORK.withGraph(NETWORK.graph()
                .edit()
                .put(Tensor.ofBytes(chosen.name(), chosen.type(), chosen.shape(), bytes))
                .build());
        assertThat(FeatureKey.frozen(changed)).isNotEqualTo(FeatureKey.frozen(NETWORK));
    }

    @Property(tries = 30)
    void anotherPreparationIsAnotherName(
            @ForAll @IntRange(min = 1, max = 300) int size,
            @ForAll @IntRange(max = 4) int mean,
            @ForAll Channels channels,
            @ForAll Layout layout) {
        Preprocessing usual = Preprocessing.ofSize(224);
        Preprocessing other = new Preprocessing(size, 1, new float[] {mean / 4f}, new float[] {1}, channels, layout);
        assertThat(how(plan().preprocessing(other), true).equals(how(plan().preprocessing(usual), true)))
                .isEqualTo(other.equals(usual));
    }

    @Property(tries = 30)
    void anotherAugmentationOrSeedIsAnotherNameForAugmentedViewsOnly(
            @ForAll @IntRange(max = 90) int degrees, @ForAll @IntRange(min = 1, max = 9) int seed) {
        boolean same = degrees == 15 && seed == 1;
        Plans usual = plan().augment("flip,rotate:15", 3).seed(1);
        Plans other = plan().augment("flip,rotate:" + degrees, 3).seed(seed);
        assertThat(how(usual, true).equals(how(other, true))).isEqualTo(same);
        assertThat(how(usual, false)).isEqualTo(how(other, false)).isNotEqualTo(how(usual, true));
    }

    private static String how(Plans plan, boolean augmented) {
        FineTuningPlan built = plan.build();
        Encoder encoder = new Encoder() {
            @Override
            public Map<String, String> notes() {
                return Map.of();
            }

            @Override
            public String fingerprint() {
                return Json.write(built.preprocessing());
            }
        };
        return FeatureKey.how(built, encoder, 0, augmented);
    }

    @Property(tries = 50)
    void anExampleIsKnownByItsContentAlone(
            @ForAll @Size(min = 2, max = 12) List<@FloatRange(min = -1, max = 1) Float> values,
            @ForAll @IntRange(max = 11) int at,
            @ForAll @FloatRange(min = -1, max = 1) float other)
            throws IOException {
        TemporaryFolders.with(folder -> compare(folder, values, at, other));
    }

    private static void compare(Path folder, List<Float> values, int at, float other) throws IOException {
        Examples before = examples(folder.resolve("before.npz"), values);
        List<Float> changed = new ArrayList<>(values);
        changed.set(at % changed.size(), other);
        Examples after = examples(folder.resolve("after.npz"), changed);
        for (int i = 0; i < values.size(); i++) {
            boolean same = Float.floatToRawIntBits(values.get(i)) == Float.floatToRawIntBits(changed.get(i));
            assertThat(before.key(i).equals(after.key(i))).isEqualTo(same);
        }
    }

    private static Examples examples(Path file, List<Float> values) throws IOException {
        return ImageData.open(NpzFiles.numbers(file, values), Optional.empty(), DataOptions.DEFAULT, Progress.NONE)
                .train();
    }
}
