package graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.ClassNames;
import graft.data.Corrections;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Remark;
import graft.image.PictureFiles.Found;
import graft.progress.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisleadingDataTest {
    @TempDir
    Path folder;

    private void draw(String name, int seed) throws IOException {
        BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int i = 0; i < 48; i++) {
            image.setRGB(i % 8, i / 8, random.nextInt());
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        String form = name.endsWith(".bmp") ? "bmp" : "png";
        ImageIO.write(image, form, file.toFile());
    }

    private void drawEach(String classFolder, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            draw(classFolder + "/" + i + ".png", (classFolder + i).hashCode());
        }
    }

    private DataSet open() {
        return ImageData.open(folder, Optional.of(Preprocessing.ofSize(8)), new DataOptions(1, true), Progress.NONE);
    }

    private Optional<Remark> remark(Remark.Kind kind) {
        return open().remarks().stream().filter(r -> r.kind() == kind).findFirst();
    }

    private static List<String> names(Examples examples) {
        return IntStream.range(0, examples.size()).mapToObj(examples::name).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "train,val",
        "Train,Val",
        "TRAIN,VAL",
        "training,validation",
        "train,valid",
        "train,dev",
        "train/train,val/val",
        "Train/train,val",
        "train_set,val_set",
        "Training Data,Eval",
        "seg_train/seg_train,seg_val/seg_val",
        "1_train,2_val",
        "train2017,val2017",
        "train_224x224,Valid_224x224"
    })
    void partsAreKnownByTheNamesThatToolsGiveThem(String train, String val) throws IOException {
        for (String name : List.of("ant", "bee")) {
            drawEach(train + "/" + name, 3);
            drawEach(val + "/" + name, 1);
        }
        DataSet data = open();
        assertThat(data.classes()).containsExactly("ant", "bee");
        assertThat(names(data.train())).hasSize(6).allMatch(name -> name.startsWith(train + "/"));
        assertThat(names(data.val())).hasSize(2).allMatch(name -> name.startsWith(val + "/"));
        assertThat(data.test()).isEmpty();
    }

    @Test
    void aTestPartIsKeptForTheEndAndChoosesNothing() throws IOException {
        for (String name : List.of("ant", "bee")) {
            drawEach("train/" + name, 10);
            drawEach("Testing/" + name, 4);
        }
        DataSet data = open();
        assertThat(names(data.train())).hasSize(16).allMatch(name -> name.startsWith("train/"));
        assertThat(names(data.val())).hasSize(4).allMatch(name -> name.startsWith("train/"));
        assertThat(names(data.test().orElseThrow())).hasSize(8).allMatch(name -> name.startsWith("Testing/"));
        assertThat(remark(Remark.Kind.LAYOUT).orElseThrow().text()).contains("There is no folder val");
        assertThat(PictureFiles.scan(folder).validation(1)).hasSize(4);
        for (String name : List.of("ant", "bee")) {
            drawEach("val/" + name, 2);
        }
        assertThat(names(open().val())).hasSize(4).allMatch(name -> name.startsWith("val/"));
        assertThat(open().test().orElseThrow().size()).isEqualTo(8);
    }

    @Test
    void aTestPartWithoutClassesIsLeftOutAndSaid() throws IOException {
        for (String name : List.of("ant", "bee")) {
            drawEach("letters_train/letters_train/" + name, 5);
        }
        drawEach("letters_test/letters_test", 3);
        DataSet data = open();
        assertThat(data.classes()).containsExactly("ant", "bee");
        assertThat(data.val().size()).isEqualTo(2);
        assertThat(data.test()).isEmpty();
        assertThat(data.skipped()).hasSize(3).allMatch(skipped -> skipped.reason()
                .equals("it lies in no class folder"));
        assertThat(remark(Remark.Kind.LAYOUT).orElseThrow().text())
                .contains("a fifth of letters_train")
                .doesNotContain("judged once");
    }

    @Test
    void aClassMayHaveThePartInItsName() throws IOException {
        for (String name : List.of("crash_test", "bullet_train")) {
            drawEach(name, 5);
        }
        assertThat(open().classes()).containsExactly("bullet_train", "crash_test");
    }

    @Test
    void twoFoldersForOnePartAreRefused() throws IOException {
        for (String part : List.of("train", "val", "validation")) {
            drawEach(part + "/ant", 2);
            drawEach(part + "/bee", 2);
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("2 folders that can be the part val: val, validation");
    }

    @Test
    void theOnlyFolderInAFolderIsLookedInto() throws IOException {
        drawEach("dataset/train/ant", 2);
        drawEach("dataset/train/bee", 2);
        drawEach("dataset/val/ant", 1);
        assertThat(names(open().val())).containsExactly("dataset/val/ant/0.png");
        assertThat(remark(Remark.Kind.LAYOUT).orElseThrow().text()).contains("dataset");
    }

    @Test
    void aClassMayBeCalledTrain() throws IOException {
        drawEach("train", 5);
        drawEach("bus", 5);
        drawEach("test", 1);
        DataSet data = open();
        assertThat(data.classes()).containsExactly("bus", "test", "train");
        Remark one = remark(Remark.Kind.PART_AS_CLASS).orElseThrow();
        assertThat(one.text()).startsWith("The folder test with 1 picture is taken for a class");
        one.fix().writeTo(folder);
        assertThat(open().classes()).containsExactly("bus", "train");
    }

    @Test
    void onePictureInTwoClassesIsSaidWhateverItsFormat() throws IOException {
        drawEach("ant", 4);
        drawEach("bee", 4);
        draw("ant/same.png", 99);
        draw("bee/other-name.bmp", 99);
        Remark same = remark(Remark.Kind.SAME_IN_TWO_CLASSES).orElseThrow();
        assertThat(same.text())
                .startsWith("1 picture lies in more than one class, such as ant/same.png and bee/other-name.bmp");
        assertThat(same.fix().leaveOut()).containsExactly("ant/same.png", "bee/other-name.bmp");
        same.fix().writeTo(folder);
        assertThat(remark(Remark.Kind.SAME_IN_TWO_CLASSES)).isEmpty();
        assertThat(open().train().size() + open().val().size()).isEqualTo(8);
    }

    @Test
    void masksBesidePicturesAreNoticed() throws IOException {
        drawEach("ant", 3);
        drawEach("bee", 3);
        for (int i = 0; i < 3; i++) {
            draw("ant/" + i + "_mask.png", 50 + i);
            draw("bee/" + i + ".bmp", 60 + i);
        }
        Remark pairs = remark(Remark.Kind.PAIRS).orElseThrow();
        assertThat(pairs.text()).startsWith("6 pictures have another one of the same name beside them");
        assertThat(pairs.fix().leaveOut()).hasSize(6).contains("ant/0_mask.png", "ant/2_mask.png");
    }

    @Test
    void masksWhoseNamesBeginSoAreNoticed() throws IOException {
        for (int i = 0; i < 3; i++) {
            draw("ant/" + i + ".png", i);
            draw("ant/mask_" + i + ".png", 50 + i);
            draw("bee/" + i + ".png", 100 + i);
        }
        Remark pairs = remark(Remark.Kind.PAIRS).orElseThrow();
        assertThat(pairs.fix().leaveOut())
                .containsExactlyInAnyOrder("ant/mask_0.png", "ant/mask_1.png", "ant/mask_2.png");
    }

    @Test
    void classNamesThatHardlyDifferAreNoticedAndCanBePutTogether() throws IOException {
        String composed = Normalizer.normalize("grün", Normalizer.Form.NFC);
        String apart = Normalizer.normalize("grün", Normalizer.Form.NFD);
        for (String name : List.of("Cat", "cat", "stop_sign", "stop-sign", composed, apart, "dog", "dog ")) {
            drawEach(name, 2);
        }
        drawEach("cat", 3);
        List<Remark> alike = open().remarks().stream()
                .filter(r -> r.kind() == Remark.Kind.NEARLY_EQUAL)
                .toList();
        assertThat(alike).hasSize(4);
        assertThat(alike).anyMatch(r -> r.text().contains("differ only in capital letters: Cat (2), cat (3)"));
        assertThat(alike).anyMatch(r -> r.text().contains("Unicode forms"));
        assertThat(alike).anyMatch(r -> r.text().contains("\"dog \""));
        Corrections all = Corrections.NONE;
        for (Remark one : alike) {
            all = all.and(one.fix());
        }
        all.writeTo(folder);
        assertThat(open().classes()).hasSize(4).contains("cat").doesNotContain("Cat");
        Corrections.NONE.writeTo(folder);
        assertThat(open().classes()).hasSize(8);
    }

    @Test
    void aClassThatIsWrittenOtherwiseInValIsRefusedWithTheName() throws IOException {
        drawEach("train/Cat", 2);
        drawEach("train/Dog", 2);
        drawEach("val/cat", 1);
        assertThatThrownBy(this::open)
                .hasMessageContaining("The class cat has pictures in")
                .hasMessageContaining("It hardly differs from Cat: rename the folder");
    }

    @Test
    void picturesAFolderDeeperAreCountedAndPlaced() throws IOException {
        drawEach("ant/Imgs", 4);
        drawEach("bee/Imgs", 3);
        assertThatThrownBy(this::open)
                .hasMessageContaining("7 pictures lie one folder deeper")
                .hasMessageContaining("ant/Imgs, bee/Imgs");
        drawEach("cat", 2);
        drawEach("dog", 2);
        assertThat(open().classes()).containsExactly("cat", "dog");
        assertThat(remark(Remark.Kind.DEEPER).orElseThrow().text()).startsWith("7 pictures lie one folder deeper");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@eaDir",
                "$RECYCLE.BIN",
                "lost+found",
                "__MACOSX",
                ".Trash-1000",
                ".ipynb_checkpoints",
                ".thumbnails",
                "System Volume Information"
            })
    void whatSystemsLeaveIsNoClassAndNoExample(String name) throws IOException {
        drawEach("ant", 3);
        drawEach("bee", 3);
        drawEach(name, 2);
        drawEach("ant/" + name, 2);
        draw("ant/._0.png", 5);
        DataSet data = open();
        assertThat(data.classes()).containsExactly("ant", "bee");
        assertThat(data.train().size() + data.val().size()).isEqualTo(6);
        assertThat(data.skipped())
                .filteredOn(bad -> bad.file().getFileName().toString().equals(name))
                .hasSize(2)
                .allMatch(bad -> bad.reason().endsWith("; 2 pictures in it"));
    }

    @Test
    void classesThatAreNeverJudgedAndUnevenOnesAreSaid() throws IOException {
        drawEach("free", 20);
        drawEach("crack", 2);
        drawEach("break", 1);
        assertThat(remark(Remark.Kind.NEVER_JUDGED).orElseThrow().text())
                .startsWith("The class break has one picture only, which is learnt from");
        assertThat(remark(Remark.Kind.IMBALANCE).orElseThrow().text()).contains("free has 20 pictures, break 1");
    }

    @Test
    void numbersAsClassesKeepTheOrderOfTextAndThatIsSaid() throws IOException {
        for (String name : List.of("1", "2", "10")) {
            drawEach(name, 2);
        }
        assertThat(open().classes()).containsExactly("1", "10", "2");
        assertThat(remark(Remark.Kind.NUMBERS).orElseThrow().text())
                .contains("(1, 10, 2)")
                .contains("(1, 2, 10)");
        assertThat(ClassNames.inNumericOrder(List.of("0", "1", "2"))).isEmpty();
        assertThat(ClassNames.inNumericOrder(List.of("1", "10", "b"))).isEmpty();
    }

    @Test
    void filesOfAllKindsAreTakenByTheirContentWhereTheNameSaysNothing() throws IOException {
        drawEach("ant", 2);
        drawEach("bee", 2);
        Files.move(folder.resolve("bee/1.png"), folder.resolve("bee/noending"));
        Files.move(folder.resolve("ant/1.png"), folder.resolve("ant/1.jfif"));
        Files.writeString(folder.resolve("ant/README"), "text");
        Files.writeString(folder.resolve("ant/phone.heic"), "x");
        PictureFiles files = PictureFiles.scan(folder);
        assertThat(files.files()).extracting(Found::className).containsExactly("ant", "ant", "bee", "bee");
        assertThat(files.skipped()).anyMatch(bad -> bad.reason().startsWith("it is a picture of the kind HEIC"));
    }
}
