package graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.image.Augmentation;
import graft.image.ImageData;
import graft.onnx.ElementType;
import graft.onnx.ValueInfo;
import graft.progress.Note;
import graft.progress.Progress;
import graft.testdata.NpzFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays saved by NumPy, by {@code make_fixtures.py} beside them: 0…23 of shape [2, 3, 4]. */
class ArrayFileTest {
    private static final Path ARRAYS = Path.of("src/test/resources/graft/data/arrays");

    private static Npy npy(String name) throws IOException {
        try (InputStream in = Files.newInputStream(ARRAYS.resolve(name + ".npy"))) {
            return Npy.read(in, name);
        }
    }

    private static DataSet open(String name) {
        return ImageData.open(ARRAYS.resolve(name), Optional.empty(), DataOptions.DEFAULT, Progress.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "fortran", "version2", "version3"})
    void floatsComeRowByRowWhateverTheVersionAndOrder(String name) throws IOException {
        Npy array = npy(name);
        assertThat(array.shape()).containsExactly(2, 3, 4);
        for (int i = 0; i < 24; i++) {
            assertThat(array.data().getFloat(4 * i)).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"int16", "int32", "int64", "uint8"})
    void wholeNumbersOfEveryWidthAreRead(String name) throws IOException {
        Npy array = npy(name);
        for (int i = 0; i < 24; i++) {
            assertThat(array.integer(i)).isEqualTo(i);
        }
    }

    @Test
    void textAndScalarsAreRead() throws IOException {
        assertThat(npy("text").text(2)).isEqualTo("Grasmücke");
        assertThat(npy("scalar").shape()).isEmpty();
        assertThat(npy("scalar").integer(0)).isEqualTo(7);
    }

