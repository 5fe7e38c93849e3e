package graft.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.DataSet;
import graft.network.Importer;
import graft.progress.Progress;
import graft.text.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts are read from files and tables, parted, cut into blocks; what cannot be learnt from is refused by file and line. */
class LanguageDataTest {
    private static final String WORDS = "ba be bi bo da de di do fa fe fi fo ";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Documents read(Path source, boolean skip) {
        return Documents.open(source, Optional.empty(), 0, skip, 0.2, Progress.NONE);
    }

    private static Path fixture(String name) {
        try {
            return Path.of(
                    LanguageDataTest.class.getResource("/pytorch/" + name).toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSet opened(Documents texts, Path network, int block) {
        return LanguageData.writtenOn(
                texts,
                network,
                Importer.open(network).model(),
                0,
                new LanguageData.Feeding(Optional.empty(), block, Set.of(), 0.15, 0),
                Progress.NONE);
    }

    @Test
    void ofOneTextTheEndIsHeldBackAtALine() throws IOException {
        Documents out = read(write("one.txt", "line\n".repeat(100)), false);
        assertThat(out.train().get(0).text() + out.val().get(0).text()).isEqualTo("line\n".repeat(100));
        assertThat(out.val().get(0).text()).hasSize(100).startsWith("line");
        assertThat(out.remarks())
                .anyMatch(each -> each.text().contains("its last 100 of 500 characters are held back"));
    }

    @Test
    void partsAreFilesOrFoldersAndTextsAreDrawnWhole() throws IOException {
        write("files/train.txt", "a");
        write("files/dev.jsonl", "{\"text\": \"b\"}\n{\"text\": \"c\"}\n");
        write("files/test.txt", "d");
        Documents files = read(folder.resolve("files"), false);
        assertThat(files.train()).extracting(Documents.Document::text).containsExactly("a");
        assertThat(files.val()).extracting(Documents.Document::text).containsExactly("b", "c");
        assertThat(files.val()).extracting(Documents.Document::name).containsExactly("dev.jsonl:1", "dev.jsonl:2");
        assertThat(files.test()).extracting(Documents.Document::text).containsExactly("d");
        for (int i = 0; i < 10; i++) {
            write("drawn/deep/" + i + ".txt", "text " + i);
        }
        Documents drawn = read(folder.resolve("drawn"), false);
        assertThat(drawn.train()).hasSize(8);
        assertThat(drawn.val()).hasSize(2);
    }

    @Test
    void blocksAreTheTokensOneAfterTheOther() throws IOException {
        DataSet data = opened(
                read(write("texts.jsonl", ("{\"text\": \"" + WORDS.strip() + "\"}\n").repeat(5)), false),
                fixture("language/net.onnx"),
                10);
        // Four texts of twelve tokens and one that ends each: 52, of which two fall away.
        assertThat(data.train().size()).isEqualTo(5);
        BlockExamples train = (BlockExamples) data.train();
        assertThat(train.ids(0)).startsWith(4, 5, 6, 7);
        assertThat(train.ids(1)).startsWith(14, 15, 2, 4);
        // Each place is to say the token behind it; the last has none.
        int[] wanted = TokenTargets.of(train).wanted().apply(1);
        assertThat(wanted).startsWith(15, 2, 4).endsWith(TokenTargets.NONE);
        assertThat(TokenTargets.of(train).weight(new int[] {0, 1})).isEqualTo(18);
    }

    @Test
    void whatCannotBeLearntFromIsRefusedByFileAndLine() throws IOException {
        Path noText = write("a/bad.jsonl", "{\"text\": \"" + WORDS + "\"}\n{\"text\": \"\"}\n");
        assertThatThrownBy(() -> read(noText, false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(noText + ", line 2: it is a row without a text");
        assertThat(read(noText, true).skipped()).hasSize(1);
        Path noJson = write("b/worse.jsonl", "{\"text\": \"" + WORDS + "\"}\n{oops\n");
        assertThatThrownBy(() -> read(noJson, false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(noJson + ", line 2: this is no JSON");
        Path empty = write("c/blank.txt", "  \n ");
        assertThatThrownBy(() -> read(empty, false)).hasMessageContaining(empty + " holds no text");
        Path nul = write("d/nul.txt", "x\ny\0z");
        assertThatThrownBy(() -> read(nul, false)).hasMessageContaining(nul + " holds a NUL byte in line 2");
        Path nothing = Files.createDirectories(folder.resolve("e"));
        assertThatThrownBy(() -> read(nothing, false)).hasMessageContaining(nothing + " holds no text to learn from");
    }

    @Test
    void whatDoesNotFitTheNetworkIsRefused() throws IOException {
        Path network = fixture("language/net.onnx");
        Documents few = read(write("few.txt", WORDS), false);
        assertThatThrownBy(() -> opened(few, network, 12))
                .hasMessageContaining("few.txt: the part train has")
                .hasMessageContaining("too few for one block of 12");
        Documents texts = read(write("many.txt", WORDS.repeat(20)), false);
        assertThatThrownBy(() -> opened(texts, network, 25))
                .hasMessageContaining("--block-size 25 is more than " + network + " reads at once: 24 tokens");
        Path encoder = fixture("text/net.onnx");
        assertThatThrownBy(() -> opened(texts, encoder, 12))
                .hasMessageContaining("has no output that scores each token of its vocabulary, [texts, tokens, 40]");
    }

    /** A line without end is a text like all others. */
    @Test
    void aLineOfTwoMegabytesIsRead() throws IOException {
        Documents whole = read(write("long.txt", WORDS.repeat(60_000)), false);
        assertThat(whole.train().get(0).text().length()
                        + whole.val().get(0).text().length())
                .isEqualTo(WORDS.length() * 60_000);
    }
}
