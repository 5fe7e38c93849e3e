package graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.data.ViewRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentPolicyTest {
    private static final AugmentPolicy USUAL = AugmentPolicy.random("");

    /** {@code (numpy.arange(48).reshape(4, 4, 3) * 37 % 251).astype('uint8')}, its first pixel 10, 200, 30. */
    private static Picture four() {
        byte[] pixels = new byte[48];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37 % 251);
        }
        pixels[0] = 10;
        pixels[1] = (byte) 200;
        pixels[2] = 30;
        return new Picture(4, 4, 3, pixels);
    }

    /** The first 24 values that Pillow gives: ImageEnhance's enhance(1 + magnitude), ImageOps.posterize, solarize, autocontrast. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BRIGHTNESS|0.6|16,255,48,177,236,255,255,12,72,131,190,249,255,255,25,84,144,203,255,255,255,38,97,156",
                "BRIGHTNESS|-0.6|4,80,12,44,59,74,88,3,18,32,47,62,77,92,6,21,36,50,65,80,95,9,24,39",
                "COLOR|-0.7|89,146,95,132,143,154,119,55,66,103,114,125,194,205,141,74,85,96,185,196,207,45,56,67",
                "CONTRAST|0.7|0,251,0,100,163,226,255,0,0,51,114,177,239,255,0,1,64,127,190,253,255,0,15,78",
                "SHARPNESS|0.9|10,200,30,111,148,185,222,8,45,82,119,156,193,230,16,0,61,129,181,255,255,24,61,98",
                "SHARPNESS|-0.9|10,200,30,111,148,185,222,8,45,82,119,156,193,230,16,106,118,124,146,131,168,24,61,98",
                "POSTERIZE|3|0,192,0,96,128,160,192,0,32,64,96,128,192,224,0,32,64,96,160,192,224,0,32,96",
                "SOLARIZE|128|10,55,30,111,107,70,33,8,45,82,119,99,62,25,16,53,90,127,91,54,17,24,61,98",
                "AUTO_CONTRAST|0|0,221,21,109,162,195,229,5,38,77,130,162,197,255,5,46,97,130,166,222,255,15,65,97",
                "IDENTITY|0|10,200,30,111,148,185,222,8,45,82,119,156,193,230,16,53,90,127,164,201,238,24,61,98"
            })
    void operationsDoWhatPillowDoes(PolicyOperation operation, double magnitude, String expected) {
        byte[] found = operation.of(four(), magnitude).pixels();
        int[] values =
                Arrays.stream(expected.split(",")).mapToInt(Integer::parseInt).toArray();
        for (int i = 0; i < values.length; i++) {
            // Pillow computes in single precision.
            assertThat(found[i] & 0xff).as(operation + " at " + i).isCloseTo(values[i], within(1));
        }
    }

    /** {@code ImageOps.equalize} of {@code (numpy.arange(1200).reshape(20, 20, 3) * 37 % 83).astype('uint8')}. */
    @Test
    void equalizedAsPillowDoes() {
        byte[] pixels = new byte[1200];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37 % 83);
        }
        byte[] found =
                PolicyOperation.EQUALIZE.of(new Picture(20, 20, 3, pixels), 0).pixels();
        int[] expected = {0, 175, 255, 135, 255, 90, 255, 45, 225, 5, 180, 255, 140, 255, 95, 255, 50, 230, 10, 185, 255
        };
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i] & 0xff).as("at " + i).isEqualTo(expected[i]);
        }
    }

    /** A single 255 in the corner: slanted about it, it stays; moved by whole pixels, it goes there. */
    @Test
    void geometryIsTorchvisions() {
        byte[] pixels = new byte[25];
        pixels[0] = -1;
        Picture corner = new Picture(5, 5, 1, pixels);
        assertThat(PolicyOperation.SHEAR_X.of(corner, 0.5).pixels()[0]).isEqualTo((byte) -1);
        assertThat(PolicyOperation.SHEAR_Y.of(corner, 0.5).pixels()[0]).isEqualTo((byte) -1);
        pixels[12] = -1;
        Picture middle = new Picture(5, 5, 1, pixels);
        assertThat(PolicyOperation.TRANSLATE_X.of(middle, 1.9).pixels()[13]).isEqualTo((byte) -1);
        assertThat(PolicyOperation.TRANSLATE_Y.of(middle, -1.9).pixels()[7]).isEqualTo((byte) -1);
        // Positive angles turn against the clock: what was up is left.
        byte[] up = new byte[25];
        up[2] = -1;
        assertThat(PolicyOperation.ROTATE.of(new Picture(5, 5, 1, up), 90).pixels()[10])
                .isEqualTo((byte) -1);
    }

    /** From {@code _augmentation_space(31, (224, 112))}, height first, of torchvision 0.15: bins 0, 9 and 30. */
    @ParameterizedTest
    @CsvSource({
        "SHEAR_X, 0.297, 0.99, 0.09, 0.3",
        "TRANSLATE_X, 9.6, 32, 15.226586, 50.755287",
        "TRANSLATE_Y, 9.6, 32, 30.453172, 101.510574",
        "ROTATE, 40.5, 135, 9, 30",
        "BRIGHTNESS, 0.297, 0.99, 0.27, 0.9",
        "POSTERIZE, 6, 2, 7, 4",
        "SOLARIZE, 178.5, 0, 178.5, 0"
    })
    void strengthsAreTorchvisions(
            PolicyOperation operation, double wideAt9, double wideAt30, double randomAt9, double randomAt30) {
        assertThat(AugmentPolicy.TRIVIAL.strength(operation, 9, 112, 224)).isCloseTo(wideAt9, within(1e-5));
        assertThat(AugmentPolicy.TRIVIAL.strength(operation, 30, 112, 224)).isCloseTo(wideAt30, within(1e-5));
        assertThat(USUAL.strength(operation, 9, 112, 224)).isCloseTo(randomAt9, within(1e-5));
        assertThat(USUAL.strength(operation, 30, 112, 224)).isCloseTo(randomAt30, within(1e-5));
    }

    @Test
    void viewsFollowFromTheirNumberAlone() {
        Set<Integer> different = new HashSet<>();
        for (int view = 1; view <= 60; view++) {
            for (AugmentPolicy policy : new AugmentPolicy[] {AugmentPolicy.TRIVIAL, USUAL}) {
                byte[] once = policy.view(four(), new ViewRandom(1, 2, view)).pixels();
                assertThat(policy.view(four(), new ViewRandom(1, 2, view)).pixels())
                        .isEqualTo(once);
                different.add(Arrays.hashCode(once));
            }
        }
        assertThat(different).hasSizeGreaterThan(60);
    }

    @ParameterizedTest
    @CsvSource({
        "trivial, trivial",
        "randaugment, randaugment:2:9",
        "randaugment:3, randaugment:3:9",
        "'flip,crop,RandAugment:1:30', 'flip,crop,randaugment:1:30'"
    })
    void wordsAreReadAndWrittenBack(String written, String whole) {
        Augmentation read = Augmentation.parse(written);
        assertThat(read).hasToString(whole).isEqualTo(Augmentation.parse(whole));
        assertThat(read.isNone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "randaugment:0, names no number",
        "randaugment:2:31, magnitude from 0 to 30",
        "randaugment:a, names no number",
        "'trivial,randaugment', not by both",
        "trivial:3, no augmentation"
    })
    void whatIsNoSuchPolicyIsRefused(String written, String why) {
        assertThatThrownBy(() -> Augmentation.parse(written))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(why);
    }
}
