package graft.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.Remark;
import graft.data.Span;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagDataTest {
    @TempDir
    Path folder;

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static TagData open(Path source) {
        return TagData.open(source, 1, false, 0.2, Progress.NONE);
    }

    private static List<Sentence> all(TagData data) {
        return java.util.stream.Stream.concat(data.train().stream(), data.val().stream())
                .sorted(java.util.Comparator.comparingInt(each -> each.line(0)))
                .toList();
    }

    private static String remarks(TagData data) {
        return String.join(" ", data.remarks().stream().map(Remark::text).toList());
    }

    private void refused(Path file, String... words) {
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n");
    }

    /** The same three entities: two that touch, and one of another type. */
    @Test
    void threeSchemesSayTheSame() throws IOException {
        String end = "\nno O\n\nmore O\n";
        List<Path> files = List.of(
                write("one.conll", "Ada I-PER\nBob B-PER\nwas O\nin O\nNew I-LOC\nYork I-LOC\n" + end),
                write("two.conll", "Ada B-PER\nBob B-PER\nwas O\nin O\nNew B-LOC\nYork I-LOC\n" + end),
                write(
                        "three.conll",
                        "Ada\tS-PER\nBob\tS-PER\nwas\tO\nin\tO\nNew\tB-LOC\nYork\tE-LOC\n" + end.replace(' ', '\t')),
                write(
                        "four.conll",
                        "-DOCSTART- -X- O\n\nAda x U-PER\nBob x U-PER\nwas x O\nin x O\nNew x B-LOC\nYork x L-LOC\n"
                                + end.replace(" ", " x ")));
        List<String> schemes = List.of("IOB1", "IOB2", "BIOES", "BIOES");
        for (int i = 0; i < files.size(); i++) {
            TagData data = open(files.get(i));
            assertThat(all(data).get(0).tags()).containsExactly("B-PER", "B-PER", "O", "O", "B-LOC", "I-LOC");
            assertThat(all(data).get(0).spans())
                    .containsExactly(new Span(0, 3, "PER"), new Span(4, 7, "PER"), new Span(15, 23, "LOC"));
            assertThat(data.types()).containsExactly("LOC", "PER");
            assertThat(remarks(data)).contains("tagged in " + schemes.get(i)).doesNotContain("do not follow");
        }
    }

    @Test
    void tagsThatBreakTheirSchemeAreNamedByLine() throws IOException {
        Path file = write(
                "a.conll", "Ada B-PER\nL. I-PER\n\nin O\nOslo I-LOC\n\nBob B-PER\nhere O\n\nEve B-PER\n\nRoy B-PER\n");
        assertThat(remarks(open(file)))
                .contains("1 tag that does not follow", file.toString(), "line 5: I-LOC follows no entity");
        assertThat(all(open(file)).get(1).tags()).containsExactly("O", "B-LOC");
        Path bioes = write(
                "b.conll", "Ada B-PER\nL. E-PER\n\nin O\nOslo B-LOC\nnow O\n\nof E-LOC\n\nBob S-PER\n\nEve S-PER\n");
        assertThat(remarks(open(bioes)))
                .contains("2 tags", "line 6: B-LOC is not ended", "line 8: E-LOC follows no entity");
    }

    @Test
    void quotesCommentsAndHashesAreRead() throws IOException {
        Path file = write("a.conll", "# sent_id = 1\n\" O\nAda B-PER\n# O\n'' O\n\n\"\tO\nshe\tO\n\nso O\n");
        List<Sentence> read = all(open(file));
        assertThat(read).extracting(Sentence::text).containsExactly("\" Ada # ''", "\" she", "so");
        assertThat(read.get(0).name()).isEqualTo("a.conll:2");
    }

    @Test
    void whatCannotBeReadIsNamedByFileAndLine() throws IOException {
        Path wrong = write(
                "a.conll",
                "Ada x B-PER\nwas O\n\nBob x B-PER\nhere\n\nso x O\n\nsee x PERSON\n\nEve x B-PER\n\nAl x B-PER\n");
        refused(
                wrong,
                wrong + ", line 2, has 2 columns, line 1 has 3",
                "line 5, has one column, no tag: \"here\"",
                "line 9, ends in \"PERSON\"",
                "--skip-unreadable");
        TagData left = TagData.open(wrong, 1, true, 0.2, Progress.NONE);
        assertThat(all(left)).extracting(Sentence::text).containsExactly("so", "Eve", "Al");
    }

    @Test
    void theSkippedAreTold() throws IOException {
        Path wrong = write("a.conll", "Ada B-PER\n\nBob B-PER\nhere\n\nEve B-PER\n\nso O\n\nno O\n");
        TagData left = TagData.open(wrong, 1, true, 0.2, Progress.NONE);
        assertThat(left.skipped()).singleElement().satisfies(each -> assertThat(each.reason())
                .contains("line 4"));
        assertThat(all(left)).hasSize(4);
    }

    @Test
    void filesWithoutUseAreRefused() throws IOException {
        refused(write("empty.conll", ""), "empty.conll is empty");
        refused(write("blank.conll", "\n\n\n"), "blank.conll holds no sentence");
        assertThatThrownBy(() -> TagData.open(write("lower.conll", "Ada b-per\nwas o\n"), 1, true, 0.2, Progress.NONE))
                .hasMessageContainingAll("lower.conll, line 1, ends in \"b-per\"", "no sentence that is in order");
        refused(
                write("o.jsonl", "{\"text\": \"Ada was\", \"spans\": [[0, 3, \"O\"]]}\n"),
                "line 1",
                "O stands for none");
        refused(write("o.conll", "a O\n\nb O\n\nc O\n"), "no entity among its", "every tag is O");
        Path one = write("one.conll", "Ada B-PER\n");
        refused(one, "none to judge by");
        refused(
                write("long.conll", "Ada B-PER\n" + "x".repeat(2_000_000) + " O\n"),
                "line 2",
                "more than 1,000,000 characters");
        refused(folder.resolve("gone.conll"), "There is no ");
    }

    @Test
    void partsOfAFolderAreFoundByTheirNames() throws IOException {
        write("wnut17_train.txt", "Ada B-PER\n\nso O\n");
        write("testa.dev", "Bob B-PER\n");
        write("notes.md", "# about\n");
        write("test.jsonl", "{\"text\": \"Eve\", \"spans\": [[0, 3, \"PER\"]]}\n");
        TagData data = open(folder);
        assertThat(data.train()).hasSize(2);
        assertThat(data.val()).extracting(Sentence::text).containsExactly("Bob");
        assertThat(data.test()).extracting(Sentence::name).containsExactly("test.jsonl:1");
        assertThat(TagData.areAt(folder)).isTrue();
    }

    @Test
    void tablesOfTextsAreNoTags() throws IOException {
        assertThat(TagData.areAt(write("a.tsv", "text\tlabel\nso it is\tO\nbad\tgood\nnot\tB\n")))
                .isFalse();
        assertThat(TagData.areAt(write("b.jsonl", "{\"text\": \"so\", \"label\": \"pos\"}\n")))
                .isFalse();
        assertThat(TagData.areAt(write("c.tsv", "Ada\tB-PER\nwas\tO\n\n"))).isTrue();
    }

    @Test
    void placesInTextsBecomeTagsOfWords() throws IOException {
        Path file = write(
                "a.jsonl",
                "{\"text\": \"\\ud83d\\ude00 Ada (Oslo) was\", \"spans\": [[2, 5, \"PER\"], [7, 11, \"LOC\"]]}\n"
                        + "{\"text\": \"no one\", \"entities\": []}\n"
                        + "{\"text\": \"Bob.\", \"label\": [{\"start\": 0, \"end\": 3, \"label\": \"PER\"}]}\n"
                        + "{\"tokens\": [\"Eve\", \"ran\"], \"ner_tags\": [\"B-PER\", \"O\"]}\n");
        TagData data = open(file);
        Sentence first = all(data).get(0);
        // Python counts the emoji as one letter, Java as two.
        assertThat(first.spans()).containsExactly(new Span(3, 6, "PER"), new Span(8, 12, "LOC"));
        assertThat(first.text().substring(8, 12)).isEqualTo("Oslo");
        assertThat(remarks(data)).contains("as one letter");
        assertThat(all(data)).hasSize(4);
        Path java = write(
                "b.jsonl", Files.readString(file).replace("[2, 5", "[3, 6").replace("[7, 11", "[8, 12"));
        assertThat(all(open(java)).get(0).spans()).isEqualTo(first.spans());
    }

    @Test
    void placesThatCannotBeAreNamed() throws IOException {
        String good = "{\"text\": \"Ada\", \"spans\": [[0, 3, \"PER\"]]}\n";
        refused(
                write("a.jsonl", good + "{\"text\": \"Ada\", \"spans\": [[0, 9, \"PER\"]]}\n"),
                "line 2",
                "from 0 to 9 in a text of 3");
        refused(write("b.jsonl", good + "{\"spans\": []}\n"), "line 2, has no \"text\"");
        refused(
                write("c.jsonl", good + "{\"text\": \"Ada L\", \"spans\": [[0, 3, \"A\"], [2, 5, \"B\"]]}\n"),
                "line 2",
                "over the same letters");
        refused(write("d.jsonl", good + "{oops\n"), "line 2, is no JSON");
        refused(
                write("e.jsonl", good + "{\"tokens\": [\"a\"], \"tags\": [\"O\", \"O\"]}\n"),
                "line 2, has 1 tokens and 2 tags");
        Path inside = write("f.jsonl", good + "{\"text\": \"xAda\", \"spans\": [[1, 4, \"PER\"]]}\n" + good);
        assertThat(remarks(open(inside))).contains("within a word", "line 2");
    }

    @Test
    void lettersAreReadAsTextsAre() throws IOException {
        Path file = folder.resolve("a.conll");
        Files.write(file, "Zo\u00eb B-PER\n\nso O\n\nno O\n\nBob B-PER\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(all(open(file)).get(0).text()).isEqualTo("Zo\u00eb");
        assertThat(remarks(open(file))).contains("Windows-1252");
    }

    @Test
    void wordsArePartedFromPunctuation() {
        assertThat(words(Words.AROUND, "\"Ada's U.N. well-known\" @bob, #x 3.5% \u6771\u4eac!"))
                .containsExactly(
                        "\"",
                        "Ada",
                        "'s",
                        "U.N",
                        ".",
                        "well-known",
                        "\"",
                        "@bob",
                        ",",
                        "#x",
                        "3.5",
                        "%",
                        "\u6771",
                        "\u4eac",
                        "!");
        assertThat(words(Words.EACH, "U.N. \ud83d\ude00ok")).containsExactly("U", ".", "N", ".", "\ud83d\ude00", "ok");
    }

    private static List<String> words(Words how, String text) {
        return how.of(text).stream()
                .map(word -> text.substring(word[0], word[1]))
                .toList();
    }

    /** Of a type that one sentence has nothing could be learnt where that is drawn. */
    @Test
    void whatIsDrawnLeavesSomethingOfEachTypeToLearn() throws IOException {
        StringBuilder rows = new StringBuilder("x O\n\ny O\n\n");
        for (int i = 0; i < 20; i++) {
            rows.append("w").append(i).append(" B-T").append(i).append("\n\n");
        }
        rows.append("Ada B-T0\n\nBob B-T0\n\nEve B-T1\n\n");
        TagData data = open(write("rare.conll", rows.toString()));
        assertThat(data.types()).hasSize(20);
        assertThat(data.val()).isNotEmpty();
    }
}
