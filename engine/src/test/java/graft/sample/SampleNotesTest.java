package graft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.Span;
import graft.progress.Progress;
import graft.sample.SampleNotes.Note;
import graft.tags.Sentence;
import graft.tags.TagData;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleNotesTest {
    @TempDir
    Path folder;

    @Test
    void notesComeBackFromTheFilesAsTheyWereMadeAndNoneIsLearntAndJudged() {
        List<Note> made = SampleNotes.notes();
        SampleNotes.writeInto(folder.resolve("notes"));
        TagData data = TagData.open(folder.resolve("notes"), 1, false, 0.2, Progress.NONE);
        assertThat(data.types()).containsExactly("person", "place", "plant");
        assertThat(data.train())
                .extracting(Sentence::spans)
                .isEqualTo(made.subList(0, SampleNotes.TRAIN).stream()
                        .map(Note::spans)
                        .toList());
        assertThat(data.val())
                .extracting(Sentence::text)
                .isEqualTo(made.subList(SampleNotes.TRAIN, made.size()).stream()
                        .map(Note::text)
                        .toList());
        assertThat(data.remarks()).noneMatch(remark -> remark.isProblem());
        assertThat(new HashSet<>(made)).hasSize(SampleNotes.TRAIN + SampleNotes.VAL);
    }

    @Test
    void aWordIsNowOneKindNowAnotherAndNoBracketIsLeft() {
        Set<String> kinds = new HashSet<>();
        for (Note note : SampleNotes.notes()) {
            assertThat(note.text()).doesNotContainPattern("[\\[\\]{}|]");
            for (Span span : note.spans()) {
                if (note.text().substring(span.start(), span.end()).equals("Florence")) {
                    kinds.add(span.type());
                }
            }
        }
        assertThat(kinds).containsExactlyInAnyOrder("person", "place");
    }
}
