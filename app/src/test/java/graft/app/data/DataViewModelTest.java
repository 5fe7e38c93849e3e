package graft.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.Mails;
import graft.app.jobs.DirectJobRunner;
import graft.app.task.CorrectionMenu;
import graft.app.task.ExampleSet;
import graft.app.task.Shown;
import graft.app.task.Understanding;
import graft.data.Corrections;
import graft.data.Remark;
import graft.data.ZippedData;
import graft.run.PlanOptions;
import graft.text.TableLook;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.MenuItem;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataViewModelTest {
    @TempDir
    Path folder;

    private DataViewModel data;

    @BeforeEach
    void open() {
        data = new DataViewModel(new DirectJobRunner(), folder.resolve("project/data"));
    }

    private Path pictures(String name, int ofEach) throws IOException {
        Path root = folder.resolve(name);
        for (String className : List.of("ants", "bees")) {
            Files.createDirectories(root.resolve(className));
            for (int i = 0; i < ofEach; i++) {
                ImageIO.write(
                        new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB),
                        "png",
                        root.resolve(className).resolve(i + ".png").toFile());
            }
        }
        return root;
    }

    @Test
    void whatSomebodyElseChangesIsSaidAndReadAgainOnlyOnDemand() throws IOException {
        Path some = pictures("some", 10);
        data.open(some);
        data.noteChanged(folder.resolve("others"));
        assertThat(data.changedProperty().get()).as("that is not open").isFalse();
        pictures("some", 12);
        data.noteChanged(some);
        assertThat(data.changedProperty().get()).isTrue();
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 20");
        data.readAgain();
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 24");
        assertThat(data.changedProperty().get()).isFalse();
    }

    @Test
    void classesAreCountedAsTheEngineWillSplitThem() throws IOException {
        data.open(pictures("some", 10));
        assertThat(data.examplesProperty().get().classes())
                .containsExactly(new ExampleSet.ClassCount("ants", 8, 2), new ExampleSet.ClassCount("bees", 8, 2));
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 20");
        assertThat(data.problemProperty().get()).isEmpty();
    }

    @Test
    void aDamagedPictureIsLeftOutWithItsReason() throws IOException {
        Path root = pictures("some", 5);
        Files.write(root.resolve("ants/0.png"), new byte[] {1, 2, 3});
        data.open(root);
        ExampleSet set = data.examplesProperty().get();
        assertThat(set.skipped()).hasSize(1);
        assertThat(set.skipped().get(0).file()).hasFileName("0.png");
        assertThat(set.classes().get(0).all()).isEqualTo(4);
    }

    @Test
    void aFolderWithoutClassesIsRefusedAndTheOldDataStay() throws IOException {
        Path good = pictures("some", 5);
        data.open(good);
        data.open(Files.createDirectory(folder.resolve("empty")));
        assertThat(data.problemProperty().get()).contains("holds no pictures in class folders");
        assertThat(data.examplesProperty().get().source()).isEqualTo(good);
    }

    @Test
    void whatWasTakenBackCanBeDoneAgainUntilSomethingElseIsDone() throws IOException {
        Path root = pictures("some", 6);
        data.open(root);
        ExampleSet first = data.examplesProperty().get();
        assertThat(data.canRedoProperty().get()).isFalse();
        data.leaveOut(first.examples("bees").subList(0, 2));
        data.undo();
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 12");
        data.redo();
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 10");
        assertThat(Corrections.of(root))
                .as("in the file too")
                .isEqualTo(data.examplesProperty().get().corrections());
        assertThat(data.canRedoProperty().get()).isFalse();
        data.undo();
        data.leaveOut(first.examples("ants").subList(0, 1));
        assertThat(data.canRedoProperty().get()).isFalse();
    }

    @Test
    void theFirstImportCanBeUndoneAndDoneAgain() throws IOException {
        Path root = pictures("some", 6);
        data.look(root);
        data.accept();
        assertThat(data.examplesProperty().get().source()).isEqualTo(root);
        data.undo();
        assertThat(data.examplesProperty().get()).isNull();
        assertThat(data.classesProperty().getValue()).isEmpty();
        assertThat(data.headlineProperty().get()).isEmpty();
        data.redo();
        assertThat(data.examplesProperty().get().source()).isEqualTo(root);
    }

    @Test
    void openingOtherDataCanBeUndone() throws IOException {
        Path first = pictures("first", 5);
        data.open(first);
        assertThat(data.canUndoProperty().get()).isFalse();
        data.open(pictures("second", 6));
        data.undo();
        assertThat(data.examplesProperty().get().source()).isEqualTo(first);
        assertThat(data.canUndoProperty().get()).isFalse();
    }

    @Test
    void looseFilesAreExplained() throws IOException {
        data.drop(List.of(folder.resolve("a.jpg"), folder.resolve("b.txt")));
        assertThat(data.problemProperty().get()).contains("2 single files");
    }

    @Test
    void severalFoldersAreShownAsOneDataSetBeforeTheyAreTaken() throws IOException {
        Path first = pictures("first", 5);
        Path second = pictures("second", 5);
        data.drop(List.of(first, second));
        assertThat(data.problemProperty().get()).isEmpty();
        Understanding seen = data.understoodProperty().get();
        assertThat(seen.title()).isEqualTo("first + second");
        assertThat(seen.examples().orElseThrow().classes())
                .containsExactly(new ExampleSet.ClassCount("ants", 8, 2), new ExampleSet.ClassCount("bees", 8, 2));
        Path place = seen.source();
        data.accept();
        data.relabel(List.of(data.examplesProperty().get().examples("ants").get(0)), "bees");
        assertThat(data.examplesProperty().get().classes().get(0).all()).isEqualTo(9);
        assertThat(first.resolve(Corrections.FILE)).doesNotExist();
        data.undo();
        assertThat(data.examplesProperty().get().classes().get(0).all()).isEqualTo(10);
        ZippedData.clear(place);
    }

    @Test
    void filesThatAreDroppedOnAClassBecomeItsExamplesAndUndoTakesThemBack() throws IOException {
        Path root = pictures("some", 5);
        Path others = pictures("others", 3).resolve("ants");
        data.open(root);
        data.add(List.of(others, Files.writeString(folder.resolve("notes.txt"), "x")), "bees");
        assertThat(data.problemProperty().get()).isEmpty();
        assertThat(data.newsProperty().get())
                .startsWith("3 files are examples of bees now.")
                .contains("notes.txt");
        assertThat(data.examplesProperty().get().classes().get(1).all()).isEqualTo(8);
        assertThat(data.examplesProperty().get().examples("bees"))
                .extracting(Shown::file)
                .contains(others.resolve("0.png"));
        assertThat(Files.list(root.resolve("bees"))).hasSize(5);
        data.undo();
        assertThat(data.newsProperty().get()).isEmpty();
        assertThat(data.examplesProperty().get().classes().get(1).all()).isEqualTo(5);
        assertThat(root.resolve(Corrections.FILE)).doesNotExist();
    }

    @Test
    void rowsOfATableAreRelabelledLeftOutRenamedAndHadBack() throws IOException {
        Path table = Mails.table(folder.resolve("mails.csv"), 10);
        byte[] before = Files.readAllBytes(table);
        data.open(table);
        data.relabel(data.examplesProperty().get().examples("spam").subList(0, 2), "ham");
        assertThat(data.examplesProperty().get().classes())
                .extracting(ExampleSet.ClassCount::all)
                .containsExactly(12, 8);
        data.leaveOut(data.examplesProperty().get().examples("ham").subList(0, 1));
        data.rename("ham", "wanted");
        assertThat(data.problemProperty().get()).isEmpty();
        assertThat(data.examplesProperty().get().classes())
                .extracting(ExampleSet.ClassCount::name)
                .containsExactly("spam", "wanted");
        assertThat(data.examplesProperty().get().classes())
                .extracting(ExampleSet.ClassCount::all)
                .containsExactly(8, 11);
        assertThat(table).hasBinaryContent(before);
        data.undo();
        data.undo();
        data.undo();
        assertThat(data.examplesProperty().get().classes())
                .extracting(ExampleSet.ClassCount::all)
                .containsExactly(10, 10);
        assertThat(folder.resolve(Corrections.FILE)).doesNotExist();
    }

    @Test
    void aMistakeIsListedMendedAndTheMendingUndone() throws IOException {
        Path root = pictures("some", 5);
        BufferedImage red = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
        red.setRGB(0, 0, 0xff0000);
        for (String name : List.of("ants/red.png", "bees/red.png")) {
            ImageIO.write(red, "png", root.resolve(name).toFile());
        }
        for (int i = 0; i < 5; i++) {
            for (String name : List.of("ants", "bees")) {
                BufferedImage other = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
                other.setRGB(1, 1, 0x010000 * (i + 1) + (name.equals("ants") ? 1 : 2));
                ImageIO.write(
                        other, "png", root.resolve(name).resolve(i + ".png").toFile());
            }
        }
        data.open(root);
        Remark same = data.examplesProperty().get().sortedRemarks().get(0);
        assertThat(same.kind()).isEqualTo(Remark.Kind.SAME_IN_TWO_CLASSES);
        data.mend(same);
        assertThat(data.problemProperty().get()).isEmpty();
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 10");
        assertThat(root.resolve(Corrections.FILE)).exists();
        data.undo();
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 12");
        assertThat(root.resolve(Corrections.FILE)).doesNotExist();
        assertThat(data.examplesProperty().get().remarks()).contains(same).doesNotHaveDuplicates();
    }

    @Test
    void aTableOfTextsShowsItsClassesItsColumnsAndItsRows() throws IOException {
        data.open(Mails.table(folder.resolve("mails.csv"), 10));
        ExampleSet set = data.examplesProperty().get();
        assertThat(set.classes())
                .containsExactly(new ExampleSet.ClassCount("ham", 8, 2), new ExampleSet.ClassCount("spam", 8, 2));
        assertThat(set.view().task().name()).isEqualTo("text-classification");
        assertThat(set.remarks()).anySatisfy(remark -> assertThat(remark.text())
                .contains("the texts are in column body, the labels in column kind"));
        assertThat(set.examples("spam"))
                .hasSize(10)
                .allSatisfy(row -> assertThat(row.name()).startsWith("mails.csv:"))
                .extracting(Shown::words)
                .contains("Buy 3 watches now", "Buy 9 watches now");
    }

    private static List<String> names(List<Shown> shown) {
        return shown.stream().map(Shown::name).toList();
    }

    @Test
    void examplesAreRelabelledLeftOutAndHadBackWithoutTouchingAFile() throws IOException {
        Path root = pictures("some", 6);
        byte[] before = Files.readAllBytes(root.resolve("ants/0.png"));
        data.open(root);
        ExampleSet first = data.examplesProperty().get();
        data.relabel(List.of(first.examples("ants").get(0)), "bees");
        assertThat(data.problemProperty().get()).isEmpty();
        assertThat(data.examplesProperty().get().classes())
                .extracting(ExampleSet.ClassCount::all)
                .containsExactly(5, 7);
        assertThat(data.examplesProperty().get().edition()).isNotEqualTo(first.edition());
        data.leaveOut(List.of(data.examplesProperty().get().examples("bees").get(1)));
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 11");
        assertThat(root.resolve("ants/0.png")).exists().hasBinaryContent(before);
        data.undo();
        data.undo();
        assertThat(data.examplesProperty().get().edition()).isEqualTo(first.edition());
        assertThat(names(data.examplesProperty().get().examples("ants"))).isEqualTo(names(first.examples("ants")));
        assertThat(root.resolve(Corrections.FILE)).doesNotExist();
    }

    @Test
    void severalExamplesAreRelabelledInOneStepThatOneUndoTakesBack() throws IOException {
        Path root = pictures("some", 6);
        data.open(root);
        ExampleSet first = data.examplesProperty().get();
        List<ExampleSet> read = new ArrayList<>();
        data.examplesProperty().addListener((property, old, now) -> {
            if (!now.edition().equals(old.edition())) {
                read.add(now);
            }
        });
        data.relabel(first.examples("ants").subList(0, 4), "bees");
        assertThat(read).as("read anew once").hasSize(1);
        assertThat(data.examplesProperty().get().classes())
                .extracting(ExampleSet.ClassCount::all)
                .containsExactly(2, 10);
        data.undo();
        assertThat(data.examplesProperty().get().edition()).isEqualTo(first.edition());
        data.leaveOut(first.examples("bees").subList(1, 4));
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 9");
        data.undo();
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 12");
        assertThat(data.canUndoProperty().get()).isFalse();
    }

    @Test
    void relabellingToTheClassThatAnExampleHasIsNoChange() throws IOException {
        Path root = pictures("some", 6);
        data.open(root);
        ExampleSet first = data.examplesProperty().get();
        data.relabel(first.examples("ants"), "ants");
        assertThat(data.examplesProperty().get().edition()).isEqualTo(first.edition());
        assertThat(data.canUndoProperty().get()).isFalse();
        assertThat(root.resolve(Corrections.FILE)).doesNotExist();
        List<Shown> both =
                List.of(first.examples("ants").get(0), first.examples("bees").get(0));
        data.relabel(both, "bees");
        assertThat(Corrections.of(root).relabel())
                .as("only the one that was not of it")
                .hasSize(1);
    }

    @Test
    void aClassIsOfferedUnlessAllThatAreChosenAreOfIt() throws IOException {
        data.open(pictures("some", 6));
        ExampleSet set = data.examplesProperty().get();
        Shown ant = set.examples("ants").get(0);
        Shown bee = set.examples("bees").get(0);
        assertThat(CorrectionMenu.moves(data, List.of(ant)))
                .extracting(MenuItem::getText)
                .containsExactly("bees");
        assertThat(CorrectionMenu.moves(data, List.of(ant, bee)))
                .extracting(MenuItem::getText)
                .containsExactly("ants", "bees");
    }

    @Test
    void classesAreRenamedPutTogetherAndTheEngineReadsThemSo() throws IOException {
        Path root = pictures("some", 6);
        Files.createDirectories(root.resolve("wasps"));
        for (int i = 0; i < 4; i++) {
            Files.copy(root.resolve("bees/" + i + ".png"), root.resolve("wasps/w" + i + ".png"));
        }
        data.open(root);
        data.rename("ants", "Ameisen");
        assertThat(data.examplesProperty().get().classNames()).containsExactly("Ameisen", "bees", "wasps");
        data.rename("wasps", "bees");
        data.rename("bees", "stinging");
        assertThat(data.problemProperty().get()).isEmpty();
        assertThat(data.examplesProperty().get().classes())
                .extracting(ExampleSet.ClassCount::name, ExampleSet.ClassCount::all)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Ameisen", 6),
                        org.assertj.core.groups.Tuple.tuple("stinging", 10));
        // What a command reads of the folder is the same.
        assertThat(graft.image.PictureFiles.scan(root).classes()).containsExactly("Ameisen", "stinging");
        data.rename("stinging", "Ameisen");
        assertThat(data.problemProperty().get())
                .as("one class alone is refused")
                .contains("one class only");
        assertThat(data.examplesProperty().get().classNames()).containsExactly("Ameisen", "stinging");
        for (int i = 0; i < 3; i++) {
            data.undo();
        }
        assertThat(data.examplesProperty().get().classNames()).containsExactly("ants", "bees", "wasps");
    }

    @Test
    void whatCannotBeReadIsListedBeforeTheDataAreTaken() throws IOException {
        Path root = pictures("some", 5);
        Files.write(root.resolve("ants/0.png"), new byte[] {1, 2, 3});
        data.drop(List.of(root));
        assertThat(data.understoodProperty().get().examples().orElseThrow().skipped())
                .singleElement()
                .satisfies(file -> assertThat(file.reason()).isNotBlank());
        data.accept();
        assertThat(data.headlineProperty().get()).isEqualTo("2 classes · 9");
    }

    @Test
    void aZipIsUnpackedIntoTheProjectAndGoneAgainWhereItIsNotWanted() throws IOException {
        Path root = pictures("some", 5);
        Path zip = folder.resolve("insects.zip");
        try (java.util.zip.ZipOutputStream out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip));
                java.util.stream.Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new java.util.zip.ZipEntry(root.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        Path unpacked = folder.resolve("project/data/insects");
        data.drop(List.of(zip));
        assertThat(data.problemProperty().get()).isEmpty();
        assertThat(data.understoodProperty().get().examples().orElseThrow().classNames())
                .containsExactly("ants", "bees");
        assertThat(unpacked).isDirectory();
        data.decline();
        assertThat(unpacked).doesNotExist();
        data.drop(List.of(zip));
        data.accept();
        assertThat(data.examplesProperty().get().source()).isEqualTo(unpacked);
        data.drop(List.of(zip));
        data.decline();
        assertThat(unpacked).as("what was taken stays").isDirectory();
    }

    @Test
    void anotherShareCanBeSetAsideAndTheEngineIsToldOfIt() throws IOException {
        data.open(pictures("some", 10));
        data.validateOn(0.4);
        assertThat(data.examplesProperty().get().classes())
                .containsExactly(new ExampleSet.ClassCount("ants", 6, 4), new ExampleSet.ClassCount("bees", 6, 4));
        assertThat(data.examplesProperty().get().how().get(PlanOptions.VAL_SHARE))
                .isEqualTo(0.4);
        data.undo();
        assertThat(data.examplesProperty().get().val()).isEqualTo(4);
    }

    @Test
    void whatIsDroppedIsShownBeforeItIsTaken() throws IOException {
        Path first = pictures("first", 5);
        data.open(first);
        data.drop(List.of(pictures("second", 6)));
        assertThat(data.understoodProperty().get().examples().orElseThrow().train())
                .isEqualTo(10);
        assertThat(data.examplesProperty().get().source()).isEqualTo(first);
        data.decline();
        assertThat(data.understoodProperty().get()).isNull();
        assertThat(data.examplesProperty().get().source()).isEqualTo(first);
        data.drop(List.of(folder.resolve("second")));
        data.accept();
        assertThat(data.examplesProperty().get().source()).isEqualTo(folder.resolve("second"));
        assertThat(data.understoodProperty().get()).isNull();
        data.undo();
        assertThat(data.examplesProperty().get().source()).isEqualTo(first);
    }

    @Test
    void columnsOfATableAreFoundAndCanBeChosen() throws IOException {
        StringBuilder rows = new StringBuilder("text,note,label,other\n");
        for (int i = 0; i < 12; i++) {
            rows.append("first ").append(i).append(",second ").append(i).append(i % 2 == 0 ? ",a" : ",b");
            rows.append(i % 3 == 0 ? ",x\n" : ",y\n");
        }
        data.drop(List.of(Files.writeString(folder.resolve("table.csv"), rows)));
        TableLook table = data.understoodProperty().get().table().orElseThrow();
        assertThat(table.columns()).containsExactly("text", "note", "label", "other");
        assertThat(table.text()).contains("text");
        assertThat(table.pair()).isEmpty();
        assertThat(table.label()).contains("label");
        assertThat(table.rows().get(1)).containsExactly("first 1", "second 1", "b", "y");
        data.imports().say(PlanOptions.LABEL, Optional.of("other"));
        data.imports().pair(data.understoodProperty().get().table().orElseThrow(), "note");
        data.accept();
        ExampleSet set = data.examplesProperty().get();
        assertThat(set.classNames()).containsExactly("x", "y");
        assertThat(set.texts())
                .allSatisfy(text -> assertThat(text.pair().orElseThrow()).startsWith("second"));
        assertThat(set.how().get(PlanOptions.LABEL)).contains("other");
        data.lookAgain();
        data.imports().pair(data.understoodProperty().get().table().orElseThrow(), "");
        data.accept();
        assertThat(data.examplesProperty().get().texts())
                .allSatisfy(text -> assertThat(text.pair()).isEmpty());
    }

    @Test
    void columnsThatCannotBeToldAreAskedFor() throws IOException {
        StringBuilder rows = new StringBuilder("words,kind,colour\n");
        for (int i = 0; i < 12; i++) {
            rows.append("some words ").append(i).append(i % 2 == 0 ? ",a,x\n" : ",b,y\n");
        }
        data.drop(List.of(Files.writeString(folder.resolve("two.csv"), rows)));
        assertThat(data.understoodProperty().get().problem()).contains("2 may be labels (kind, colour)");
        assertThat(data.understoodProperty().get().examples()).isEmpty();
        data.accept();
        assertThat(data.examplesProperty().get()).isNull();
        data.imports().say(PlanOptions.LABEL, Optional.of("colour"));
        data.accept();
        assertThat(data.examplesProperty().get().classNames()).containsExactly("x", "y");
    }

    @Test
    void aTableWithoutClassesIsRefusedInWords() throws IOException {
        data.open(Files.writeString(folder.resolve("one.csv"), "text,label\na,x\nb,x\nc,x\nd,x\n"));
        assertThat(data.problemProperty().get()).contains("of 1 class (x)");
        assertThat(data.examplesProperty().get()).isNull();
    }

    @Test
    void whatWasLeftOutOnAnotherDayIsTakenBackIn() throws IOException {
        Path source = pictures("some", 5);
        data.open(source);
        List<Shown> ants = data.examplesProperty().get().examples("ants");
        data.leaveOut(ants.subList(0, 2));
        data.relabel(ants.subList(2, 3), "bees");
        assertThat(data.examplesProperty().get().examples("ants")).hasSize(2);

        DataViewModel later = new DataViewModel(new DirectJobRunner(), folder.resolve("project/data"));
        later.open(source);
        Corrections said = later.examplesProperty().get().corrections();
        assertThat(said.leaveOut()).hasSize(2);
        later.takeBack(Set.copyOf(said.leaveOut()));
        assertThat(later.examplesProperty().get().examples("ants"))
                .as("all but the one that is a bee")
                .hasSize(4);
        later.takeBack(said.relabel().keySet());
        assertThat(later.examplesProperty().get().examples("ants")).isEqualTo(ants);
        assertThat(later.examplesProperty().get().corrections().isNone()).isTrue();
        later.undo();
        assertThat(later.examplesProperty().get().examples("ants")).hasSize(4);
    }
}