    @Test
    void bigEndianIsRefusedWithTheWayOut() {
        assertThatThrownBy(() -> npy("big-endian-f4"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("big-endian")
                .hasMessageContaining("newbyteorder");
    }

    @Test
    void examplesAreFedAsTheyAre() {
        DataSet data = open("good.npz");
        assertThat(data.classes()).containsExactly("0", "1", "2");
        assertThat(data.train().size()).isEqualTo(5);
        assertThat(data.val().size()).isEqualTo(2);
        assertThat(data.val().label(0)).isEqualTo(1);
        assertThat(((UniformExamples) data.train()).type()).isEqualTo(ElementType.FLOAT);
        assertThat(((UniformExamples) data.train()).shape()).containsExactly(3);
        ByteBuffer into = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        ((UniformExamples) data.train()).read(4, Examples.PLAIN, into);
        ((UniformExamples) data.val()).read(1, 7, into);
        float[] read = new float[6];
        into.flip().asFloatBuffer().get(read);
        assertThat(read).containsExactly(12, 13, 14, 6, 8, 10);
    }

    @Test
    void classesMayHaveNames() {
        assertThat(open("named.npz").classes()).containsExactly("ant", "bee", "cat");
        assertThat(open("named.npz").fingerprint())
                .isEqualTo(open("named.npz").fingerprint())
                .isNotEqualTo(open("good.npz").fingerprint());
    }

    @Test
    void numbersMayBeNames() {
        assertThat(open("numbered.npz").classes()).containsExactly("3", "7", "12");
    }

    /** As NumPy does: "Bad CRC-32 for file 'x_train.npy'". */
    @Test
    void aDamagedNumberIsFoundByTheChecksum(@TempDir Path folder) throws IOException {
        byte[] file = Files.readAllBytes(ARRAYS.resolve("good.npz"));
        int header = new String(file, StandardCharsets.ISO_8859_1).indexOf("\u0093NUMPY");
        file[header + 128 + 1] ^= 1; // in the fraction of the first number, which stays finite
        isRefused(Files.write(folder.resolve("flipped.npz"), file), "x_train is damaged");
    }

    @Test
    void pythonTwoWroteLongNumbersWithALetter() {
        byte[] header =
                "{'descr': '<i8', 'fortran_order': False, 'shape': (1L, 2L), }\n".getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.allocate(10 + header.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        file.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
        file.putShort((short) header.length).put(header).putLong(5).putLong(6);
        Npy array = Npy.read(new ByteArrayInputStream(file.array()), "old");
        assertThat(array.shape()).containsExactly(1, 2);
        assertThat(array.integer(1)).isEqualTo(6);
    }

    @Test
    void augmentationOfArraysIsRefused() {
        assertThatThrownBy(() -> ImageData.open(
                        ARRAYS.resolve("good.npz"),
                        Optional.empty(),
                        DataOptions.DEFAULT,
                        Augmentation.parse("flip"),
                        Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("pictures only");
    }

    @ParameterizedTest
    @CsvSource({
        "no-labels, has no array y_val; it holds",
        "negative, label -1 of y_train[2] is out of range",
        "fractions, y_train is float32 [5]",
        "one-hot, save y.argmax(1)",
        "one-class, examples of one class only",
        "unknown-class, y_val has class 3",
        "other-shape, 'one example of x_train has the shape [3], one of x_val [4]'",
        "other-type, x_train is float32",
        "other-count, 'must be [5, …]'",
        "empty-val, y_val is empty",
        "bools, x_train is bool",
        "too-many, classes names 2 classes",
        "one-name, 'classes gives the classes 0 and 2 one name, \"ant\"'",
        "measures, 'classes is float64 [3], but must be one name per class'",
        "not-numpy, is not a NumPy array",
        "cut, ends before its last element"
    })
    void badFileIsRefusedSayingWhy(String name, String part) {
        assertThatThrownBy(() -> open(name + ".npz"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(name + ".npz")
                .hasMessageContaining(part);
    }

    private static void isRefused(Path file, String part) {
        assertThatThrownBy(() -> ImageData.open(file, Optional.empty(), DataOptions.DEFAULT, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(part);
    }

    @Test
    void theExampleWithANumberThatIsNotFiniteIsNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x.npz");
        isRefused(
                NpzFiles.numbers(file, List.of(1f, 2f, Float.NaN, 3f, Float.NEGATIVE_INFINITY)),
                "x_train[2] has a number that is NaN (not a number), and 1 more examples of x_train have such numbers");
        isRefused(
                NpzFiles.numbers(file, List.of(1f, Float.POSITIVE_INFINITY)),
                "x_train[1] has a number that is infinite.");
    }

    @Test
    void aNumberWhoseSquareIsNoFloatIsNamed(@TempDir Path folder) throws IOException {
        // float32 ends at 3.4e38: the square of 1.9e19 is 3.6e38.
        isRefused(
                NpzFiles.numbers(folder.resolve("x.npz"), List.of(1f, 2f, 3f, -1.9e19f)),
                "x_train[3] has a number that is -1.9E19, too large to compute with");
    }

    @Test
    void numbersFarAboveAllOthersAreSaid(@TempDir Path folder) throws IOException {
        assertThat(notes(NpzFiles.numbers(folder.resolve("x.npz"), List.of(1f, 2f, -9e9f, 4f))))
                .anyMatch(note -> note.contains("x.npz: x_train[2] holds a number of 9.00e+09, where half of the"));
        // 16-bit samples are numbers as usual.
        assertThat(notes(NpzFiles.numbers(folder.resolve("x.npz"), List.of(1f, 2f, 65535f, 4f))))
                .isEmpty();
    }

    @Test
    void arraysThatNothingReadsAreSaid(@TempDir Path folder) throws IOException {
        Path file = NpzFiles.numbers(folder.resolve("x.npz"), List.of(1f, 2f, 3f));
        assertThat(notes(NpzFiles.withArray(file, "x_test")))
                .singleElement()
                .asString()
                .contains("x.npz has x_test but no y_test");
        assertThat(notes(NpzFiles.withArray(NpzFiles.withArray(file, "groups"), "ids")))
                .anyMatch(note -> note.contains("x.npz also holds groups, ids, which are not used"));
    }

    private static List<String> notes(Path file) {
        List<String> notes = new ArrayList<>();
        ImageData.open(file, Optional.empty(), DataOptions.DEFAULT, event -> {
            if (event instanceof Note note) {
                notes.add(note.message());
            }
        });
        return notes;
    }

    @Test
    void examplesOfAnotherTypeThanTheNetworksAreNamed(@TempDir Path folder) throws IOException {
        Path file = NpzFiles.numbers(folder.resolve("x.npz"), List.of(1f, 2f, 3f));
        DataSet data = ImageData.open(file, Optional.empty(), DataOptions.DEFAULT, Progress.NONE);
        assertThatThrownBy(() -> data.fedTo(Path.of("net.onnx"), List.of(ValueInfo.ofType("x", ElementType.STRING))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file + ": x_train[0] and the other examples are FLOAT")
                .hasMessageContaining("net.onnx takes STRING");
    }

    @ParameterizedTest
    @CsvSource({
        "'version https://git-lfs.github.com/spec/v1', Git LFS pointer",
        "'<!DOCTYPE html><html>', web page",
        "'\u0093NUMPY\u0001\u0000', 'one array (.npy), not several'",
        "'\u0080\u0004\u0095', Python pickle",
        "'\u0089HDF', HDF5 file",
        "'1,2,3', it is a text",
        "'PK\u0003\u0004', its end is missing or damaged",
        "'', it is empty"
    })
    void whatIsCalledNpzAndIsNoneIsSaid(String begins, String part, @TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("x.npz"), begins.getBytes(StandardCharsets.ISO_8859_1));
        isRefused(file, "cannot be read as a .npz file: ");
        isRefused(file, part);
    }

    @Test
    void labelsThatAreNoClassesAreNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("y.npz");
        double[] values = {1, 2, 3};
        isRefused(
                NpzFiles.doubles(file, values, new double[] {0, 1, 0.5}),
                "y_train[2] is 0.5, which is the number of no class");
        isRefused(NpzFiles.doubles(file, values, new double[] {0, Double.NaN, 1}), "y_train[1] is NaN");
        isRefused(NpzFiles.doubles(file, values, new double[] {0, 1, 1}), "Save it with y.astype('int64')");
    }

    @Test
    void arraysWithTheirChannelsElsewhereAreToldHowToBeTurned(@TempDir Path folder) throws IOException {
        UniformExamples first = (UniformExamples) ImageData.open(
                        NpzFiles.examples(folder.resolve("x.npz"), 8, 8),
                        Optional.empty(),
                        DataOptions.DEFAULT,
                        Progress.NONE)
                .train();
        assertThat(first.shape()).containsExactly(3, 8, 8);
        // NumPy: numpy.zeros((1, 3, 8, 8)).transpose(0, 2, 3, 1).shape == (1, 8, 8, 3)
        assertThat(first.wayToFit(new long[] {8, 8, 3})).contains("x.transpose(0, 2, 3, 1)");
        assertThat(first.wayToFit(new long[] {-1, -1, 3})).contains("x.transpose(0, 2, 3, 1)");
        assertThat(first.wayToFit(new long[] {224, 224, 3}))
                .doesNotContain("transpose")
                .doesNotContain("--size");
    }
}
