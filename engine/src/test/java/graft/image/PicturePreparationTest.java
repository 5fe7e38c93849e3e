package graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.data.Examples;
import graft.image.PictureExamples.Entry;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected numbers: Pillow 12.3.0, by {@code make_fixtures.py} beside the pictures. */
class PicturePreparationTest {
    private static final Path PICTURES = Path.of("src/test/resources/graft/image/pictures");

    @ParameterizedTest
    @CsvSource({
        "rgb.png,20",
        "rgb.png,68",
        "tall.png,20",
        "tall.png,68",
        "tiny.png,20",
        "tiny.png,68",
        "wide.png,20",
        "wide.png,68",
        "grey.png,20",
        "grey-alpha.png,20",
        "alpha.png,20",
        "palette.png,20",
        "bilevel.png,20",
        "rgb.bmp,20",
        "palette.bmp,20",
        "rgb.tif,20",
        "cmyk.tif,20",
        "lossless.webp,20",
        "rgb.ppm,20",
        "grey.pgm,20",
        "rgb.jpg,20",
        "progressive.jpg,20",
        "444.jpg,20",
        "422.jpg,20",
        "grey.jpg,20",
        "cmyk.jpg,20",
        "ycck.jpg,20",
        "stored-as-rgb.jpg,20"
    })
    void everyPixelEqualsPillows(String name, int size) throws IOException {
        assertThat(pixels(name, size, Channels.RGB))
                .isEqualTo(Files.readAllBytes(PICTURES.resolve(name + "." + size + ".rgb")));
        if (size == 20) {
            assertThat(pixels(name, size, Channels.GRAY))
                    .isEqualTo(Files.readAllBytes(PICTURES.resolve(name + "." + size + ".gray")));
        }
    }

    /** What {@link Examples} reads, turned back from x = pixel to bytes in [height, width, channels] order. */
    private static byte[] pixels(String name, int size, Channels channels) {
        float[] numbers =
                read(name, new Preprocessing(size, 255, new float[] {0}, new float[] {1}, channels, Layout.NHWC));
        byte[] out = new byte[numbers.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Math.round(numbers[i]);
        }
        return out;
    }

    /** Expected: CRC-32 of the bytes that Pillow gives, as the last lines of {@code make_fixtures.py} print them. */
    @ParameterizedTest
    @CsvSource({
        "20, 12, cover:20x12, 644ac2b3",
        "12, 20, cover:24x30, c4353633",
        "70, 90, , a5a7631c",
        "20, 12, stretch, 279729e1",
        "20, 20, cover:33, 78790ba3"
    })
    void inputsThatAreNotSquareAreFilledAsPillowFillsThem(int height, int width, String resize, String crc)
            throws IOException {
        Resizing resizing = resize == null ? Resizing.usual(height, width) : Resizing.parse(resize);
        CRC32 sum = new CRC32();
        for (String name : List.of("rgb.png", "tall.png", "wide.png")) {
            float[] numbers = read(
                    name,
                    new Preprocessing(
                            height, width, resizing, 255, new float[] {0}, new float[] {1}, Channels.RGB, Layout.NHWC));
            assertThat(numbers).hasSize(height * width * 3);
            for (float number : numbers) {
                sum.update(Math.round(number));
            }
        }
        assertThat(Long.toHexString(sum.getValue())).isEqualTo(crc);
    }

    private static float[] read(String name, Preprocessing how) {
        PictureStore store = new PictureStore(List.of(PICTURES.resolve(name)), how);
        store.readAll(Progress.NONE)
                .forEach(outcome -> assertThat(outcome.failure()).isEmpty());
        PictureExamples examples = new PictureExamples(store, how, List.of(new Entry(0, name, 0)), 1);
        ByteBuffer into = ByteBuffer.allocate((int) examples.bytes());
        examples.read(0, Examples.PLAIN, into);
        assertThat(into.remaining()).isZero();
        float[] out = new float[into.capacity() / 4];
        into.flip().order(java.nio.ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
        return out;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "rgb.jpg"})
    void meanAndStdFollowTheChannelOrderOfTheNetwork(String name) throws IOException {
        float[] mean = {0.1f, 0.2f, 0.3f};
        float[] std = {0.5f, 0.25f, 2};
        float[] bgr = read(name, new Preprocessing(20, 1, mean, std, Channels.BGR, Layout.NCHW));
        byte[] pixels = Files.readAllBytes(PICTURES.resolve(name + ".20.rgb"));
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 400; i++) {
                float expected = ((pixels[3 * i + 2 - c] & 0xff) / 255f - mean[c]) / std[c];
                assertThat(bgr[c * 400 + i]).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png",
                "grey.png",
                "palette.png",
                "bilevel.png",
                "rgb.bmp",
                "palette.bmp",
                "rgb.tif",
                "cmyk.tif",
                "lossless.webp",
                "rgb.ppm",
                "grey.pgm",
                "rgb.jpg",
                "progressive.jpg",
                "grey.jpg",
                "cmyk.jpg"
            })
    void pictureCutShortIsRefusedWhereverItIsCut(String name) throws IOException {
        byte[] whole = Files.readAllBytes(PICTURES.resolve(name));
        for (int percent : new int[] {0, 5, 30, 60, 90}) {
            byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
            assertThatThrownBy(() -> PictureReader.read(cut))
                    .as("%s, first %d %%", name, percent)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("it");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_500})
    void picturesThatDoNotFitIntoMemoryAreReadAgain(long bytesOfMemory) throws IOException {
        Preprocessing how = new Preprocessing(20, 255, new float[] {0}, new float[] {1}, Channels.RGB, Layout.NHWC);
        PictureStore store =
                new PictureStore(List.of(PICTURES.resolve("rgb.png"), PICTURES.resolve("rgb.jpg")), how, bytesOfMemory);
        store.readAll(Progress.NONE);
        for (int i = 0; i < 2; i++) {
            Picture cut = PictureExamples.middle(store.picture(i), 20, 20);
            assertThat(cut.pixels())
                    .isEqualTo(Files.readAllBytes(PICTURES.resolve(i == 0 ? "rgb.png.20.rgb" : "rgb.jpg.20.rgb")));
        }
    }
}
