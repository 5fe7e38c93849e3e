package graft.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.data.ClassNames;
import graft.inference.OrtSession;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.OnnxFile;
import graft.onnx.Values;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.testdata.FewShot;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.train.FineTuner;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class that is added must be what it would be had it been there from the start. */
class ClassAdderTest {
    @TempDir
    Path folder;

    private Path network;

    @BeforeEach
    void untrained() {
        network = FewShot.network(folder.resolve("net.onnx"));
    }

    private static float[][] rows(int label) {
        int[] labels = FewShot.whole("y_train");
        float[][] all = FewShot.rows("x_train");
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] == label)
                .mapToObj(i -> all[i])
                .toArray(float[][]::new);
    }

    private static float[][] joined(float[][]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray(float[][]::new);
    }

    /** Prototypes of some rows of the first two classes. */
    private Path prototypes(String name, float[][] first, float[][] second) throws IOException {
        int[] labels = IntStream.range(0, first.length + second.length)
                .map(i -> i < first.length ? 0 : 1)
                .toArray();
        Path data = NpzFiles.rows(
                folder.resolve(name + ".npz"),
                Map.of("train", joined(first, second), "val", joined(first, second)),
                Map.of("train", labels, "val", labels));
        return FineTuner.run(
                        Plans.of(network, data, folder.resolve(name))
                                .with(PlanOptions.RECIPE, Optional.of("prototypes"))
                                .build(),
                        Progress.NONE)
                .network();
    }

    private AddedClass add(Path to, String name, float[][] rows, String out) throws IOException {
        Path examples = NpzFiles.inputs(folder.resolve(out + ".examples.npz"), rows);
        NetworkFile file = NetworkFile.at(to);
        return new ClassAdder(
                        file,
                        Reading.USUAL,
                        name,
                        List.of(examples),
                        new graft.task.Reading.How(file.model(), Optional::empty, Settings.NONE, Set.of()),
                        folder.resolve(out),
                        1)
                .add(Progress.NONE);
    }

    @Test
    void aClassThatIsAddedIsTheMeanOfItsExamplesAndChangesNoOther() throws IOException {
        Path two = prototypes("two", rows(0), rows(1));
        AddedClass added = add(two, "third", rows(2), "three.onnx");
        assertThat(added.classes()).hasSize(3).endsWith("third");
        assertThat(added.isNew()).isTrue();
        Model before = OnnxFile.read(two);
        Model after = OnnxFile.read(added.network());
        FloatBuffer old = floats(before, "head.weight");
        FloatBuffer now = floats(after, "head.weight");
        while (old.hasRemaining()) {
            assertThat(now.get()).isEqualTo(old.get());
        }
        // The third of scikit-learn's centroids, which knew all three classes from the start.
        FewShot.expected("centroids").get(2).forEach(value -> assertThat(now.get() / 2)
                .isCloseTo((float) value.asDouble(), within(1e-6f)));
        assertThat(ClassNames.fromMetadata(after.metadata()).orElseThrow()).isEqualTo(added.classes());
        assertThat(answers(added.network())).containsExactly(FewShot.whole("nearest"));
    }

    /** In two goes as in one: the mean counts how many examples it is of. */
    @Test
    void moreExamplesOfAKnownClassMoveItsMean() throws IOException {
        float[][] first = rows(0);
        Path some = prototypes("some", Arrays.copyOf(first, 2), rows(1));
        Path all = prototypes("all", first, rows(1));
        String name = ClassNames.fromMetadata(OnnxFile.read(some).metadata())
                .orElseThrow()
                .get(0);
        AddedClass added = add(some, name, Arrays.copyOfRange(first, 2, first.length), "more.onnx");
        assertThat(added.isNew()).isFalse();
        assertThat(added.of()).isEqualTo(first.length);
        FloatBuffer expected = floats(OnnxFile.read(all), "head.weight");
        FloatBuffer found = floats(OnnxFile.read(added.network()), "head.weight");
        while (expected.hasRemaining()) {
            assertThat(found.get()).isCloseTo(expected.get(), within(1e-6f));
        }
    }

    @Test
    void aHeadThatWasTrainedIsRefusedWithTheWayOut() throws IOException {
        Path data = FewShot.data(folder.resolve("data.npz"));
        Path trained = FineTuner.run(
                        Plans.of(network, data, folder.resolve("trained")).build(), Progress.NONE)
                .network();
        assertThatThrownBy(() -> add(trained, "third", rows(2), "three.onnx"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("are no means of examples")
                .hasMessageContaining("--recipe prototypes");
        assertThat(Files.exists(folder.resolve("three.onnx"))).isFalse();
    }

    /** What a file answers about the validation examples. */
    private static int[] answers(Path file) {
        float[][] x = FewShot.rows("x_val");
        float[] flat = new float[x.length * x[0].length];
        for (int i = 0; i < x.length; i++) {
            System.arraycopy(x[i], 0, flat, i * x[0].length, x[0].length);
        }
        try (OrtSession session = OrtSession.open(file, 1)) {
            FloatBuffer said = session.run(Map.of("x", Values.ofFloats(new long[] {x.length, x[0].length}, flat)))
                    .get("logits")
                    .floats();
            return IntStream.range(0, x.length)
                    .map(i -> {
                        float[] row = new float[3];
                        said.get(row);
                        return row[0] >= row[1] && row[0] >= row[2] ? 0 : row[1] >= row[2] ? 1 : 2;
                    })
                    .toArray();
        }
    }

    private static FloatBuffer floats(Model model, String name) {
        return Values.of(model.graph().initializers().get(name)).floats();
    }
}
