package graft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import graft.answers.AnswerData;
import graft.answers.Question;
import graft.progress.Progress;
import graft.sample.SampleNotes.Note;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleQuestionsTest {
    @TempDir
    Path folder;

    @Test
    void questionsComeBackFromTheFilesAsTheyWereMadeAndNoCardIsLearntAndJudged() {
        List<Note> made = SampleQuestions.cards();
        assertThat(new HashSet<>(made)).hasSize(SampleQuestions.TRAIN + SampleQuestions.VAL);
        SampleQuestions.writeInto(folder.resolve("questions"));
        AnswerData data = AnswerData.open(folder.resolve("questions"), 1, false, 0.2, Progress.NONE);
        assertThat(data.skipped()).isEmpty();
        assertThat(data.remarks()).noneMatch(remark -> remark.isProblem());
        List<Question> read =
                Stream.concat(data.train().stream(), data.val().stream()).toList();
        assertThat(read)
                .extracting(each -> each.text() + each.golds().get(0).text())
                .isEqualTo(made.stream()
                        .flatMap(card -> card.spans().stream()
                                .map(span -> span.type() + card.text().substring(span.start(), span.end())))
                        .toList());
        assertThat(read).allSatisfy(each -> assertThat(each.passage().text() + each.text())
                .doesNotContainPattern("[\\[\\]{}|]")
                .endsWith("?"));
    }
}
