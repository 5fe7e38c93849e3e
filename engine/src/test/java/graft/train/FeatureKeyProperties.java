package graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.Examples;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Kept features are never stale: whatever they depend on is in their name. */
class FeatureKeyProperties {
    private record Named(List<String> names) implements Examples {
        @Override
        public int size() {
            return names.size();
        }

        @Override
        public int label(int i) {
            return 0;
        }

        @Override
        public String name(int i) {
            return names.get(i);
        }

        @Override
        public long[] shape() {
            return new long[] {1};
        }

        @Override
        public ElementType type() {
            return ElementType.FLOAT;
        }

        @Override
        public void read(int i, long view, ByteBuffer into) {
            throw new AssertionError("a name needs no numbers");
        }
    }

    private static final Model NETWORK = TinyNetworks.convolutional();

    private static String key(Model network, String fingerprint, List<String> names, int views) {
        FineTuningPlan plan = Plans.of(Path.of("n"), Path.of("d"), Path.of("o"))
                .augment("flip", 3)
                .build();
        return FeatureKey.of(Optional.of(network), fingerprint, new Named(names), plan, 1, views, 0);
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
        assertThat(key(changed, "d", List.of("a"), 3)).isNotEqualTo(key(NETWORK, "d", List.of("a"), 3));
    }

    @Property(tries = 100)
    void otherDataOrAnotherSplitIsAnotherName(
            @ForAll String first,
            @ForAll String second,
            @ForAll @Size(max = 4) List<String> one,
            @ForAll @Size(max = 4) List<String> other) {
        boolean same = first.equals(second) && one.equals(other);
        assertThat(key(NETWORK, first, one, 3).equals(key(NETWORK, second, other, 3)))
                .isEqualTo(same);
    }

    @Property(tries = 20)
    void theNameIsTheSameEveryTime(
            @ForAll @Size(max = 4) List<String> names, @ForAll @IntRange(min = 1, max = 9) int views) {
        assertThat(key(TinyNetworks.convolutional(), "d", names, views))
                .isEqualTo(key(TinyNetworks.convolutional(), "d", names, views))
                .isNotEqualTo(key(NETWORK, "d", names, views + 1));
    }
}
