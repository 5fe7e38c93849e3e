package graft.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.Corrections;
import graft.options.Settings;
import graft.progress.Progress;
import graft.task.Listing.Listed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of examples, and what every command then sees. */
class DataEditsTest {
    @TempDir
    Path folder;

    private Path pictures(String classFolder, int count) throws IOException {
        Path where = Files.createDirectories(folder.resolve(classFolder));
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(0, 0, i);
            ImageIO.write(picture, "png", where.resolve(i + ".png").toFile());
        }
        return where;
    }

    private Path table(String... rows) throws IOException {
        return Files.writeString(folder.resolve("mails.csv"), "text,label\n" + String.join("\n", rows) + "\n");
    }

    private static final String[] ROWS = {
        "one,ham", "two,ham", "three,ham", "four,spam", "five,spam", "six,spam", "seven,spam", "eight,ham"
    };

    private static DataEdits of(Path source) {
        return DataEdits.of(source, Settings.NONE);
    }

    private static List<String> names(Listing listing, Predicate<Listed> which) {
        return listing.examples().stream()
                .filter(which)
                .map(each -> each.name().substring(each.name().lastIndexOf(':') + 1))
                .toList();
    }

    private static List<String> ofClass(Path source, String className) {
        return names(of(source).before(), each -> each.className().equals(className)).stream()
                .sorted()
                .toList();
    }

    @Test
    void rowsAreRelabelledAndLeftOutWithoutTouchingTheTable() throws IOException {
        Path table = table(ROWS);
        byte[] before = Files.readAllBytes(table);
        of(table).relabel(List.of("mails.csv:2", "mails.csv:3"), "spam");
        of(table).leaveOut(List.of("mails.csv:5"));
        assertThat(ofClass(table, "ham")).containsExactly("4", "9");
        assertThat(ofClass(table, "spam")).containsExactly("2", "3", "6", "7", "8");
        assertThat(table).hasBinaryContent(before);
        assertThat(of(table).before().remarks()).anySatisfy(remark -> assertThat(remark.text())
                .contains("leaves out 1 text and gives 2 another class"));
        of(table).restore(Set.of("mails.csv:2", "mails.csv:5"));
        assertThat(ofClass(table, "ham")).containsExactly("2", "4", "9");
        of(table).restore(Set.of());
        assertThat(folder.resolve(Corrections.FILE)).doesNotExist();
        assertThat(ofClass(table, "ham")).containsExactly("2", "3", "4", "9");
    }

    @Test
    void aRowThatMovedIsFoundByItsTextAndOneThatIsGoneIsSaid() throws IOException {
        Path table = table(ROWS);
        of(table).relabel(List.of("mails.csv:2", "mails.csv:5"), "other");
        of(table).relabel(List.of("mails.csv:3"), "other");
        // "one" and "two" go down by a line, and "four" is written anew.
        table("zero,ham", "one,ham", "two,ham", "three,ham", "FOUR,spam", "five,spam", "six,spam", "seven,spam");
        Listing now = of(table).before();
        assertThat(names(now, each -> each.className().equals("other")).stream()
                        .sorted()
                        .toList())
                .containsExactly("3", "4");
        assertThat(now.remarks())
                .anySatisfy(remark -> assertThat(remark.text()).contains("2 rows stand elsewhere now"))
                .anySatisfy(remark -> {
                    assertThat(remark.isProblem()).isTrue();
                    assertThat(remark.text())
                            .contains("1 correction is of a row that holds another text now, such as mails.csv:5");
                });
    }

    @Test
    void aTextThatIsThereTwiceIsNeverGuessedAt() throws IOException {
        Path table = table(ROWS);
        of(table).relabel(List.of("mails.csv:2"), "spam");
        table("zero,ham", "one,ham", "one,ham", "three,ham", "four,spam", "five,spam");
        Listing now = of(table).before();
        assertThat(ofClass(table, "ham")).containsExactly("2", "3", "4", "5");
        assertThat(now.remarks()).anySatisfy(remark -> assertThat(remark.text()).contains("there more than once"));
    }

    @Test
    void tablesOfOneFolderKeepTheirOwnClassNames() throws IOException {
        Path table = table(ROWS);
        Path other = Files.writeString(folder.resolve("other.csv"), "text,label\na,ham\nb,ham\nc,spam\nd,spam\n");
        of(table).rename("ham", "wanted");
        assertThat(of(table).before().classes()).containsExactly("spam", "wanted");
        assertThat(of(other).before().classes()).containsExactly("ham", "spam");
        of(other).leaveOut(List.of("other.csv:2"));
        assertThat(of(table).before().classes()).containsExactly("spam", "wanted");
        of(table).restore(Set.of());
        assertThat(of(other).before().examples()).hasSize(3);
    }

    @Test
    void filesAreExamplesOfAClassWhereTheyLie() throws IOException {
        pictures("data/ants", 5);
        pictures("data/bees", 5);
        Path elsewhere = pictures("photos/new", 3);
        Files.writeString(elsewhere.resolve("notes.txt"), "no picture");
        Files.writeString(elsewhere.resolve("broken.png"), "no picture");
        Path data = folder.resolve("data");
        AddedFiles found = of(data).adding(
                        List.of(elsewhere, data.resolve("ants/0.png"), data.resolve("bees/1.png")),
                        "bees",
                        Progress.NONE);
        assertThat(found.added()).isEqualTo(3);
        assertThat(found.relabelled()).isEqualTo(1);
        assertThat(found.already()).isEqualTo(1);
        assertThat(found.refused())
                .extracting(each -> each.file().getFileName().toString())
                .containsExactlyInAnyOrder("notes.txt", "broken.png");
        Listing now = of(data).say(found.fix());
        assertThat(now.examples())
                .filteredOn(each -> each.className().equals("bees"))
                .hasSize(9);
        assertThat(now.examples())
                .filteredOn(each -> each.className().equals("ants"))
                .hasSize(4);
        assertThat(Files.list(data.resolve("bees"))).hasSize(5);
        // Moved on to another class, left out again, and gone from the disk.
        String first = elsewhere.resolve("0.png").toString();
        assertThat(of(data).relabel(List.of(first), "ants").byName().get(first).className())
                .isEqualTo("ants");
        assertThat(of(data).leaveOut(List.of(first)).byName()).doesNotContainKey(first);
        Files.delete(elsewhere.resolve("1.png"));
        assertThat(of(data).before().skipped())
                .anySatisfy(each -> assertThat(each.reason()).contains("is not there any more"));
    }

    @Test
    void aClassIsRenamedWithAllThatBecameOneWithIt() throws IOException {
        pictures("ants", 5);
        pictures("bees", 5);
        pictures("wasps", 5);
        of(folder).relabel(List.of("ants/0.png"), "bees");
        of(folder).rename("bees", "flying");
        of(folder).rename("wasps", "flying");
        Listing now = of(folder).before();
        assertThat(now.classes()).containsExactly("ants", "flying");
        assertThat(now.examples())
                .filteredOn(each -> each.className().equals("flying"))
                .hasSize(11);
    }

    @Test
    void whatWouldLeaveNothingToLearnFromIsRefusedAndTakenBack() throws IOException {
        pictures("ants", 5);
        pictures("bees", 5);
        DataEdits edits = of(folder);
        assertThatThrownBy(() -> edits.leaveOut(edits.ofClass("bees")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Nothing was changed");
        assertThat(folder.resolve(Corrections.FILE)).doesNotExist();
        assertThatThrownBy(() -> edits.relabel(List.of("bees/99.png"), "ants"))
                .hasMessageContaining("has no example bees/99.png");
    }

    @Test
    void whatWasSaidByEarlierVersionsIsStillRead() throws IOException {
        pictures("ants", 5);
        pictures("bees", 5);
        Files.writeString(folder.resolve(Corrections.FILE), """
                {"leave_out": ["ants/0.png"], "merge": {}, "relabel": {"ants/1.png": "bees"}}
                """);
        assertThat(of(folder).before().examples()).hasSize(9);
        assertThat(of(folder).before().byName().get("ants/1.png").className()).isEqualTo("bees");
    }
}
