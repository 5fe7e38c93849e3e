package graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.DataOptions;
import graft.data.Encoder;
import graft.data.Targets;
import graft.data.UniformExamples;
import graft.image.ImageData;
import graft.inference.OrtSession;
import graft.network.Head;
import graft.network.Importer;
import graft.network.LinearHead;
import graft.network.Network;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network whose branches meet, so that several tensors and the network's input cross the frontier. */
class MovedPadlockTest {
    private static final Set<String> HEAD = Set.of("head.weight", "head.bias");
    private static final Set<String> BRANCH = Set.of("b.weight", "head.weight", "head.bias");

    @TempDir
    Path folder;

    private final AtomicInteger read = new AtomicInteger();
    private Path file;
    private UniformExamples examples;

    /** Counts how often an example is read. */
    private record Counted(UniformExamples all, AtomicInteger read) implements UniformExamples {
        @Override
        public int size() {
            return all.size();
        }

        @Override
        public Targets targets() {
            return all.targets();
        }

        @Override
        public String name(int i) {
            return all.name(i);
        }

        @Override
        public String key(int i) {
            return all.key(i);
        }

        @Override
        public long[] shape() {
            return all.shape();
        }

        @Override
        public ElementType type() {
            return all.type();
        }

        @Override
        public void read(int i, long view, ByteBuffer into) {
            read.incrementAndGet();
            all.read(i, view, into);
        }
    }

    @BeforeEach
    void networkAndData() throws IOException {
        file = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.branching(), file);
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 50, 20);
        examples = new Counted(
                (UniformExamples) ImageData.open(data, Optional.empty(), DataOptions.DEFAULT, Progress.NONE)
                        .train(),
                read);
    }

    private Network network(Set<String> trainable) {
        Network opened = Importer.open(file);
        Head head = LinearHead.on(opened, "f", new long[] {1, 11}, 4, Head.Init.DEFAULT, 1);
        return opened.withHead(head).withTrainable(trainable);
    }

    private Map<String, Values> kept(Set<String> trainable, Path cache) {
        return cached(trainable, cache).of(IntStream.range(0, examples.size()).toArray(), 0);
    }

    private CachedFeatures cached(Set<String> trainable, Path cache) {
        FeatureFolder folder = new FeatureFolder(cache, Long.MAX_VALUE);
        Network network = network(trainable);
        try (FrozenPart frozen = FrozenPart.open(Frontier.of(network), 2, true);
                Features computed = frozen.features(
                        examples.fedTo(file, network.model().graph().inputs()))) {
            Map<String, long[]> shapes =
                    CachedFeatures.shapesPerExample(computed, examples, 0).orElseThrow();
            FineTuningPlan plan = Plans.of(file, file, file).build();
            FeatureTable table = FeatureTable.of(
                    FeatureKey.how(plan, Encoder.NONE, 0, false), frozen.hash(), shapes, 0, 1, examples);
            read.set(0);
            return new FeatureBuilder(
                            table,
                            examples.bySize(),
                            computed,
                            folder.filesOf(table.how()),
                            other -> frozen.raised(other, table.keys()),
                            0,
                            Progress.NONE)
                    .fill(folder.file(table))
                    .orElseThrow();
        }
    }

    private static void assertClose(Map<String, Values> actual, Map<String, Values> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((name, values) -> {
            FloatBuffer wanted = expected.get(name).floats();
            FloatBuffer got = values.floats();
            assertThat(values.shape()).isEqualTo(expected.get(name).shape());
            for (int i = 0; i < wanted.remaining(); i++) {
                assertThat(got.get(i)).isCloseTo(wanted.get(i), org.assertj.core.api.Assertions.within(1e-5f));
            }
        });
    }

    @Test
    void everyTensorThatCrossesIsKept() {
        Map<String, Values> kept = kept(BRANCH, folder.resolve("cache"));
        assertThat(kept.keySet()).containsExactlyInAnyOrder("r", "c", "x");
        ByteBuffer first = ByteBuffer.allocate((int) examples.bytes());
        examples.read(49, 0, first);
        ByteBuffer x = kept.get("x").data();
        assertThat(x.slice(49 * (int) examples.bytes(), (int) examples.bytes())).isEqualTo(first.flip());
    }

    @Test
    void whatAnEarlierFrontierLeftIsTakenUpThere() {
        Map<String, Values> direct = kept(HEAD, folder.resolve("direct"));
        assertThat(read).hasValue(50);
        kept(BRANCH, folder.resolve("cache"));
        assertClose(kept(HEAD, folder.resolve("cache")), direct);
        assertThat(read).as("examples read for the moved frontier").hasValue(0);
    }

    @Test
    void whatALaterFrontierLeftIsNoHelpForAnEarlierOne() {
        kept(HEAD, folder.resolve("cache"));
        kept(BRANCH, folder.resolve("cache"));
        assertThat(read).hasValue(50);
    }

    @Test
    void aTensorThatChangedBelowIsNotOverlooked() {
        kept(BRANCH, folder.resolve("cache"));
        Tensor weight = OnnxFile.read(file).graph().initializers().get("a.weight");
        float[] values = weight.toFloats();
        values[0] += 0.5f;
        var model = OnnxFile.read(file);
        OnnxFile.write(
                model.withGraph(model.graph()
                        .edit()
                        .put(Tensor.ofFloats("a.weight", weight.shape(), values))
                        .build()),
                file);
        Map<String, Values> direct = kept(HEAD, folder.resolve("direct"));
        assertClose(kept(HEAD, folder.resolve("cache")), direct);
        assertThat(read).hasValue(50);
    }

    private static Model with(Model model, Tensor tensor) {
        return model.withGraph(model.graph().edit().put(tensor).build());
    }

    @Test
    void whatAFileAddsToKeptFeaturesAnswersAsTheWholeFile() {
        Model written = network(HEAD).model().withMetadata(Map.of("graft.trained", "head"));
        CachedFeatures features = cached(HEAD, folder.resolve("cache"));
        int[] all = IntStream.range(0, examples.size()).toArray();
        try (OrtSession above = OrtSession.open(features.above(written).orElseThrow(), 1);
                OrtSession whole = OrtSession.open(written, 1)) {
            assertClose(
                    above.run(above.taken(features.of(all, 0))),
                    whole.run(examples.fedTo(file, written.graph().inputs()).inputs(all, 0)));
        }
    }

    @Test
    void aFileThatWouldComputeOtherFeaturesIsAskedAsAWhole() {
        Model written = network(HEAD).model();
        CachedFeatures features = cached(HEAD, folder.resolve("cache"));
        Tensor below = written.graph().initializers().get("a.weight");
        float[] values = below.toFloats();
        values[0] = Math.nextUp(values[0]);
        assertThat(features.above(with(written, Tensor.ofFloats("a.weight", below.shape(), values))))
                .as("one bit of a tensor")
                .isEmpty();
        Tensor head = written.graph().initializers().get("head.bias");
        assertThat(features.above(with(written, Tensor.ofFloats("head.bias", head.shape(), 1, 2, 3, 4))))
                .as("what learnt is no part of it")
                .isPresent();
        GraphEditor other = written.graph().edit();
        other.nodes()
                .replaceAll(node -> node.opType().equals("Relu")
                        ? Node.of("Abs", node.name(), node.inputs(), node.outputs())
                        : node);
        assertThat(features.above(written.withGraph(other.build())))
                .as("a node")
                .isEmpty();
    }
}
