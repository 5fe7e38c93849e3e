package graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own: a locale is read once, at the start. Folders are made by the shell, whose names are bytes. */
class FileNamesTest {
    @TempDir
    Path folder;

    private List<String> classes(String locale, String... folders) throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "skipped: names are bytes on Linux only");
        StringBuilder script = new StringBuilder("set -e\n");
        for (String name : folders) {
            script.append("d=$(printf '")
                    .append(name)
                    .append("'); mkdir -p \"data/$d\"; cat > \"data/$d/1.png\" <p.png;")
                    .append(" cp p.png \"data/$d/2.png\"\n");
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", png);
        java.nio.file.Files.write(folder.resolve("p.png"), png.toByteArray());
        assertThat(new ProcessBuilder("sh", "-c", script.toString())
                        .directory(folder.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "graft.data.NamesInLocale")
                .directory(folder.toFile());
        java.environment().put("LC_ALL", locale);
        Process process = java.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as(err).isZero();
        return out.lines().toList();
    }

    /** U+732B, cat, and U+72AC, dog, as their bytes in UTF-8. */
    @Test
    void classesAreReadAsUtf8InALocaleThatKnowsNone() throws Exception {
        assertThat(classes("POSIX", "\\347\\214\\253", "\\347\\212\\254", "b")).containsExactly("62", "72ac", "732b");
    }

    @Test
    void namesThatAreNoUtf8AreNeverOne() throws IOException, Exception {
        // "\xff" and "\xfe" written out
        assertThat(classes("C.UTF-8", "\\377", "\\376", "b")).containsExactly("5c 78 66 65", "5c 78 66 66", "62");
    }
}
