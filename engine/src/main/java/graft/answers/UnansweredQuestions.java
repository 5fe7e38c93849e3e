package graft.answers;

import graft.Refusal;
import graft.data.Unlabelled;
import graft.progress.Progress;
import graft.text.ColumnNames;
import graft.text.TextEncoder;
import graft.text.TextExample;
import graft.text.TokenCounts;
import graft.text.UnlabelledTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Questions of files that are laid out as SQuAD is, with or without answers: these are not looked at. */
public final class UnansweredQuestions implements Unlabelled {
    private static final int AT_ONCE = 256;
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final List<String> PASSAGES =
            List.of("passage", "context", "paragraph", "document", "text", "article", "content");
    private static final List<String> QUESTIONS = List.of("question", "query");

    private final List<Question> questions;
    private final TextEncoder encoder;
    private final UnlabelledTexts.Maker maker;

    private UnansweredQuestions(List<Question> questions, TextEncoder encoder, UnlabelledTexts.Maker maker) {
        this.questions = questions;
        this.encoder = encoder;
        this.maker = maker;
    }

    /** Whether one of these is such a file. */
    public static boolean areIn(List<Path> inputs) {
        return inputs.stream().anyMatch(input -> SquadKind.of(input).isPresent());
    }

    /** The columns of passages and questions, as people call them, where the user names none. */
    public static ColumnNames columns(List<Path> inputs, ColumnNames wanted) {
        return Stream.of(wanted)
                .filter(names -> names.text().isEmpty() && names.pair().isEmpty())
                .flatMap(names -> inputs.stream())
                .filter(Files::isRegularFile)
                .flatMap(input -> ColumnNames.called(input, PASSAGES, QUESTIONS).stream())
                .findFirst()
                .orElse(wanted);
    }

    /**
     * @param skip whether questions that are not in order are left out and told
     * @throws Refusal where not all inputs are such files, or a question is not in order
     */
    public static UnansweredQuestions of(
            List<Path> inputs, TextEncoder encoder, UnlabelledTexts.Maker maker, boolean skip, Progress progress) {
        List<Question> questions = new ArrayList<>();
        for (Path input : inputs) {
            if (SquadKind.of(input).isEmpty()) {
                throw new Refusal(input + " is not laid out as SQuAD is, and others of these files are. Ask about them"
                        + " one after the other.");
            }
            List<String> notes = new ArrayList<>();
            SquadQuestions read = SquadFile.read(input, false, skip, notes);
            notes.forEach(progress::note);
            if (read.left() > 0) {
                progress.note("Left out: " + read.wrong() + ".");
            }
            questions.addAll(read.questions());
        }
        encoder.file().notes().forEach(progress::note);
        return new UnansweredQuestions(questions, encoder, maker);
    }

    @Override
    public long size() {
        return questions.size();
    }

    @Override
    public List<String> columns() {
        return List.of("text", "text_pair");
    }

    @Override
    public void read(Consumer<Portion> portions, Progress progress) {
        TokenCounts counts = new TokenCounts();
        Progress quiet = Progress.withoutStages(progress);
        try (encoder) {
            for (int from = 0; from < questions.size(); ) {
                int to = from;
                for (long letters = 0;
                        to < questions.size() && to - from < AT_ONCE && letters < MOST_CHARACTERS;
                        to++) {
                    letters += questions.get(to).passage().text().length();
                }
                List<TextExample> some = questions.subList(from, to).stream()
                        .map(each -> new TextExample(each.name(), each.passage().text(), Optional.of(each.text()), -1))
                        .toList();
                portions.accept(new Portion(
                        maker.examples(some, encoder, counts, quiet),
                        some.stream().map(TextExample::name).toList(),
                        some.stream()
                                .map(each -> List.of(each.text(), each.pair().orElseThrow()))
                                .toList(),
                        List.of()));
                from = to;
            }
        }
        counts.tell(encoder.maxLength(), progress);
    }
}
