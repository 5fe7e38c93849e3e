package graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadTextsTest {
    private static final String ROWS =
            "text,label\ngood one,pos\nbad one,neg\nfine one,pos\npoor one,neg\nnice one,pos\n";

    @TempDir
    Path folder;

    private final Reading reading = new Reading();

    private void refused(String name, String content, String... words) throws IOException {
        Path file = Reading.write(folder, name, content);
        refused(file, words);
    }

    private void refused(Path file, String... words) {
        assertThatThrownBy(() -> reading.open(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void anEmptyTableIsNamed() throws IOException {
        refused("a.csv", "", "is empty");
        refused("b.csv", "\n\n", "holds no rows");
        refused("c.csv", "text,label\n", "no rows below the names of its columns (text, label)");
        refused("d.jsonl", "\n", "holds no rows");
        refused("e.jsonl", "{}\n", "without a text");
    }

    @Test
    void oneColumnIsNamed() throws IOException {
        refused("a.csv", "text\nfoo\nbar\n", "one column only (text)");
    }

    @Test
    void aQuoteThatNeverClosesIsNamedByItsLine() throws IOException {
        refused("a.csv", ROWS + "\"never closed,pos\nmore,neg\n", "line 7", "a quote opens", "never closes");
        refused(
                "b.csv",
                ROWS + "\"never closed,pos\n" + "more,neg\n".repeat(300_000),
                "line 7",
                "1,000,000 characters");
    }

    @Test
    void tenMegabytesInOneCellAreNamedByTheirLine() throws IOException {
        refused("a.csv", ROWS + "x".repeat(10_000_000) + ",pos\n", "line 7", "1,000,000 characters");
        refused(
                "a.tsv",
                ROWS.replace(',', '\t') + "x".repeat(10_000_000) + "\tpos\n",
                "line 7",
                "1,000,000 characters");
        refused(
                "a.jsonl",
                "{\"text\":\"" + "x".repeat(10_000_000) + "\",\"label\":1}\n",
                "line 1",
                "1,000,000 characters");
    }

    @Test
    void textAfterAClosingQuoteIsNamedByItsLine() throws IOException {
        refused("a.csv", ROWS + "\"a\" b,pos\n", "line 7", "written twice");
    }

    @Test
    void oneClassIsNamed() throws IOException {
        refused("a.csv", "text,label\na,x\nb,x\nc,x\n", "of 1 class (x)");
    }

    @Test
    void labelsThatAreAllDifferentAreNoClasses() throws IOException {
        refused("a.csv", "text,label\na,1.5\nb,2.5\nc,3.5\nd,4.5\n", "4 different labels in 4 rows");
    }

    @Test
    void aNulByteIsNamedByItsLine() throws IOException {
        refused("a.csv", ROWS + "x\0y,pos\n", "NUL byte in line 7");
        refused(
                "b.jsonl",
                "{\"text\":\"a\\u0000b\",\"label\":1}\n{\"text\":\"c\",\"label\":0}\n",
                "NUL character",
                "line 1");
    }

    @Test
    void rowsWithoutLabelOrTextAreLeftOutCountedAndNamed() throws IOException {
        TextData data = reading.open(Reading.write(folder, "a.csv", ROWS + "no label,\nnone either,  \n,pos\n"));
        assertThat(data.train().size() + data.val().size()).isEqualTo(5);
        assertThat(reading.said()).contains("2 rows without a label (lines 7, 8); 1 row without a text (line 9)");
    }

    @Test
    void blanksAroundLabelsAreCutOffAndCounted() throws IOException {
        TextData data = reading.open(Reading.write(folder, "a.csv", ROWS + "more, pos\nless,neg \n"));
        assertThat(data.classes()).containsExactly("neg", "pos");
        assertThat(reading.said()).contains("2 labels had blanks around");
    }

    @Test
    void rowsWithTooManyCellsAreNamedAndLeftOutOnlyWhenAsked() throws IOException {
        Path file = Reading.write(folder, "a.csv", ROWS + "well, really,pos\n");
        refused(file, "1 row with 3 cells instead of 2 (line 7)", "--skip-unreadable");
        TextData data = reading.open(file, new TextOptions(ColumnNames.FOUND, 1, true));
        assertThat(Reading.all(data)).hasSize(5);
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
        Path file = Reading.write(folder, "a.csv", ROWS);
        assertThatThrownBy(() -> reading.open(file, Reading.naming("body", null, null)))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("no column body", "text, label", "--text");
    }

    @Test
    void whichOfTwoColumnsHoldsTheLabelsIsAsked() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rows.append("some words ")
                    .append(i)
                    .append(i % 2 == 0 ? ",a" : ",b")
                    .append(i % 3 == 0 ? ",c\n" : ",d\n");
        }
        refused("a.csv", rows.toString(), "2 may be labels (2, 3)", "--label");
    }

    @Test
    void brokenJsonIsNamedByItsLine() throws IOException {
        refused("a.jsonl", "{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\",\"lab\n", "line 2", "no JSON");
        refused("b.jsonl", "{\"text\":\"a\",\"label\":1}\n7\n", "line 2", "a value stands");
        refused("c.json", "{\"data\":[{\"text\":\"a\"}]}", "without a text");
    }

    @Test
    void aSpreadsheetUnderAnotherNameIsNamed() throws IOException {
        refused("a.csv", "PK\u0003\u0004rest", "a spreadsheet or another archive");
        Path folderOfNothing = Files.createDirectories(folder.resolve("none"));
        refused(folderOfNothing, "holds no texts");
        refused(folder.resolve("absent.csv"), "There is no");
    }

    @Test
    void aFolderWithoutAPartToLearnFromIsNamed() throws IOException {
        Reading.write(folder, "d/dev.csv", ROWS);
        Reading.write(folder, "d/test.csv", ROWS);
        refused(folder.resolve("d"), "dev.csv, test.csv", "no file train");
        Reading.write(folder, "e/train.csv", ROWS);
        Reading.write(folder, "e/train.tsv", ROWS);
        refused(folder.resolve("e"), "train.csv and train.tsv");
    }
}
