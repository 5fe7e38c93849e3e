package graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadablePicturesTest {
    private static final Path PICTURES = Path.of("src/test/resources/graft/image/pictures");
    private static final List<String> WHOLE = List.of(
            "pictures/rgb.jpg",
            "pictures/progressive.jpg",
            "pictures/cmyk.jpg",
            "pictures/rgb.png",
            "pictures/palette.png",
            "pictures/lossless.webp",
            "pictures/rgb.bmp",
            "pictures/rgb.tif",
            "pictures/rgb.ppm",
            "shown/plain.gif");

    @TempDir
    Path folder;

    private static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(PICTURES.resolveSibling(name));
    }

    /** The reason is ours: no name of an exception, nothing of a decoder's own words. */
    private static void refused(byte[] file, String what) {
        assertThatThrownBy(() -> PictureReader.read(file))
                .as(what)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("it")
                .message()
                .doesNotContain("Exception", "null", "stream", "SOF", "Huffman");
    }

    @Test
    void theFirstBytesOfAPictureAreNone() throws IOException {
        for (String name : WHOLE) {
            for (int length = 1; length <= 20 && !name.endsWith("ppm") || length <= 7; length++) {
                refused(Arrays.copyOf(bytes(name), length), name + ", " + length + " bytes");
            }
        }
    }

    @Test
    void whatIsDamagedAnywhereEndsInWordsOrAPictureOfTheSameSize() throws IOException {
        for (String name : WHOLE) {
            byte[] whole = bytes(name);
            for (int i = 0; i < whole.length; i += Math.max(1, whole.length / 60)) {
                byte[] flipped = whole.clone();
                flipped[i] ^= 0x55;
                try {
                    assertThat(PictureReader.read(flipped).picture().pixels()).isNotEmpty();
                } catch (IOException e) {
                    assertThat(e.getMessage())
                            .as(name + " at " + i)
                            .startsWith("it")
                            .doesNotContain("Exception");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "palette.png", "grey.png", "bilevel.png"})
    void aChangedByteInAPngIsAlwaysFound(String name) throws IOException {
        byte[] whole = bytes("pictures/" + name);
        for (int i = 8; i < whole.length - 12; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 1;
            refused(flipped, name + " at " + i);
        }
    }

    @Test
    void aJpegThatLacksItsEndMarkAloneIsReadAndSaid() throws IOException {
        for (String name : List.of("rgb.jpg", "progressive.jpg", "cmyk.jpg", "grey.jpg")) {
            byte[] whole = bytes("pictures/" + name);
            Reading without = PictureReader.read(Arrays.copyOf(whole, whole.length - 2));
            assertThat(without.picture().pixels())
                    .isEqualTo(PictureReader.read(whole).picture().pixels());
            assertThat(without.remarks()).contains(PictureRemark.NO_END);
            assertThat(PictureReader.read(Arrays.copyOf(whole, whole.length + 9))
                            .picture()
                            .pixels())
                    .isEqualTo(PictureReader.read(whole).picture().pixels());
        }
    }

    @Test
    void aProgressiveJpegCutBetweenItsScansIsHalfAPicture() throws IOException {
        byte[] whole = bytes("pictures/progressive.jpg");
        int cuts = 0;
        for (int i = whole.length - 3; i > 0; i--) {
            boolean scan = whole[i] == (byte) 0xff && whole[i + 1] == (byte) 0xda;
            if (scan) {
                refused(Arrays.copyOf(whole, i), "cut before the scan at " + i);
                cuts++;
            }
        }
        assertThat(cuts).isGreaterThan(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'<!DOCTYPE html><html>404', a web page",
        "'version https://git-lfs.github.com/spec/v1', Git LFS pointer",
        "'\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic', HEIC",
        "'\u0000\u0000\u0000\u001cftypavif\u0000\u0000\u0000\u0000avifmif1', AVIF",
        "'\u0000\u0000\u0000\u0018ftypmif1\u0000\u0000\u0000\u0000avifmif1', AVIF",
        "'8BPS\u0000\u0001', Photoshop",
        "'<?xml version=\"1.0\"?><svg>', SVG",
        "'%PDF-1.7 and so on', PDF",
        "'hello, this is a text', a text",
        "'\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000', nothing but zeros"
    })
    void whatIsNoPictureIsNamed(String content, String words) {
        byte[] file = (content + " ".repeat(content.contains("\u0000\u0000\u0000\u0000\u0000\u0000") ? 0 : 20))
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> PictureReader.read(file)).hasMessageContaining(words);
    }

    @Test
    void aHeaderThatPromisesTooMuchCostsNoMemory() throws IOException {
        byte[] jpeg = bytes("pictures/rgb.jpg");
        int frame = 0;
        while (jpeg[frame] != (byte) 0xff || jpeg[frame + 1] != (byte) 0xc0) {
            frame++;
        }
        for (int size : new int[] {60_000, 13_000}) {
            byte[] claims = jpeg.clone();
            for (int i = 0; i < 4; i++) {
                claims[frame + 5 + i] = (byte) (i % 2 == 0 ? size >> 8 : size);
            }
            refused(claims, size + " pixels");
        }
        ByteArrayOutputStream ppm = new ByteArrayOutputStream();
        ppm.writeBytes("P6 13000 13000 255\n".getBytes(StandardCharsets.US_ASCII));
        ppm.writeBytes(new byte[100]);
        refused(ppm.toByteArray(), "ppm");
    }

    @Test
    @Timeout(20)
    void whatIsNoPlainFileIsNeverOpened() throws Exception {
        Path pipe = folder.resolve("pipe.png");
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/mkfifo")), "skipped: there is no mkfifo on this system");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(() -> PictureContent.of(pipe)).hasMessage("it is no file but a pipe, a socket or a device");
        assertThatThrownBy(() -> PictureContent.of(Path.of("/dev/zero"))).hasMessageContaining("a device");
        Path broken = Files.createSymbolicLink(folder.resolve("broken.png"), Path.of("nowhere.png"));
        assertThatThrownBy(() -> PictureContent.of(broken)).hasMessageContaining("a link to nowhere.png");
        assertThatThrownBy(() -> PictureContent.of(folder)).hasMessage("it is a folder");
        assertThatThrownBy(() -> PictureContent.of(Files.createFile(folder.resolve("e.png"))))
                .hasMessage("it is empty");
    }

    @Test
    void aFileOfMoreThanTwoGibibytesIsNamedBeforeItIsRead() throws IOException {
        Path large = folder.resolve("large.png");
        Files.write(large, bytes("pictures/rgb.png"));
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30); // takes no room where files may have holes
        }
        assertThatThrownBy(() -> PictureContent.of(large))
                .hasMessage("it has 3072 MiB, more than the 2048 that Graft reads");
    }

    @Test
    void twelveBitsInSixteenAreSaid() throws IOException {
        ByteArrayOutputStream pgm = new ByteArrayOutputStream();
        pgm.writeBytes("P5 2 1 65535\n".getBytes(StandardCharsets.US_ASCII));
        pgm.writeBytes(new byte[] {0x0f, (byte) 0xff, 0x01, 0x00});
        Reading dark = PictureReader.read(pgm.toByteArray());
        assertThat(dark.remarks()).containsExactly(PictureRemark.FEW_BITS);
        assertThat(PictureRemark.FEW_BITS.words(dark.highest())).contains("below 4096 (they look like 12 bits)");
    }

    /** What the decoder would take for red, green and blue from 0 to 255 without a word. Numbers of tags: TIFF 6.0. */
    @ParameterizedTest
    @CsvSource({
        "8, 3, 8, 1, 1, Lab",
        "8, 3, 9, 1, 1, Lab",
        "8, 3, 32844, 1, 1, LogLuv",
        "8, 3, 32803, 1, 1, sensor",
        "8, 3, 77, 1, 1, rare kind of colours (77)",
        "16, 4, 5, 1, 1, inks with 4 samples of 16 bits",
        "8, 5, 5, 1, 1, inks with 5 samples",
        "8, 4, 5, 7, 1, packed as JPEG",
        "8, 4, 2, 7, 1, packed as JPEG",
        "16, 1, 1, 1, 3, floating-point",
        "32, 1, 1, 1, 3, 'floating-point numbers, and which of them is black and which white no rule says'",
        "64, 1, 1, 1, 3, save it with 8 or 16 bits per value",
        "32, 1, 1, 1, 1, 32 bits per value; save it with 8 or 16",
        "16, 1, 1, 1, 2, signed",
        "8, 1, 1, 1, 2, signed"
    })
    void tiffsOfOtherNumbersThanColoursAreNamed(
            int bits, int samples, int meaning, int compression, int format, String words) {
        byte[] file = tiff(bits, samples, meaning, compression, format, -1, new byte[2 * bits / 8 * samples]);
        assertThatThrownBy(() -> PictureReader.read(file)).hasMessageContaining(words);
    }

    /** 0 in ExtraSamples is "unspecified data" (TIFF 6.0, page 31), 2 is transparency: 200 · 0.2 + 255 · 0.8 = 244. */
    @Test
    void aFourthBandThatIsNotSaidToBeTransparencyIsNone() throws IOException {
        byte[] pixels = {(byte) 200, 100, 50, 51, (byte) 200, 100, 50, 51};
        assertThat(PictureReader.read(tiff(8, 4, 2, 1, 1, 0, pixels)).picture().pixels())
                .containsExactly(200, 100, 50, 200, 100, 50);
        assertThat(PictureReader.read(tiff(8, 4, 2, 1, 1, 2, pixels)).picture().pixels())
                .containsExactly(244, 224, 214, 244, 224, 214);
    }

    /**
     * A palette has 16 bits per colour: 200 is written as 200 · 257 by the specification and as 200 · 256 by many programs.
     * Pillow 12 reads 200 from both (b // 256); libtiff takes one without any colour above 255 for one of 8 bits.
     */
    @ParameterizedTest
    @ValueSource(ints = {257, 256, 1})
    void theHighByteOfAPaletteCounts(int factor) throws IOException {
        byte[] head = tiff(8, 1, 3, 1, 1, -1, new byte[] {3, 7});
        ByteBuffer file = ByteBuffer.allocate(head.length + 2 * 768).order(ByteOrder.LITTLE_ENDIAN);
        file.put(head);
        for (int i = 0; i < 768; i++) {
            file.putShort((short) (factor * (i / 256 == 0 ? i : i / 256 == 1 ? 200 : 255 - i % 256)));
        }
        // The tag that stands for none, of ExtraSamples, becomes the one of the palette; tags are in order.
        ByteBuffer tag = file.slice(8 + 2 + 9 * 12, 12).order(ByteOrder.LITTLE_ENDIAN);
        tag.putShort((short) 320).putShort((short) 3).putInt(768).putInt(head.length);
        assertThat(PictureReader.read(file.array()).picture().pixels()).containsExactly(3, 200, 252, 7, 200, 248);
    }

    /** Two pixels beside each other. */
    private static byte[] tiff(
            int bits, int samples, int meaning, int compression, int format, int extra, byte[] pixels) {
        int[][] tags = {
            {256, 2},
            {257, 1},
            {258, bits},
            {259, compression},
            {262, meaning},
            {273, 0},
            {277, samples},
            {278, 1},
            {279, pixels.length},
            {338, extra},
            {339, format}
        };
        int many = 8 + 2 + 12 * tags.length + 4;
        ByteBuffer out = ByteBuffer.allocate(many + 2 * samples + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            boolean each = tag[0] == 258 && samples > 2;
            int value = tag[0] == 273 ? many + 2 * samples : each ? many : tag[1];
            // A tag without a meaning stands for one that is absent.
            out.putShort((short) (tag[1] < 0 ? 60000 : tag[0]));
            out.putShort((short) 3).putInt(each ? samples : 1).putInt(value);
        }
        out.putInt(0);
        for (int i = 0; i < samples; i++) {
            out.putShort((short) bits);
        }
        return out.put(pixels).array();
    }
}
