package graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.testdata.Shared;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {
    private static final String ROWS =
            "good one,pos\nbad one,neg\nfine one,pos\npoor one,neg\nnice one,pos\nugly one,neg\n";

    @TempDir
    Path folder;

    private final Reading reading = new Reading();

    @Test
    void quotedCellsHoldCommasQuotesAndLineBreaks() throws IOException {
        Path file = Reading.write(
                folder,
                "a.csv",
                "text,label\r\n\"one, two\",a\r\n\"she said \"\"no\"\"\",b\r\n\"first\r\nsecond\",a\r\nit's 5\" long,b\r\n");
        assertThat(Reading.all(reading.open(file)))
                .containsExactlyInAnyOrder("a|one, two", "b|she said \"no\"", "a|first\r\nsecond", "b|it's 5\" long");
    }

    @Test
    void quotesInFilesOfTabsAreLettersWhereTheyDoNotPair() throws IOException {
        Path file = Reading.write(
                folder,
                "a.tsv",
                "sentence\tlabel\n\" never closed\t1\nplain\t0\n\"whole\" and more\t1\nends so \"\t0\n");
        assertThat(Reading.all(reading.open(file)))
                .containsExactlyInAnyOrder("1|\" never closed", "0|plain", "1|\"whole\" and more", "0|ends so \"");
    }

    @Test
    void quotesInFilesOfTabsAreQuotesWhereAllOfThemPair() throws IOException {
        Path file = Reading.write(
                folder, "a.tsv", "text\tlabel\n\"say \"\"x\"\"\"\tu\nplain\tv\n\"a\tb\nc\"\tu\nother\tv\nthird\tu\n");
        assertThat(Reading.all(reading.open(file)))
                .containsExactlyInAnyOrder("u|say \"x\"", "v|plain", "u|a\tb\nc", "v|other", "u|third");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {"a.csv!;!semicolons", "a.csv!|!bars", "a.csv!\t!tabs", "a.tsv!,!commas"},
            ignoreLeadingAndTrailingWhitespace = false)
    void anotherSeparatorIsFoundAndSaid(String name, String separator, String said) throws IOException {
        Path file = Reading.write(folder, name, ROWS.replace(",", separator));
        assertThat(Reading.all(reading.open(file)))
                .contains("pos|good one", "neg|bad one")
                .hasSize(6);
        assertThat(reading.said()).contains("separated by " + said);
    }

    @Test
    void whatSpreadsheetsAndPandasWriteBesideTheRowsIsUnderstood() throws IOException {
        Path excel = Reading.write(folder, "a.csv", "\ufeffsep=;\r\ntext;label\r\na, b;x\r\nc;y\r\nd;x\r\ne;y\r\n");
        assertThat(Reading.all(reading.open(excel))).containsExactlyInAnyOrder("x|a, b", "y|c", "x|d", "y|e");
        Path pandas = Reading.write(folder, "b.csv", ",text,label\n0,a,x\n1,b,y\n2,c,x\n3,d,y\n");
        assertThat(Reading.all(reading.open(pandas))).containsExactlyInAnyOrder("x|a", "y|b", "x|c", "y|d");
    }

    @Test
    void aFirstRowWhoseLabelComesAgainIsAnExample() throws IOException {
        assertThat(Reading.all(reading.open(Reading.write(folder, "a.csv", ROWS))))
                .hasSize(6);
        assertThat(reading.said()).contains("texts are in column 1", "labels in column 2", "first row is an example");
    }

    @Test
    void aFirstRowOfUnknownNamesAboveLabelsIsNames() throws IOException {
        assertThat(Reading.all(reading.open(Reading.write(folder, "a.csv", "Satz,Urteil\n" + ROWS))))
                .hasSize(6);
        assertThat(reading.said()).contains("column Satz", "column Urteil", "first row holds the names");
    }

    /** Names of two columns alike, numbers as pandas counts them, a sentence, a header that comes again further down. */
    @Test
    void namesInTheFirstRowAreNoClass() throws IOException {
        String twice = "text,label,text\n" + ROWS.replaceAll("(?m)^(.*),(.*)$", "$1,$2,$1");
        String sentence = "what the customer wrote to us, and what we made of it,dept\n".replace("us,", "us");
        for (String content : List.of(
                twice,
                "0,1\n" + ROWS,
                ",0,1\n0,good one,pos\n1,bad one,neg\n2,fine one,pos\n3,poor one,neg\n4,x,pos\n5,y,neg\n",
                sentence + ROWS,
                "text,label,2019\n" + ROWS.replaceAll("(?m)^(.+)$", "$1,5"))) {
            TextData data = reading.open(Reading.write(folder, "a.csv", content));
            assertThat(data.classes()).as(content).containsExactly("neg", "pos");
            assertThat(Reading.all(data)).as(content).hasSize(6).contains("pos|good one");
        }
    }

    @Test
    void aFirstRowOfNumbersThatIsNoCountIsAnExample() throws IOException {
        String content = "3,1\n" + ROWS.replace("pos", "1").replace("neg", "0");
        assertThat(Reading.all(reading.open(Reading.write(folder, "a.csv", content))))
                .hasSize(7)
                .contains("1|3");
    }

    @Test
    void ofSeveralColumnsThatPeopleCallLabelsTheUserChooses() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            rows.append("words ")
                    .append(i)
                    .append(i % 2 == 0 ? ",good," : ",bad,")
                    .append(i % 3)
                    .append('\n');
        }
        for (String names : List.of("text,label,sentiment\n", "text,stars,topic\n", "text,topic,stars\n")) {
            Path file = Reading.write(folder, "a.csv", names + rows);
            String[] called = names.strip().split(",");
            assertThatThrownBy(() -> reading.open(file))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("2 may be labels (")
                    .hasMessageContaining(called[1])
                    .hasMessageContaining(called[2])
                    .hasMessageContaining("--label");
            assertThat(reading.open(file, Reading.naming(null, null, called[1])).classes())
                    .containsExactly("bad", "good");
        }
    }

    @Test
    void aColumnThatNamesTheNumbersOfAnotherIsNoSecondChoice() throws IOException {
        String rows = "text,label,label_text\n" + "a,0,neg\nb,1,pos\n".repeat(4);
        assertThat(reading.open(Reading.write(folder, "a.csv", rows)).classes()).containsExactly("0", "1");
    }

    @Test
    void oneColumnIsNotTakenTwice() throws IOException {
        Path file = Reading.write(folder, "a.csv", "text,other,label\na,b,x\nc,d,y\ne,f,x\ng,h,y\n");
        assertThatThrownBy(() -> reading.open(file, Reading.naming("text", "text", "label")))
                .hasMessageContaining("--text and --text-pair name the same column of " + file + " (text)");
        assertThatThrownBy(() -> reading.open(file, Reading.naming("text", null, "1")))
                .hasMessageContaining("--text and --label name the same column");
    }

    @Test
    void theFilesOfANetworkAreNoTexts() throws IOException {
        for (String name : List.of("tokenizer.json", "config.json", "vocab.txt")) {
            Reading.write(folder, "net/" + name, "{\"version\": \"1.0\"}");
        }
        assertThat(TextStream.areIn(folder.resolve("net"))).isFalse();
        assertThat(TextFiles.isText(folder.resolve("net"))).isFalse();
    }

    @Test
    void twoColumnsOfOneNameThatDifferAreChosenByNumber() throws IOException {
        Path file = Reading.write(folder, "a.csv", "text,label,text\na,x,1\nb,y,2\nc,x,3\nd,y,4\n");
        assertThatThrownBy(() -> reading.open(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("2 columns called text (columns 1, 3)");
        assertThat(Reading.all(reading.open(file, Reading.naming("3", null, "2"))))
                .contains("x|1", "y|4");
    }

    @Test
    void aTableOfManyColumnsIsRefusedInAFewWords() throws IOException {
        String row = "a,".repeat(20_000) + "b\n";
        Path file = Reading.write(folder, "a.csv", row.repeat(6));
        assertThatThrownBy(() -> reading.open(file))
                .isInstanceOf(Refusal.class)
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(1000));
    }

    @Test
    void knownNamesChooseColumnsAmongMany() throws IOException {
        StringBuilder rows = new StringBuilder("id,Category,split,Review\n");
        for (int i = 0; i < 12; i++) {
            rows.append(i)
                    .append(i % 2 == 0 ? ",food,a," : ",drink,b,")
                    .append("words ")
                    .append(i)
                    .append('\n');
        }
        TextData data = reading.open(Reading.write(folder, "a.csv", rows.toString()));
        assertThat(data.classes()).containsExactly("drink", "food");
        assertThat(Reading.all(data)).contains("food|words 0", "drink|words 1");
        assertThat(reading.said()).contains("not read: id, split");
    }

    @Test
    void columnsAreNamedByNameOrNumber() throws IOException {
        Path file = Reading.write(folder, "a.csv", "one,two,three\nx,aa,p\ny,bb,q\nz,cc,p\nw,dd,q\n");
        assertThat(Reading.all(reading.open(file, Reading.naming("two", null, "3"))))
                .containsExactlyInAnyOrder("p|aa", "q|bb", "p|cc", "q|dd");
    }

    @Test
    void pairsAreFoundByTheirNames() throws IOException {
        Path file = Reading.write(
                folder,
                "a.jsonl",
                "{\"premise\":\"A\",\"hypothesis\":\"B\",\"label\":1}\n{\"premise\":\"C\",\"hypothesis\":\"D\",\"label\":0}\n"
                        + "{\"premise\":\"E\",\"hypothesis\":\"F\",\"label\":1}\n{\"premise\":\"G\",\"hypothesis\":\"H\",\"label\":0}\n");
        assertThat(Reading.all(reading.open(file))).containsExactlyInAnyOrder("1|A|B", "0|C|D", "1|E|F", "0|G|H");
    }

    @Test
    void jsonIsReadAsLinesOrAsOneArrayAndNestedPartsAreNoColumns() throws IOException {
        String one = "{\"text\":\"Gr\\u00fc\\u00dfe\",\"meta\":{\"a\":[1,2]},\"label\":true}";
        String two = "{\"label\":false,\"text\":\"other\"}";
        Path array = Reading.write(folder, "a.json", "[" + one + ",\n" + two + "," + one + "," + two + "]");
        Path lines = Reading.write(folder, "b.jsonl", one + "\n\n" + two + "\n" + one + "\n" + two);
        assertThat(Reading.all(reading.open(array)))
                .isEqualTo(Reading.all(reading.open(lines)))
                .contains("true|Grüße", "false|other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void aByteOrderMarkSaysTheEncoding(String charset) throws IOException {
        Path file = Reading.write(
                folder, "a.csv", "\ufefftext,label\nGrüße 😀,a\nok,b\nja,a\nno,b\n", Charset.forName(charset));
        TextData data = reading.open(file);
        assertThat(data.classes()).containsExactly("a", "b");
        assertThat(Reading.all(data)).contains("a|Grüße 😀");
        assertThat(reading.said().contains(charset)).isEqualTo(!charset.equals("UTF-8"));
    }

    @Test
    void latin1IsUnderstoodAndSaid() throws IOException {
        Path file = Reading.write(folder, "a.csv", ROWS + "Stra\u00dfe f\u00fcr,pos\n", StandardCharsets.ISO_8859_1);
        assertThat(Reading.all(reading.open(file))).contains("pos|Straße für");
        assertThat(reading.said()).contains("line 7", "Windows-1252 (Latin-1)");
    }

    @Test
    void aDamagedLetterDoesNotMakeUtf8IntoLatin1() throws IOException {
        Path file = Reading.write(folder, "a.csv", ROWS + "Grüße schön,pos\nX,neg\n");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 6] = (byte) 0xe9;
        Files.write(file, bytes);
        assertThat(Reading.all(reading.open(file))).contains("pos|Grüße schön", "neg|\ufffd");
        assertThat(reading.said()).contains("1 place is none (the first in line 8)");
    }

    @Test
    void utf16WithoutItsMarkIsUnderstoodAndSaid() throws IOException {
        Path file = Reading.write(folder, "a.csv", ROWS, StandardCharsets.UTF_16LE);
        assertThat(Reading.all(reading.open(file))).contains("pos|good one");
        assertThat(reading.said()).contains("UTF-16LE", "every other byte is NUL");
    }

    @Test
    void labelsThatAreNumbersAreInTheOrderOfCountingAndItIsSaid() throws IOException {
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < 24; i++) {
            rows.append("t").append(i).append(',').append(i % 12).append('\n');
        }
        TextData data = reading.open(Reading.write(folder, "a.csv", rows.toString()));
        assertThat(data.classes()).startsWith("0", "1", "2").endsWith("10", "11");
        assertThat(reading.said()).contains("order of counting (0, 1, 2, 3, 4, …)", "(0, 1, 10, 11, 2, …)");
    }

    @Test
    void partsOfAFolderAreFoundByTheNamesOfTheirFiles() throws IOException {
        Reading.write(folder, "train.tsv", "sentence\tlabel\na\t1\nb\t0\nc\t1\nd\t0\n");
        Reading.write(folder, "dev.tsv", "label\tsentence\n1\te\n0\tf\n");
        Reading.write(folder, "test.tsv", "sentence\tlabel\ng\t1\n");
        TextData data = reading.open(folder);
        assertThat(data.train()).hasSize(4);
        assertThat(data.val()).extracting(TextExample::text).containsExactly("e", "f");
        assertThat(data.test()).extracting(TextExample::text).containsExactly("g");
        assertThat(reading.said()).contains("train.tsv is what is learnt from", "test.tsv is judged once");
    }

    @Test
    void notesInJsonBesideATableAreNoTables() throws IOException {
        Reading.write(folder, "reviews.csv", "text,label\n" + ROWS);
        Reading.write(folder, "dataset_info.json", "{\"text\": 1}");
        assertThat(Reading.all(reading.open(folder))).hasSize(6);
        assertThat(reading.said()).doesNotContain("dataset_info");
    }

    @Test
    void aTestPartWithoutLabelsIsLeftOutAndSaid() throws IOException {
        Reading.write(folder, "train.csv", "text,label\n" + ROWS);
        Reading.write(folder, "test.csv", "text\nsecret\n");
        TextData data = reading.open(folder);
        assertThat(data.test()).isEmpty();
        assertThat(data.val()).hasSize(2);
        assertThat(reading.said()).contains("test.csv (its rows have no labels)");
    }

    @Test
    void aDrawnSplitTakesAFifthOfEachClassAndFollowsTheSeed() throws IOException {
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < 100; i++) {
            rows.append("t").append(i).append(i < 80 ? ",many\n" : ",few\n");
        }
        Path file = Reading.write(folder, "a.csv", rows.toString());
        TextData data = reading.open(file);
        assertThat(data.val())
                .filteredOn(each -> data.classes().get(each.label()).equals("many"))
                .hasSize(16);
        assertThat(data.val())
                .filteredOn(each -> data.classes().get(each.label()).equals("few"))
                .hasSize(4);
        assertThat(reading.open(file)).isEqualTo(data);
        assertThat(reading.open(file, new TextOptions(ColumnNames.FOUND, 2, false))
                        .val())
                .isNotEqualTo(data.val());
    }

    @Test
    void foldersOfClassesHoldATextInEachFile() throws IOException {
        for (String part : new String[] {"train", "test"}) {
            for (String name : new String[] {"pos", "neg"}) {
                for (int i = 0; i < 3; i++) {
                    Reading.write(folder, "imdb/" + part + "/" + name + "/" + i + ".txt", part + name + i + "\nmore");
                }
            }
        }
        Reading.write(folder, "imdb/train/pos/empty.txt", "");
        TextData data = reading.open(folder);
        assertThat(data.classes()).containsExactly("neg", "pos");
        assertThat(data.test()).hasSize(6).extracting(TextExample::text).contains("testpos0\nmore");
        assertThat(data.train().size() + data.val().size()).isEqualTo(6);
        assertThat(reading.said()).contains("empty.txt (it holds no text)");
    }

    @Test
    void tablesAndTextsBesidePicturesAreAboutThePictures() throws IOException {
        Reading.write(folder, "yolo/images/train/a.jpg", "x");
        Reading.write(folder, "yolo/labels/train/a.txt", "0 0.5 0.5 1 1");
        Reading.write(folder, "cats/cat/a.png", "x");
        Reading.write(folder, "cats/index.csv", ROWS);
        Reading.write(folder, "texts/a/1.txt", "x");
        Reading.write(folder, "split/train.csv", ROWS);
        assertThat(TextData.isText(folder.resolve("yolo"))).isFalse();
        assertThat(TextData.isText(folder.resolve("cats"))).isFalse();
        assertThat(TextData.isText(folder.resolve("texts"))).isTrue();
        assertThat(TextData.isText(folder.resolve("split"))).isTrue();
        assertThat(TextData.isText(folder.resolve("split/train.csv"))).isTrue();
        assertThat(TextData.isText(Path.of("data.npz"))).isFalse();
    }

    @Test
    void whatMisleadsIsSaid() throws IOException {
        Reading.write(folder, "train.csv", "text,label\nsame,a\nsame,b\nleak,a\nx,b\ny,A\n");
        Reading.write(folder, "val.csv", "text,label\nleak,a\nz,b\nw,A\n");
        reading.open(folder);
        assertThat(reading.said())
                .contains(
                        "1 text has more than one label",
                        "1 text that is judged by is also learnt from, such as val.csv:2",
                        "2 classes are written almost alike: A, a");
    }

    @Test
    void realTablesAreReadRowByRow() {
        Path sst2 = Shared.path("data/datasets/sst2");
        TextData data = reading.open(sst2);
        assertThat(data.train()).hasSize(60614); // as wc -l counts them, without the names
        assertThat(data.val()).hasSize(6735);
        assertThat(data.test()).hasSize(872);
        TextData news = reading.open(Shared.path("data/datasets/ag-news").resolve("test.tsv"));
        assertThat(news.train().size() + news.val().size()).isEqualTo(7600);
        assertThat(news.classes()).containsExactly("Business", "Sci/Tech", "Sports", "World");
    }
}
