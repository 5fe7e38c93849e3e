package graft.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.Remark;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerDataTest {
    private static final String ADA =
            "{'id': '%s', 'question': 'Who?', 'answers': [{'text': 'Ada', 'answer_start': 0}]}";

    @TempDir
    Path folder;

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content.replace('\'', '"'));
    }

    private static String squad(String... articles) {
        return "{'version': '1.1', 'data': [" + String.join(", ", articles) + "]}";
    }

    private static String article(String title, String context, String... asked) {
        return "{'title': '" + title + "', 'paragraphs': [{'context': '" + context + "', 'qas': ["
                + String.join(", ", asked) + "]}]}";
    }

    private static AnswerData open(Path source, boolean skip) {
        return AnswerData.open(source, 1, skip, 0.2, Progress.NONE);
    }

    private static void refused(Path file, String... words) {
        assertThatThrownBy(() -> open(file, false))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n");
    }

    private static List<String> names(List<Question> questions) {
        return questions.stream().map(Question::name).toList();
    }

    /** What is wrong with a question is said of its file, article, passage and id; the others can be kept. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Ada was here;{'id': 'x', 'question': 'Who?', 'answers': [{'text': 'was', 'answer_start': 5}]};"
                        + "the answer \"was\" is not at 5 (there stands \"as here\"); the passage holds it at 4",
                "Ada was here;{'id': 'x', 'question': 'Who?', 'answers': [{'text': 'Bob', 'answer_start': 5}]};does not hold it",
                "Ada was here;{'id': 'x', 'question': 'Who?', 'answers': [{'text': 'Ada', 'answer_start': 900}]};"
                        + "the passage has 12 letters",
                "Ada was here;{'id': 'x', 'question': ' ', 'answers': []};the question is empty",
                "Ada was here;{'id': 'x', 'question': 'Who?'};no list of \"answers\"",
                "Ada was here;{'id': 'x', 'question': 'Who?', 'answers': [], 'is_impossible': false};\"is_impossible\" is false",
                "Ada was here;{'id': 'x', 'question': 'Who?', 'answers': [{'text': 'Ada'}]};no \"text\" with an \"answer_start\"",
                "Ada was here;{'id': '1', 'question': 'Who?', 'answers': [{'text': 'Ada', 'answer_start': 0}]};"
                        + "the question has the id of another one (article 1 (one), passage 1, question 1)"
            })
    void whatIsWrongWithAQuestionIsSaidByItsPlace(String context, String asked, String words) throws IOException {
        Path file = write(
                "a.json",
                squad(
                        article("one", "Ada met Bob", String.format(ADA, "1"), String.format(ADA, "2")),
                        article("two", context, asked),
                        article("three", "Ada left", String.format(ADA, "3"))));
        refused(file, file + ", article 2 (two), passage 1, question ", words, "--skip-unreadable");
        AnswerData left = open(file, true);
        assertThat(left.train().size() + left.val().size()).isEqualTo(3);
        assertThat(left.skipped()).singleElement().satisfies(each -> assertThat(each.reason())
                .contains("article 2 (two)"));
    }

    @Test
    void passagesWithoutLettersOrWithVeryManyAreNamed() throws IOException {
        Path empty = write("empty.json", squad(article("one", " ", String.format(ADA, "1"))));
        refused(empty, empty + ", article 1 (one), passage 1: the passage is empty");
        String letters = "Ada " + "la ".repeat(700_000);
        Path rows = write(
                "long.jsonl",
                "{'context': 'Ada met Bob', 'question': 'Who?', 'answers': {'text': ['Bob'], 'answer_start': [8]}}\n{'context': '"
                        + letters + "', 'question': 'Who?', 'answers': {'text': ['Ada'], 'answer_start': [0]}}\n");
        refused(rows, rows + ", line 2: the passage has 2,100,004 characters", "1,000,000 are the most");
    }

    @Test
    void whatIsNoJsonIsNamedByLineAndColumn() throws IOException {
        Path cut = write("cut.json", squad(article("one", "Ada met Bob", String.format(ADA, "1"))) + "\n");
        Files.writeString(cut, Files.readString(cut).replace("]}]}", "]\n}]"));
        assertThat(AnswerData.areAt(cut)).isTrue();
        refused(cut, cut + ", line 2, column", "no JSON", "copied to the end");
        Path other = write("other.json", "{'data': [{'context': 'Ada'}]}");
        refused(other, other.toString(), "not laid out as SQuAD");
        refused(write("none.json", "{'version': '1.1', 'data': []}"), "none.json holds no question");
        refused(folder.resolve("nowhere.json"), "There is no");
    }

    /** Places count code points, as Python does; where they fit only as chars, they are read so, and that is said. */
    /** SQuAD 2.0's program looks at the answers alone. */
    @Test
    void anAnswerCountsThoughItIsSaidToBeImpossible() throws IOException {
        AnswerData data = open(
                write(
                        "a.jsonl",
                        "{'id': 'x', 'context': 'Ada was here', 'question': 'Who?', 'is_impossible': true, 'answers': [{'text': 'Ada',"
                                + " 'answer_start': 0}]}\n{'id': 'y', 'context': 'Bob was', 'question': 'Who?', 'answers': [{'text':"
                                + " 'Bob', 'answer_start': 0}]}\n"),
                false);
        assertThat(Stream.concat(data.train().stream(), data.val().stream())).noneMatch(Question::impossible);
        assertThat(data.remarks()).anySatisfy(each -> assertThat(each.text())
                .contains("is_impossible", "line 1, question x", "the answers count"));
        refused(
                write(
                        "b.jsonl",
                        "{'id': 'x', 'context': 'Ada was', 'question': 'Who?', 'answers': {'text': ['Ada'], 'answer_start': [0, 1]}}\n"),
                "line 1",
                "1 texts and 2 places");
    }

    @Test
    void placesCountLettersAndAreFoundBehindEmoji() throws IOException {
        String context = "\uD83C\uDF89 Ada met Bob";
        String asked = "{'id': '%s', 'question': 'Whom?', 'answers': [{'text': 'Bob', 'answer_start': %d}]}";
        Path file = write(
                "a.json",
                squad(
                        article("one", context, String.format(asked, "p", 10)),
                        article("two", "Ada met Bob", String.format(asked, "q", 8)),
                        article("three", context, String.format(asked, "c", 11))));
        AnswerData data = open(file, false);
        List<Question> all = java.util.stream.Stream.concat(data.train().stream(), data.val().stream())
                .toList();
        for (Question each : all) {
            Gold gold = each.golds().get(0);
            assertThat(each.passage().text().substring(gold.start(), gold.end()))
                    .isEqualTo("Bob");
        }
        assertThat(data.remarks()).extracting(Remark::text).anyMatch(text -> text.contains("1 answer fit"));
    }

    /** No passage is on both sides: whole articles are drawn. */
    @Test
    void aFifthOfTheArticlesIsSetAside() throws IOException {
        String[] articles = IntStream.range(0, 10)
                .mapToObj(
                        i -> article("t" + i, "Ada met " + i, String.format(ADA, i + "a"), String.format(ADA, i + "b")))
                .toArray(String[]::new);
        AnswerData data = open(write("a.json", squad(articles)), false);
        assertThat(data.val()).hasSize(4);
        Set<String> judged =
                data.val().stream().map(each -> each.passage().article()).collect(Collectors.toSet());
        assertThat(judged).hasSize(2);
        assertThat(data.train()).extracting(each -> each.passage().article()).doesNotContainAnyElementsOf(judged);
        assertThat(data.remarks()).extracting(Remark::text).anyMatch(text -> text.contains("2 of 10 articles"));
        refused(
                write("b.json", squad(article("one", "Ada met Bob", String.format(ADA, "1")))),
                "about one passage",
                "a file dev");
    }

    @Test
    void partsAreFilesAndPassagesThatLeakAreTold() throws IOException {
        String one = squad(article("one", "Ada met Bob", String.format(ADA, "1")));
        write("train-v2.0.json", one);
        write("dev-v2.0.json", squad(article("two", "Ada met Bob", String.format(ADA, "2"))));
        write("test.json", squad(article("three", "Ada met Eve", String.format(ADA, "3"))));
        write("notes.json", "{'a': 1}");
        assertThat(AnswerData.areAt(folder)).isTrue();
        AnswerData data = open(folder, false);
        assertThat(List.of(names(data.train()), names(data.val()), names(data.test())))
                .containsExactly(List.of("1"), List.of("2"), List.of("3"));
        assertThat(data.remarks())
                .filteredOn(each -> each.kind() == Remark.Kind.LEARNT_AND_JUDGED)
                .singleElement()
                .satisfies(each -> assertThat(each.fix().leaveOut()).containsExactly("2"));
    }

    @Test
    void questionsWithoutAnswersAndRowsAreRead() throws IOException {
        Path rows = write(
                "rows.jsonl",
                "{'id': 1, 'title': 't', 'context': 'Ada met Bob', 'question': 'Who?', 'answers': {'text': ['Ada'],"
                        + " 'answer_start': [0]}}\n"
                        + "{'id': 2, 'title': 't', 'context': 'Ada met Bob', 'question': 'When?', 'answers': {'text': [],"
                        + " 'answer_start': []}}\n"
                        + "{'id': 3, 'title': 'u', 'context': 'Eve left', 'question': 'Who?', 'answers': {'text': ['Eve'],"
                        + " 'answer_start': [0]}}\n");
        AnswerData data = open(rows, false);
        List<Question> all = java.util.stream.Stream.concat(data.train().stream(), data.val().stream())
                .toList();
        assertThat(names(all)).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(all)
                .filteredOn(Question::impossible)
                .extracting(Question::text)
                .containsExactly("When?");
        assertThat(AnswerData.areAt(write("texts.jsonl", "{'text': 'a', 'label': 'b'}\n")))
                .isFalse();
    }
}
