package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
    @TempDir
    Path folder;

    private Path data() throws IOException {
        Path root = folder.resolve("data");
        for (String name : List.of("ants", "bees")) {
            Path where = Files.createDirectories(root.resolve(name));
            for (int i = 0; i < 5; i++) {
                BufferedImage picture = new BufferedImage(12, 9, BufferedImage.TYPE_INT_RGB);
                for (int x = 0; x < 12; x++) {
                    picture.setRGB(x, i, 0xff0000 >> x);
                }
                ImageIO.write(picture, "png", where.resolve(i + ".png").toFile());
            }
        }
        return root;
    }

    private static JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Graft.Answer answer = Graft.run(all.toArray(String[]::new));
        assertThat(answer.err()).isEmpty();
        return Json.parse(answer.out());
    }

    @Test
    void whatIsUnderstoodIsSaidAndPutRight() throws IOException {
        String data = data().toString();
        JsonNode shown = json("data", "--data", data, "--examples");
        assertThat(shown.at("/task").asText()).isEqualTo("image-classification");
        assertThat(shown.at("/classes/0").toString()).isEqualTo("{\"name\":\"ants\",\"train\":4,\"val\":1,\"test\":0}");
        assertThat(shown.at("/examples")).hasSize(10);
        json("data", "relabel", "--data", data, "--to", "bees", "ants/0.png");
        json("data", "leave-out", "--data", data, "bees/1.png");
        JsonNode renamed = json("data", "rename", "--data", data, "bees", "wasps");
        assertThat(renamed.at("/data/classes/1/name").asText()).isEqualTo("wasps");
        assertThat(renamed.at("/data/classes/1/train").asInt()
                        + renamed.at("/data/classes/1/val").asInt())
                .isEqualTo(5);
        json("data", "restore", "--data", data, "--all");
        assertThat(json("data", "--data", data, "--examples")).isEqualTo(shown);
        assertThat(Graft.run("data", "--data", folder.resolve("gone").toString())
                        .err())
                .contains("There is no");
        assertThat(Graft.run("data").err()).contains("No data were named");
        assertThat(Graft.run("data", "restore", "--data", data, "ants/0.png").err())
                .contains("Nothing was said of ants/0.png");
    }

    private static BufferedImage drawn(BufferedImage picture, int side) {
        BufferedImage out = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.drawImage(picture, 0, 0, side, side, null);
        g.dispose();
        return out;
    }

    @Test
    void aSmallerCopyOnTheOtherSideOfTheSplitIsFoundWhereThePicturesAreLookedThrough() throws IOException {
        Path root = folder.resolve("copies");
        Random random = new Random(5);
        for (String place : List.of("train/ants", "train/bees", "val/ants", "val/bees")) {
            Path where = Files.createDirectories(root.resolve(place));
            for (int i = 0; i < 3; i++) {
                BufferedImage coarse = new BufferedImage(7, 7, BufferedImage.TYPE_INT_RGB);
                coarse.setRGB(0, 0, 7, 7, random.ints(49, 0, 1 << 24).toArray(), 0, 7);
                ImageIO.write(
                        drawn(coarse, 90), "png", where.resolve(i + ".png").toFile());
            }
        }
        BufferedImage one = ImageIO.read(root.resolve("train/ants/1.png").toFile());
        ImageIO.write(drawn(one, 63), "jpg", root.resolve("val/bees/copy.jpg").toFile());

        assertThat(json("data", "--data", root.toString()).get("remarks").toString())
                .doesNotContain("copy.jpg");
        Graft.Answer looked = Graft.run("data", "--data", root.toString(), "--look");
        assertThat(looked.out())
                .contains("1 picture to judge by looks like one to learn from, such as")
                .contains("copy.jpg")
                .contains("1.png");
    }

    @Test
    void versionsOfAPictureAreThoseOfTrainingAndReplaceNothing() throws IOException {
        String data = data().toString();
        Path network = folder.resolve("net.onnx");
        assertThat(Graft.run("untrained", "--out=" + network).exitCode()).isZero();
        Path out = folder.resolve("out");
        String[] preview = {
            "data",
            "preview-augmentation",
            "--data=" + data,
            "--network=" + network,
            "--augment=flip",
            "--versions=8",
            "--out=" + out,
            "ants/3.png"
        };
        JsonNode made = json(preview);
        assertThat(made.at("/files")).hasSize(8);
        // Half of the versions are mirrored, and there is nothing else: two different pictures, each the other's
        // mirror.
        List<BufferedImage> different = new ArrayList<>();
        for (JsonNode file : made.at("/files")) {
            BufferedImage picture = ImageIO.read(Path.of(file.asText()).toFile());
            if (different.stream().noneMatch(other -> same(other, picture, false))) {
                different.add(picture);
            }
        }
        assertThat(different).hasSize(2);
        assertThat(same(different.get(0), different.get(1), true)).isTrue();
        assertThat(Graft.run(preview).err()).contains("exists already");
    }

    private static boolean same(BufferedImage one, BufferedImage other, boolean mirrored) {
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                int there = mirrored ? one.getWidth() - 1 - x : x;
                if (one.getRGB(x, y) != other.getRGB(there, y)) {
                    return false;
                }
            }
        }
        return one.getWidth() == other.getWidth() && one.getHeight() == other.getHeight();
    }
}
