package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.OnnxFile;
import graft.testdata.NpzFiles;
import graft.testdata.TinyNetworks;
import graft.testdata.TinyTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignReadingTest {
    @TempDir
    Path folder;

    private Path network;

    @BeforeEach
    void network() {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
    }

    private Graft.Answer train(Path data, String... more) {
        String[] words = new String[4 + more.length];
        words[0] = "train";
        words[1] = "--network=" + network;
        words[2] = "--data=" + data;
        words[3] = "--out=" + folder.resolve("run");
        System.arraycopy(more, 0, words, 4, more.length);
        return Graft.run(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mails.csv.gz | is compressed. Tables of texts are read as .csv, .tsv and .jsonl. Unpack it",
                "mails.jsonl.zst | is compressed",
                "mails.XLSX | is a spreadsheet. Tables of texts are read as .csv, .tsv and .jsonl. Save its sheet",
                "mails.ods | is a spreadsheet",
                "mails.parquet | is a table in a binary form",
            })
    void tablesInFormsThatAreNotReadAreNamedWithTheWayOut(String name, String words) throws IOException {
        Path table = Files.writeString(folder.resolve(name), "text,label\nhello,a\n");
        Graft.Answer answer = train(table);
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains(table + " " + words);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tokenizer=tokenizer.json", "--text=2", "--max-length=16", "--pooling=cls", "--label=y"})
    void optionsOfTextsAreRefusedForPictures(String option) throws IOException {
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 20, 10);
        Graft.Answer answer = train(data, option, "--epochs=1");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains(option.replaceFirst("=.*", "") + " says how texts are read, but " + data + " is read for"
                        + " image-classification, which takes pictures. Leave it out");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void theyAreRefusedWhereANetworkIsJudgedAndAskedToo() throws IOException {
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 20, 10);
        Graft.Answer judged = Graft.run("evaluate", "--network=" + network, "--data=" + data, "--text=2");
        assertThat(judged.exitCode()).isEqualTo(1);
        assertThat(judged.err()).contains("--text says how texts are read, but " + data);
        Graft.Answer asked = Graft.run("predict", "--network=" + network, data.toString(), "--max-length=9");
        assertThat(asked.exitCode()).isEqualTo(1);
        assertThat(asked.err()).contains("--max-length says how texts are read, but " + data);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mails.csv.gz | is compressed. Tables of texts are read as .csv, .tsv and .jsonl. Unpack it",
                "mails.xlsx | is a spreadsheet. Tables of texts are read as .csv, .tsv and .jsonl. Save its sheet",
                "mails.zip | is an archive. Unpack it and give the folder",
                "mails.tar.xz | is an archive. Unpack it and give the folder",
                "mails.parquet | is a table in a binary form",
                "mails.txt | is a single text without a label. Give a table with a column of texts and one of labels",
                "mails.docx | is neither a table nor a folder of texts. Give a table",
            })
    void aNetworkOfTextsGetsTheSameWordsForTextsInAnotherWrapping(String name, String words) throws IOException {
        network = TinyTexts.network(folder);
        Path table = Files.writeString(folder.resolve(name), "text,label\nhello,a\n");
        for (Graft.Answer answer : List.of(
                train(table),
                Graft.run("evaluate", "--network=" + network, "--data=" + table),
                Graft.run("deploy", "--network=" + network, "--data=" + table, "--out=" + folder.resolve("run")),
                Graft.run(
                        "quantize", "--network=" + network, "--calibrate=" + table, "--out=" + folder.resolve("q")))) {
            assertThat(answer.exitCode()).isEqualTo(1);
            assertThat(answer.err()).contains(table + " " + words).doesNotContain("no pictures");
        }
        if (!name.endsWith(".txt") && !name.endsWith(".docx")) {
            assertThat(train(table, "--task=text-classification").err()).contains(table + " " + words);
        }
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aPictureAmongTextsIsNamedWithTheWayToReadTheTextsAlone() throws IOException {
        network = TinyTexts.network(folder);
        for (int i = 0; i < 20; i++) {
            Path text = folder.resolve("data/" + (i % 2 == 0 ? "good/" : "bad/") + i + ".txt");
            Files.createDirectories(text.getParent());
            Files.writeString(text, i % 2 == 0 ? "good good" : "bad");
        }
        Path picture = Files.writeString(folder.resolve("data/good/scan.jpg"), "no matter what");
        Path data = folder.resolve("data");
        for (String more : List.of("--epochs=1", "--skip-unreadable")) {
            Graft.Answer answer = train(data, more);
            assertThat(answer.exitCode()).isEqualTo(1);
            assertThat(answer.err()).contains("pictures (such as " + picture + ")", "--task text-classification");
        }
        Graft.Answer judged = Graft.run(
                "evaluate",
                "--network=" + network,
                "--data=" + data,
                "--task=text-classification",
                "--skip-unreadable");
        assertThat(judged.exitCode()).as(judged.err()).isZero();
    }

    private Path mails() throws IOException {
        return Files.writeString(folder.resolve("mails.csv"), "text,label\n" + "good good,good\nbad,bad\n".repeat(10));
    }

    /** Times nothing, both classes score alike; times infinity, nothing is a number. */
    @Test
    void ofTextsThatANetworkMakesNothingOfNoOptionOfPicturesIsNamed() throws IOException {
        network = TinyTexts.network(folder, 0, true);
        Graft.Answer same = Graft.run("evaluate", "--network=" + network, "--data=" + mails());
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(same.out() + same.err())
                .contains("in another way than it learnt them (--tokenizer, --max-length)")
                .doesNotContain("--mean");
        network = TinyTexts.network(folder, Float.POSITIVE_INFINITY, true);
        Path text = Files.writeString(folder.resolve("one.txt"), "good");
        for (Graft.Answer none : List.of(
                Graft.run("evaluate", "--network=" + network, "--data=" + mails()),
                Graft.run("predict", "--network=" + network, text.toString()))) {
            assertThat(none.out() + none.err()).contains("NaN").doesNotContain("--mean");
        }
    }

    @Test
    void aNetworkOfTextsWithoutAHeadIsSaidToHaveNone() throws IOException {
        network = TinyTexts.network(folder, 1, false);
        Graft.Answer answer = Graft.run("evaluate", "--network=" + network, "--data=" + mails());
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains("they are features, and the network has no head", "gets one by `graft train`")
                .doesNotContain("Name all");
    }

    @Test
    void theProgramOfANetworkThatReadsTextsCutsThemIntoTokens() throws IOException {
        network = TinyTexts.network(folder);
        Graft.Answer answer = Graft.run("client-code", network.toString());
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("from tokenizers import Tokenizer").doesNotContain("@");
        Graft.Answer script = Graft.run("client-code", network.toString(), "--language", "javascript");
        assertThat(script.exitCode()).isEqualTo(1);
        assertThat(script.err())
                .contains("There is no program in JavaScript for " + network + ", but in Python and Java");
    }
}
