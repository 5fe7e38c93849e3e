package graft.text;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.Unlabelled.Unread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextStreamTest {
    @TempDir
    Path folder;

    private final Reading reading = new Reading();
    private final List<String> texts = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private int others;

    private void read(Path source, ColumnNames columns) {
        TextStream.read(List.of(source), columns, reading.progress, new TextStream.Receiver() {
            @Override
            public void text(TextExample example) {
                texts.add(inFolder(example.name()) + "=" + example.text());
            }

            @Override
            public void unread(Unread what) {
                skipped.add(inFolder(what.input()) + " " + what.reason());
            }

            @Override
            public void other() {
                others++;
            }

            @Override
            public void note(String sentence) {
                said.add(sentence);
            }
        });
    }

    private String inFolder(String name) {
        return name.replace(folder + "/", "");
    }

    @Test
    void rowsNeedNoLabelAndBadOnesArePassedOver() throws IOException {
        read(Reading.write(folder, "a.csv", "text\none\n\"two, too\"\nx,y\nthree\n"), ColumnNames.FOUND);
        assertThat(texts).containsExactly("a.csv:2=one", "a.csv:3=two, too", "a.csv:5=three");
        assertThat(skipped).containsExactly("a.csv:4 it is a row with 2 cells instead of 1");
    }

    @Test
    void commasOfSentencesInASingleColumnOfAFileOfTabsSeparateNothing() throws IOException {
        read(
                Reading.write(folder, "a.tsv", "sentence\none, two\nthree, four\nfive, six, seven\neight\n"),
                ColumnNames.FOUND);
        assertThat(texts)
                .containsExactly(
                        "a.tsv:2=one, two", "a.tsv:3=three, four", "a.tsv:4=five, six, seven", "a.tsv:5=eight");
        assertThat(skipped).isEmpty();
    }

    @Test
    void theColumnIsNamed() throws IOException {
        Path file = Reading.write(folder, "a.csv", "id,mail,note\n1,one,n\n2,two,m\n");
        read(file, new ColumnNames(Optional.of("note"), Optional.empty(), Optional.empty()));
        assertThat(texts).containsExactly("a.csv:2=n", "a.csv:3=m");
        read(file, new ColumnNames(Optional.of("body"), Optional.empty(), Optional.empty()));
        assertThat(skipped).hasSize(1);
        assertThat(skipped.get(0)).contains("has no column body", "id, mail, note");
    }

    @Test
    void aColumnNamedForFilesThatAreNoTableIsSaidOnce() throws IOException {
        Reading.write(folder, "in/1.txt", "first");
        Reading.write(folder, "in/2.txt", "second");
        read(folder.resolve("in"), new ColumnNames(Optional.of("body"), Optional.empty(), Optional.empty()));
        assertThat(texts).hasSize(2);
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).contains("no table: the column body was named for nothing");
    }

    @Test
    void columnsNamedForFoldersOfClassesAreSaid() throws IOException {
        for (String name : List.of("a/1", "a/2", "a/3", "a/4", "b/1", "b/2", "b/3", "b/4")) {
            Reading.write(folder, "in/" + name + ".txt", "text of " + name);
        }
        reading.open(folder.resolve("in"), Reading.naming("body", null, "kind"));
        assertThat(reading.said())
                .contains(folder.resolve("in") + " are files and no table: the columns body, kind were named");
    }

    @Test
    void filesOfAFolderAreReadAndUnreadableOnesArePassedOver() throws IOException {
        Reading.write(folder, "in/1.txt", "first");
        Reading.write(folder, "in/deep/2.txt", "second\nline");
        Reading.write(folder, "in/deep/empty.txt", "");
        Reading.write(folder, "in/nul.txt", "a\0b");
        Reading.write(folder, "in/rows.jsonl", "{\"text\":\"third\"}\n");
        Reading.write(folder, "in/bad.csv", "text\nwhole\n\"open\n");
        Reading.write(folder, "in/notes.pdf", "no text by its name");
        read(folder.resolve("in"), ColumnNames.FOUND);
        assertThat(texts).containsExactly("in/1.txt=first", "in/deep/2.txt=second\nline", "in/rows.jsonl:1=third");
        assertThat(skipped)
                .hasSize(3)
                .anyMatch(each -> each.startsWith("in/nul.txt") && each.contains("NUL byte in line 1"));
        assertThat(skipped).anyMatch(each -> each.startsWith("in/deep/empty.txt"));
        assertThat(skipped).anyMatch(each -> each.startsWith("in/bad.csv") && each.contains("never closes"));
        assertThat(others).isEqualTo(1);
    }
}
