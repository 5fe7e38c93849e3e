package graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailTest {
    @TempDir
    Path folder;

    private Path picture(int width, int height) throws IOException {
        Path file = folder.resolve("p.png");
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return file;
    }

    @Test
    void theLongerSideGetsTheSize() throws IOException {
        Picture small = Thumbnail.of(picture(200, 50), 96);
        assertThat(small.width()).isEqualTo(96);
        assertThat(small.height()).isEqualTo(24);
    }

    @Test
    void aSmallPictureStaysAsItIs() throws IOException {
        assertThat(Thumbnail.of(picture(20, 10), 96).width()).isEqualTo(20);
    }

    @Test
    void whatIsNoPictureIsNamed() throws IOException {
        Path file = Files.write(folder.resolve("x.jpg"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Thumbnail.of(file, 96))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file.toString());
    }
}
