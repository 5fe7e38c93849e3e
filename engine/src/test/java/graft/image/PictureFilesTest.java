package graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.DataOptions;
import graft.data.Examples;
import graft.progress.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
    @TempDir
    Path folder;

    private void pictures(String classFolder, int count) throws IOException {
        Path where = Files.createDirectories(folder.resolve(classFolder));
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(0, 0, i);
            ImageIO.write(picture, "png", where.resolve("p" + i + ".png").toFile());
        }
    }

    @Test
    void theSplitThatIsShownIsTheOneThatIsTrainedOn() throws IOException {
        pictures("a", 11);
        pictures("b", 7);
        PictureFiles files = PictureFiles.scan(folder);
        Preprocessing how = new Preprocessing(8, 1, new float[] {0}, new float[] {1}, Channels.RGB, Layout.NCHW);
        for (long seed : new long[] {1, 2, 3}) {
            Examples val = ImageData.open(folder, Optional.of(how), new DataOptions(seed, false), Progress.NONE)
                    .val();
            Set<String> trainedOn =
                    IntStream.range(0, val.size()).mapToObj(val::name).collect(Collectors.toSet());
            Set<String> shown = files.validation(seed).stream()
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
            assertThat(shown).isEqualTo(trainedOn);
        }
    }

    @Test
    void aFolderThatIsSplitIsTakenAsItIs() throws IOException {
        pictures("train/a", 3);
        pictures("train/b", 3);
        pictures("val/a", 1);
        pictures("val/b", 2);
        PictureFiles files = PictureFiles.scan(folder);
        assertThat(files.isSplit()).isTrue();
        assertThat(files.classes()).isEqualTo(List.of("a", "b"));
        assertThat(files.validation(1)).allMatch(file -> file.startsWith(folder.resolve("val")));
        assertThat(files.validation(1)).hasSize(3);
    }
}
