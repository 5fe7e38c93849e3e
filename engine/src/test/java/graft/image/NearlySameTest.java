package graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.Remark;
import graft.progress.Progress;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearlySameTest {
    @TempDir
    Path folder;

    /** Blobs of some colours; each seed another picture. */
    private static BufferedImage blobs(long seed) {
        Random random = new Random(seed);
        BufferedImage out = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = out.createGraphics();
        g.setColor(new Color(random.nextInt(0xffffff)));
        g.fillRect(0, 0, 160, 120);
        for (int i = 0; i < 14; i++) {
            g.setColor(new Color(random.nextInt(0xffffff)));
            g.fillOval(
                    random.nextInt(140) - 20,
                    random.nextInt(100) - 20,
                    20 + random.nextInt(70),
                    20 + random.nextInt(70));
        }
        g.dispose();
        return out;
    }

    private static BufferedImage scaled(BufferedImage of, int width, int height) {
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(of, 0, 0, width, height, null);
        g.dispose();
        return out;
    }

    private void write(BufferedImage image, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    }

    private List<Remark> remarks() {
        return PictureCheck.look(PictureFiles.scan(folder), 1, "looking", Progress.NONE).remarks().stream()
                .filter(remark -> remark.text().contains("look"))
                .toList();
    }

    private void pictures(int each) throws IOException {
        for (int i = 0; i < each; i++) {
            write(blobs(i), "train/a/" + i + ".png");
            write(blobs(1000 + i), "train/b/" + i + ".png");
            write(blobs(2000 + i), "val/a/" + i + ".png");
            write(blobs(3000 + i), "val/b/" + i + ".png");
        }
    }

    @Test
    void aPictureThatWasMadeBrighterIsKnownAgain() throws IOException {
        pictures(6);
        BufferedImage brighter = scaled(blobs(4), 120, 90);
        for (int i = 0; i < 120 * 90; i++) {
            Color each = new Color(brighter.getRGB(i % 120, i / 120));
            brighter.setRGB(
                    i % 120,
                    i / 120,
                    new Color(
                                    Math.min(255, each.getRed() + 25),
                                    Math.min(255, each.getGreen() + 25),
                                    Math.min(255, each.getBlue() + 25))
                            .getRGB());
        }
        write(brighter, "val/a/again.jpg");
        assertThat(remarks()).singleElement().satisfies(remark -> assertThat(remark.text())
                .startsWith("1 picture to judge by looks like one to learn from"));
    }

    @Test
    void aPictureThatWasScaledAndCompressedIsKnownAgainOnTheOtherSide() throws IOException {
        pictures(6);
        write(scaled(blobs(3), 107, 80), "val/a/again.jpg");
        assertThat(remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.kind()).isEqualTo(Remark.Kind.LEARNT_AND_JUDGED);
            assertThat(remark.text())
                    .startsWith("1 picture to judge by looks like one to learn from")
                    .contains("val/a/again.jpg")
                    .contains("train/a/3.png")
                    .contains("at most 10 differ");
            assertThat(remark.fix().leaveOut()).containsExactly("val/a/again.jpg");
        });
    }

    @Test
    void differentPicturesAreNotTakenForEachOther() throws IOException {
        pictures(40); // 80 × 80 pairs across the split
        assertThat(remarks()).isEmpty();
    }

    @Test
    void texturesUnderTheSameLightAreNotTakenForEachOther() throws IOException {
        for (int i = 0; i < 12; i++) {
            for (String place : List.of("train/a/", "train/b/", "val/a/", "val/b/")) {
                Random random = new Random(i + 100L * place.hashCode());
                BufferedImage lit = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
                for (int at = 0; at < 48 * 48; at++) {
                    int grey = 40 + at / 48 * 2 + at % 48 + random.nextInt(40); // brighter to the lower right
                    lit.setRGB(at % 48, at / 48, new Color(grey, grey, grey).getRGB());
                }
                write(lit, place + i + ".png");
            }
        }
        assertThat(remarks()).isEmpty();
    }

    @Test
    void picturesOfOneColourSayNothingOfEachOther() throws IOException {
        for (int i = 0; i < 4; i++) {
            for (String place : List.of("train/a/", "train/b/", "val/a/", "val/b/")) {
                BufferedImage plain = new BufferedImage(40 + i, 40, BufferedImage.TYPE_INT_RGB);
                plain.setRGB(0, 0, i + place.hashCode() % 50);
                write(plain, place + i + ".png");
            }
        }
        assertThat(remarks()).isEmpty();
    }
}
