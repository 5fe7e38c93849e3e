package graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import graft.evaluate.LayerResponse.Channel;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsePictureTest {
    private static int grey(BufferedImage picture, int x, int y) {
        return picture.getRGB(x, y) & 0xff;
    }

    /** Maps of 2 x 2 are drawn 64 times as large, with 4 pixels between them. */
    @Test
    void eachChannelGoesFromItsLeastToItsLargestValue() {
        BufferedImage picture = ResponsePicture.of(List.of(
                new Channel(3, 2, 2, 2, new float[] {-1, 0, 1, 3}), new Channel(0, 1, 2, 2, new float[] {5, 5, 5, 5})));
        assertThat(picture.getWidth()).isEqualTo(2 * (128 + 4) + 4);
        assertThat(picture.getHeight()).isEqualTo(128 + 2 * 4);
        assertThat(grey(picture, 4 + 32, 4 + 32)).isZero();
        assertThat(grey(picture, 4 + 96, 4 + 32)).isEqualTo(64); // a quarter of 255
        assertThat(grey(picture, 4 + 32, 4 + 96)).isEqualTo(128);
        assertThat(grey(picture, 4 + 96, 4 + 96)).isEqualTo(255);
        assertThat(grey(picture, 136 + 32, 36)).as("nothing stands out").isZero();
        assertThat(grey(picture, 1, 1)).isEqualTo(255);
    }
}
