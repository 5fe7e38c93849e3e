package graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.Examples;
import graft.data.Target;
import graft.progress.Event;
import graft.progress.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetPicturesTest {
    private static final List<String> CLASSES = List.of("ant", "bee");

    @TempDir
    Path folder;

    private final List<Event> told = new ArrayList<>();

    private void draw(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        }
    }

    private Target open() {
        Progress progress = told::add;
        return TargetPictures.open(folder, CLASSES, Preprocessing.ofSize(8), Augmentation.NONE, 1, progress);
    }

    private static List<String> names(Examples examples) {
        return IntStream.range(0, examples.size()).mapToObj(examples::name).toList();
    }

    @Test
    void picturesWithoutAnyFoldersAreNotJudged() throws IOException {
        draw("a.png", "deep/er/b.png");
        Target target = open();
        assertThat(names(target.data().train())).containsExactly("a.png", "deep/er/b.png");
        assertThat(target.judged()).isFalse();
    }

    @Test
    void whatLiesInAFolderOfAClassOfTheSourceIsJudgedAndTheRestIsNot() throws IOException {
        draw("bee/1.png", "ant/2.png", "wasp/3.png", "4.png");
        Target target = open();
        assertThat(target.data().train().size()).isEqualTo(4);
        assertThat(names(target.data().val())).containsExactly("ant/2.png", "bee/1.png");
        assertThat(target.data().val().label(0)).isZero();
        assertThat(target.data().val().label(1)).isEqualTo(1);
        assertThat(target.apart()).isFalse();
    }

    @Test
    void whatIsJudgedIsNotInStepsWhereFoldersAreParts() throws IOException {
        draw("train/ant/1.png", "train/2.png", "val/bee/3.png", "test/ant/4.png");
        Target target = open();
        assertThat(names(target.data().train())).containsExactly("train/2.png", "train/ant/1.png");
        assertThat(names(target.data().val())).containsExactly("test/ant/4.png");
        assertThat(target.apart()).isTrue();
    }

    @Test
    void whatCannotBeReadIsLeftOutAndSaid() throws IOException {
        draw("a.png");
        Files.writeString(folder.resolve("b.png"), "no picture");
        assertThat(names(open().data().train())).containsExactly("a.png");
        assertThat(told.stream().map(Event::line)).anyMatch(line -> line.contains("b.png") && line.contains("1 file"));
    }

    @Test
    void aFolderWithoutAPictureIsRefusedByItsName() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "none");
        assertThatThrownBy(this::open)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("--target");
    }
}
