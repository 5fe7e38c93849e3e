package graft.predict;

import graft.predict.AnswerRows.AnswerRow;
import graft.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tells answers while they are written elsewhere: a few times a second, so that no listener is flooded. */
public final class ToldAnswers implements AnswerWriter {
    private static final int MOST = 500;
    private static final long PAUSE_NANOS = 150_000_000;
    /** Of a text; the file that is written has all of it. */
    private static final int MOST_CHARACTERS = 300;

    private final List<AnswerWriter> files;
    private final Progress progress;
    private final List<AnswerRow> waiting = new ArrayList<>();
    private Layout layout;
    private long told = System.nanoTime();

    /** @param files get every answer as well */
    public ToldAnswers(List<AnswerWriter> files, Progress progress) {
        this.files = List.copyOf(files);
        this.progress = progress;
    }

    @Override
    public void begin(Layout given) throws IOException {
        this.layout = given;
        for (AnswerWriter file : files) {
            file.begin(given);
        }
    }

    @Override
    public void write(Said said) throws IOException {
        for (AnswerWriter file : files) {
            file.write(said);
        }
        waiting.add(row(said));
        if (waiting.size() >= MOST || System.nanoTime() - told > PAUSE_NANOS) {
            tell();
        }
    }

    @Override
    public void end() throws IOException {
        for (AnswerWriter file : files) {
            file.end();
        }
        tell();
    }

    private AnswerRow row(Said said) {
        String words = String.join(" · ", said.told()).replaceAll("\\s+", " ").strip();
        int end = words.codePointCount(0, words.length()) <= MOST_CHARACTERS
                ? words.length()
                : words.offsetByCodePoints(0, MOST_CHARACTERS);
        String shown = words.substring(0, end) + (end < words.length() ? " …" : "");
        if (layout.isRanked()) {
            List<Entity> best = said.entities().stream().limit(layout.top()).toList();
            return new AnswerRow(
                    said.input(),
                    said.told().get(1),
                    best.stream().map(each -> each.words(said.text())).toList(),
                    best.stream().map(Entity::probability).toList(),
                    said.text(),
                    best.stream().map(Entity::span).toList());
        }
        if (layout.isOfSpans()) {
            return new AnswerRow(
                    said.input(),
                    shown,
                    said.entities().stream()
                            .map(each ->
                                    each.words(said.text()) + " (" + each.span().type() + ")")
                            .toList(),
                    said.entities().stream().map(Entity::probability).toList(),
                    said.text(),
                    said.entities().stream().map(Entity::span).toList());
        }
        return new AnswerRow(
                said.input(),
                shown,
                IntStream.of(said.best())
                        .limit(layout.top())
                        .mapToObj(layout.classes()::get)
                        .toList(),
                IntStream.of(said.best())
                        .limit(layout.top())
                        .mapToObj(label -> said.probabilities()[label])
                        .toList());
    }

    private void tell() {
        told = System.nanoTime();
        if (!waiting.isEmpty()) {
            progress.report(new AnswerRows(List.copyOf(waiting)));
            waiting.clear();
        }
    }
}
