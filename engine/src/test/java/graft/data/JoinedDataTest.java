package graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.files.Home;
import graft.image.Channels;
import graft.image.ImageData;
import graft.image.Layout;
import graft.image.PictureFiles;
import graft.image.PictureFiles.Found;
import graft.image.Preprocessing;
import graft.options.Settings;
import graft.progress.Progress;
import graft.task.DataEdits;
import graft.text.TextData;
import graft.text.TextOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedDataTest {
    private static final Preprocessing HOW =
            new Preprocessing(8, 1, new float[] {0}, new float[] {1}, Channels.RGB, Layout.NCHW);

    @TempDir
    Path folder;

    private final List<Path> made = new ArrayList<>();

    private Path join(Path... sources) {
        Path place = JoinedData.of(List.of(sources));
        if (place.startsWith(Home.folder())) {
            made.add(place);
        }
        return place;
    }

    @AfterEach
    void clear() {
        made.forEach(ZippedData::clear);
    }

    private Path pictures(String classFolder, int count) throws IOException {
        Path where = Files.createDirectories(folder.resolve(classFolder));
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(0, 0, i + classFolder.hashCode());
            ImageIO.write(picture, "png", where.resolve(i + ".png").toFile());
        }
        return where;
    }

    @Test
    void classesOfOneNameArePutTogetherAndFilesOfOneNameStayTwo() throws IOException {
        pictures("A/ants", 5);
        pictures("A/bees", 5);
        pictures("B/ants", 10);
        pictures("B/wasps", 5);
        Path both = join(folder.resolve("A"), folder.resolve("B"));
        PictureFiles files = PictureFiles.scan(both);
        assertThat(files.classes()).containsExactly("ants", "bees", "wasps");
        assertThat(files.files())
                .extracting(Found::name)
                .contains("A/ants/0.png", "B/ants/0.png")
                .doesNotHaveDuplicates();
        DataSet data = ImageData.open(both, Optional.of(HOW), DataOptions.DEFAULT, Progress.NONE);
        // A fifth of each class, all folders together: 3 of 15, 1 of 5, 1 of 5.
        assertThat(IntStream.range(0, data.val().size()).map(data.val()::label).sorted())
                .containsExactly(0, 0, 0, 1, 2);
        assertThat(data.train().size()).isEqualTo(20);
        assertThat(data.remarks())
                .anySatisfy(remark -> assertThat(remark.text()).contains("2 data sets are taken as one"));
        assertThat(Path.of(data.train().place(0))).exists();
        assertThat(join(folder.resolve("A"), folder.resolve("B"), folder.resolve("A")))
                .isEqualTo(both);
    }

    @Test
    void partsOfOneAndADrawOfTheOtherAreBothKept() throws IOException {
        for (String name : List.of("ants", "bees")) {
            pictures("split/train/" + name, 4);
            pictures("split/val/" + name, 2);
            pictures("plain/" + name, 10);
        }
        Path both = join(folder.resolve("split"), folder.resolve("plain"));
        DataSet data = ImageData.open(both, Optional.of(HOW), DataOptions.DEFAULT, Progress.NONE);
        List<String> judged =
                IntStream.range(0, data.val().size()).mapToObj(data.val()::name).toList();
        assertThat(judged)
                .hasSize(8)
                .filteredOn(name -> name.startsWith("split/val/"))
                .hasSize(4);
        assertThat(data.train().size()).isEqualTo(24);
        assertThat(PictureFiles.scan(both).validation(1)).hasSize(8);
    }

    @Test
    void foldersThatHoldPicturesThemselvesAreClasses() throws IOException {
        Path cats = pictures("cats", 5);
        Path dogs = pictures("dogs", 5);
        PictureFiles files = PictureFiles.scan(join(cats, dogs));
        assertThat(files.classes()).containsExactly("cats", "dogs");
        assertThat(files.remarks())
                .anySatisfy(remark -> assertThat(remark.text()).contains("are one class, cats"));
    }

    @Test
    void whatIsSaidOfOneAndOfAllOfThemBothCounts() throws IOException {
        pictures("A/ants", 5);
        pictures("A/bees", 5);
        pictures("B/ants", 5);
        pictures("B/bees", 5);
        DataEdits.of(folder.resolve("A"), Settings.NONE).leaveOut(List.of("ants/0.png"));
        Path both = join(folder.resolve("A"), folder.resolve("B"));
        DataEdits.of(both, Settings.NONE).relabel(List.of("B/ants/0.png"), "bees");
        PictureFiles files = PictureFiles.scan(both);
        assertThat(files.files()).hasSize(19);
        assertThat(files.files())
                .filteredOn(found -> found.className().equals("bees"))
                .hasSize(11);
        assertThat(PictureFiles.scan(folder.resolve("B")).files())
                .filteredOn(found -> found.className().equals("bees"))
                .hasSize(5);
    }

    @Test
    void tablesAndFoldersOfTextsAreTakenTogether() throws IOException {
        Path first = Files.writeString(
                folder.resolve("a.csv"), "text,label\none,x\ntwo,x\nthree,y\nfour,y\nfive,x\nsix,y\n");
        Path inside = Files.createDirectories(folder.resolve("more"));
        Path second = Files.writeString(inside.resolve("a.csv"), "body,kind\nseven,y\neight,x\nnine,y\nten,x\n");
        Path both = join(first, second);
        assertThat(TextData.isText(both)).isTrue();
        TextData data = TextData.open(both, TextOptions.DEFAULT, Progress.NONE);
        assertThat(data.train().size() + data.val().size()).isEqualTo(10);
        assertThat(data.train()).extracting(text -> text.name()).doesNotHaveDuplicates();
        assertThat(new Places(both).of("a.csv 2:3")).isEqualTo(second + ":3");
        DataEdits.of(both, Settings.NONE).leaveOut(List.of("a.csv 2:3"));
        TextData left = TextData.open(both, TextOptions.DEFAULT, Progress.NONE);
        assertThat(left.train().size() + left.val().size()).isEqualTo(9);
    }

    @Test
    void oneInsideOfAnotherAndOneThatIsGoneAreRefused() throws IOException {
        pictures("A/ants", 5);
        pictures("A/bees", 5);
        assertThatThrownBy(() -> join(folder.resolve("A"), folder.resolve("A/ants")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("would be there twice");
        assertThatThrownBy(() -> join(folder.resolve("A"), folder.resolve("gone")))
                .hasMessageContaining("There is no");
        assertThat(join(folder.resolve("A"))).isEqualTo(folder.resolve("A"));
    }
}
