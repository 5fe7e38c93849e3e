package graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Expected pixels: Pillow 12.3.0, by {@code make_shown.py} beside the pictures. */
class ShownPicturesTest {
    private static final Path PICTURES = Path.of("src/test/resources/graft/image/shown");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(PICTURES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".rgb"))
                    .sorted()
                    .toList();
        }
    }

    private static Reading read(String name) throws IOException {
        return PictureReader.read(Files.readAllBytes(PICTURES.resolve(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPixelIsWhatViewersShow(String name) throws IOException {
        Picture picture = read(name).picture();
        ByteBuffer expected = ByteBuffer.wrap(Files.readAllBytes(PICTURES.resolve(name + ".rgb")))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(picture.width()).isEqualTo(expected.getInt());
        assertThat(picture.height()).isEqualTo(expected.getInt());
        // Another version of LittleCMS, and another sRGB profile to go to, round otherwise; inks go through a coarse
        // table.
        boolean converted = name.startsWith("profile-") && !name.contains("srgb");
        int tolerance = name.contains("inks") ? 16 : converted ? 2 : 0;
        int largest = 0;
        for (int i = 0; expected.hasRemaining(); i++) {
            int at = picture.bands() == 3 ? i : i / 3;
            largest = Math.max(largest, Math.abs((picture.pixels()[at] & 0xff) - (expected.get() & 0xff)));
        }
        if (largest > tolerance) {
            ByteBuffer ee = ByteBuffer.wrap(Files.readAllBytes(PICTURES.resolve(name + ".rgb")));
            StringBuilder b = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                b.append(picture.pixels()[i] & 0xff)
                        .append("/")
                        .append(ee.get(8 + i) & 0xff)
                        .append(" ");
            }
            System.out.println(name + " " + b);
        }
        assertThat(largest).isLessThanOrEqualTo(tolerance);
    }

    @ParameterizedTest
    @CsvSource({
        "orientation1.jpg,''",
        "orientation0.jpg,''",
        "orientation9.jpg,''",
        "orientation6.jpg,TURNED",
        "orientation3.tif,TURNED",
        "exif-cut-to-20.jpg,''",
        "alpha.png,TRANSPARENT",
        "plain.gif,''",
        "first-frame.gif,TRANSPARENT FIRST_FRAME",
        "animated.webp,TRANSPARENT FIRST_FRAME",
        "animated.png,TRANSPARENT FIRST_FRAME",
        "profile-p3.jpg,CONVERTED",
        "profile-srgb.jpg,''",
        "profile-adobe-orientation8.jpg,TURNED CONVERTED",
        "profile-inks.jpg,CONVERTED",
        "grey16-with-alpha.png,TRANSPARENT",
    })
    void whatWasDoneIsSaid(String name, String remarks) throws IOException {
        List<PictureRemark> expected = Stream.of(remarks.split(" "))
                .filter(word -> !word.isEmpty())
                .map(PictureRemark::valueOf)
                .toList();
        assertThat(read(name).remarks()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void thumbnailsShowTheSame() throws IOException {
        for (String name : List.of("orientation6.jpg", "alpha.png", "profile-p3.webp", "first-frame.gif")) {
            Picture whole = read(name).picture();
            Picture small = Thumbnail.of(PICTURES.resolve(name), 64);
            assertThat(small.pixels()).as(name).isEqualTo(whole.pixels());
        }
    }
}
