package graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.data.ViewRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarpTest {
    private static byte[] bytes(int... values) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return pixels;
    }

    private static final Picture NINE = new Picture(3, 3, 1, bytes(1, 2, 3, 4, 5, 6, 7, 8, 9));

    @Test
    void whatIsKnownByHandIsSo() {
        assertThat(Warp.affine(90, 0, 0, 1, 0, 0).of(NINE).pixels()).isEqualTo(bytes(7, 4, 1, 8, 5, 2, 9, 6, 3));
        assertThat(Warp.rotation(90).of(NINE).pixels()).isEqualTo(bytes(7, 4, 1, 8, 5, 2, 9, 6, 3));
        // One to the right: what comes in from the left is the first column mirrored.
        assertThat(Warp.affine(0, 1, 0, 1, 0, 0).of(NINE).pixels()).isEqualTo(bytes(1, 1, 2, 4, 4, 5, 7, 7, 8));
        assertThat(Warp.affine(0, 0, -1, 1, 0, 0).of(NINE).pixels()).isEqualTo(bytes(4, 5, 6, 7, 8, 9, 7, 8, 9));
        // Twice as large: the neighbours of the middle come half way towards it.
        assertThat(Warp.affine(0, 0, 0, 2, 0, 0).of(NINE).pixels()).isEqualTo(bytes(3, 4, 4, 5, 5, 6, 6, 7, 7));
        // Slanted by 45 degrees, the row above the middle goes one to the right, the one below one to the left.
        assertThat(Warp.affine(0, 0, 0, 1, 45, 0).of(NINE).pixels()).isEqualTo(bytes(1, 1, 2, 4, 5, 6, 8, 9, 9));
    }

    /** The forward matrix from torchvision's elementary ones: R(angle) S(scale) SHy SHx, SHx = [1, -tan; 0, 1]. */
    @ParameterizedTest
    @CsvSource({"30, 3, -2, 1.2, 10, 0", "-75, 0.5, 4, 0.7, -20, 15", "180, 0, 0, 3, 0, -40"})
    void theMatrixUndoesTorchvisions(
            double angle, double right, double down, double scale, double shearX, double shearY) {
        double[][] turn = {
            {Math.cos(Math.toRadians(angle)), -Math.sin(Math.toRadians(angle))},
            {Math.sin(Math.toRadians(angle)), Math.cos(Math.toRadians(angle))}
        };
        double[][] rows = {{1, -Math.tan(Math.toRadians(shearX))}, {0, 1}};
        double[][] columns = {{1, 0}, {-Math.tan(Math.toRadians(shearY)), 1}};
        double[][] forward = times(times(turn, columns), rows);
        Warp back = Warp.affine(angle, right, down, scale, shearX, shearY);
        for (double[] point : new double[][] {{0, 0}, {5, 0}, {-3, 7}}) {
            double x = scale * (forward[0][0] * point[0] + forward[0][1] * point[1]) + right;
            double y = scale * (forward[1][0] * point[0] + forward[1][1] * point[1]) + down;
            assertThat(back.a() * x + back.b() * y + back.shiftX()).isEqualTo(point[0], within(1e-9));
            assertThat(back.c() * x + back.d() * y + back.shiftY()).isEqualTo(point[1], within(1e-9));
        }
    }

    private static double[][] times(double[][] left, double[][] right) {
        double[][] out = new double[2][2];
        for (int i = 0; i < 4; i++) {
            out[i / 2][i % 2] = left[i / 2][0] * right[0][i % 2] + left[i / 2][1] * right[1][i % 2];
        }
        return out;
    }

    @Test
    void viewsReachTheEndsOfTheirRangesAndNoFurther() {
        Affine only = new Affine(0, 0.25, 1, 1, 0);
        double least = 0;
        double most = 0;
        for (int view = 1; view <= 2000; view++) {
            double shift = -only.draw(new ViewRandom(1, 1, view), 40, 20).shiftX();
            least = Math.min(least, shift);
            most = Math.max(most, shift);
        }
        assertThat(least).isBetween(-10.0, -9.8);
        assertThat(most).isBetween(9.8, 10.0);
    }

    @ParameterizedTest
    @CsvSource({
        "affine, affine:10:0.1:0.9-1.1:10",
        "affine:20, affine:20:0:1:0",
        "'rotate:5,affine:15:0.05', 'rotate:5,affine:15:0.05:1:0'",
        "affine:0:0:0.85-1.15:8.6, affine:0:0:0.85-1.15:8.6"
    })
    void wordsAreReadAndWrittenBack(String written, String whole) {
        Augmentation read = Augmentation.parse(written);
        assertThat(read).hasToString(whole).isEqualTo(Augmentation.parse(whole));
    }

    @ParameterizedTest
    @CsvSource({
        "affine:x, is no number",
        "affine:190, turn by 0 to 180",
        "affine:0:2, share of the side",
        "affine:0:0:1.2-0.8, smaller number first",
        "affine:0:0:0-1, from 0.01",
        "affine:0:0:1:90, slant",
        "affine:1:0:1:0:3, more than four",
        "flip:2, no augmentation"
    })
    void whatIsNoSuchViewIsRefused(String written, String why) {
        assertThatThrownBy(() -> Augmentation.parse(written))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(why);
    }
}
