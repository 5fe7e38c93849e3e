package graft.predict;

import graft.Refusal;
import graft.data.Span;
import graft.judge.Spotter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Entities as columns: a line for each word, its predicted tag (IOB2) last, before it the tag that its file has where it has some; a blank
 * line after each sentence.
 */
final class ConllAnswers implements AnswerWriter {
    private final OutputStream out;

    /** {@code out} stays open. */
    ConllAnswers(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(Layout layout) {
        if (!layout.isOfSpans()) {
            throw new Refusal(
                    "A .conll file holds a tag for each word, and this network gives none. Write .jsonl or .csv.");
        }
    }

    @Override
    public void write(Said said) throws IOException {
        StringBuilder lines = new StringBuilder();
        int next = 0;
        for (Spotter.Word word : said.words()) {
            while (next < said.entities().size()
                    && said.entities().get(next).span().end() <= word.start()) {
                next++;
            }
            Span entity =
                    next < said.entities().size() ? said.entities().get(next).span() : null;
            String tag = entity == null || word.end() <= entity.start()
                    ? "O"
                    : (word.start() <= entity.start() ? "B-" : "I-") + entity.type();
            lines.append(said.text(), word.start(), word.end())
                    .append(word.tag().isEmpty() ? "" : "\t" + word.tag())
                    .append('\t')
                    .append(tag)
                    .append('\n');
        }
        out.write(lines.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
}
