package graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Platform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the JDK's own reader, which is asked where something follows the end of the picture. */
class TurboJpegTest {
    @BeforeEach
    void onSystemsThatHaveIt() {
        Assumptions.assumeTrue(Platform.isLinux() || Platform.isMac(), "Leptonica is used on Linux and macOS only");
    }

    private static byte[] jpeg(int width, int height, int type) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int wave = (int) (127 + 120 * Math.sin(x / 9.0) * Math.cos(y / 7.0));
                image.setRGB(x, y, wave << 16 | x * 255 / width << 8 | (x ^ y) & 0xff);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    private static Picture usual(byte[] file) throws IOException {
        Decoded decoded = JpegFile.byJdk(file, JpegHeader.of(file), EnumSet.noneOf(PictureRemark.class));
        return new Picture(decoded.width(), decoded.height(), decoded.bands(), decoded.pixels());
    }

    @ParameterizedTest
    @CsvSource({"64, 48, 1", "61, 47, 1", "1, 1, 1", "50, 33, 10"})
    void pixelsAreTheSame(int width, int height, int type) throws IOException {
        byte[] file = jpeg(width, height, type);
        Picture quick = TurboJpeg.read(file, JpegHeader.of(file), 1).orElseThrow();
        byte[] more = Arrays.copyOf(file, file.length + 1);
        assertThat(TurboJpeg.read(more, JpegHeader.of(more), 1)).isEmpty();
        Picture usual = usual(more);
        assertThat(quick.width()).isEqualTo(width);
        assertThat(quick.height()).isEqualTo(height);
        assertThat(quick.bands()).isEqualTo(usual.bands());
        assertThat(quick.pixels()).isEqualTo(usual.pixels());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void aReducedPictureIsThePictureSmaller(int reduction) throws IOException {
        byte[] file = jpeg(403, 301, BufferedImage.TYPE_INT_RGB);
        Picture small = TurboJpeg.read(file, JpegHeader.of(file), reduction).orElseThrow();
        assertThat(small.width()).isEqualTo((403 + reduction - 1) / reduction);
        assertThat(small.height()).isEqualTo((301 + reduction - 1) / reduction);
    }

    @Test
    void damagedFilesAreLeftToTheUsualReader() throws IOException {
        byte[] file = jpeg(64, 64, BufferedImage.TYPE_INT_RGB);
        byte[] damaged = Arrays.copyOf(file, file.length / 2);
        damaged[damaged.length - 2] = (byte) 0xff; // the end of the picture, too early
        damaged[damaged.length - 1] = (byte) 0xd9;
        assertThat(TurboJpeg.read(damaged, JpegHeader.of(damaged), 1)).isEmpty();
        assertThatThrownBy(() -> PictureReader.read(damaged))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("it");
    }

    @Test
    void thumbnailsOfLargePicturesLookLikeThem(@TempDir Path folder) throws IOException {
        byte[] file = jpeg(1600, 1200, BufferedImage.TYPE_INT_RGB);
        Picture quick = Thumbnail.of(Files.write(folder.resolve("a.jpg"), file), 100);
        Picture whole = usual(file);
        Picture usual = Resampler.resize(whole, Resampler.Box.all(whole), 100, 75);
        assertThat(quick.width()).isEqualTo(usual.width()).isEqualTo(100);
        long sum = 0;
        for (int i = 0; i < quick.pixels().length; i++) {
            sum += Math.abs((quick.pixels()[i] & 0xff) - (usual.pixels()[i] & 0xff));
        }
        assertThat((double) sum / quick.pixels().length).isLessThan(3);
    }
}
