package graft.tags;

import graft.data.Remark;
import graft.data.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts with entities by their places, as sentences whose words have tags. */
final class MarkedTexts {
    private static final int NAMED = 3;

    private MarkedTexts() {}

    /** @param remarks gets what was assumed */
    static List<Sentence> sentences(List<SpanFile.Marked> texts, Path file, String called, List<Remark> remarks) {
        boolean points = countsCodePoints(texts, file, remarks);
        List<Sentence> out = new ArrayList<>();
        List<String> widened = new ArrayList<>();
        int lost = 0;
        for (SpanFile.Marked each : texts) {
            List<int[]> words = Words.EACH.of(each.text());
            int[] from = words.stream().mapToInt(word -> word[0]).toArray();
            int[] to = words.stream().mapToInt(word -> word[1]).toArray();
            if (from.length == 0) {
                lost++;
                continue;
            }
            List<Chunk> chunks = new ArrayList<>();
            boolean exact = true;
            for (Span span : each.spans()) {
                Span here = points ? inChars(each.text(), span) : span;
                int first = first(to, here.start());
                int last = last(from, here.end());
                if (first > last) {
                    lost++;
                    continue;
                }
                exact &= from[first] == here.start() && to[last] == here.end();
                chunks.add(new Chunk(here.type(), first, last));
            }
            if (!exact) {
                widened.add("line " + each.line());
            }
            out.add(new Sentence(
                    called + ":" + each.line(),
                    each.text(),
                    new int[] {each.line()},
                    from,
                    to,
                    Chunk.asIob2(chunks, from.length)));
        }
        if (!widened.isEmpty()) {
            remarks.add(Remark.of(
                    Remark.Kind.DOUBTFUL,
                    file + ": entities begin or end within a word, or with a blank, in " + widened.size()
                            + (widened.size() == 1 ? " text (" : " texts (")
                            + String.join(", ", widened.subList(0, Math.min(NAMED, widened.size())))
                            + (widened.size() > NAMED ? ", …" : "")
                            + "). They are learnt and judged as whole words. Check that start and end count letters from 0, the"
                            + " end exclusive.",
                    List.of(file)));
        }
        if (lost > 0) {
            remarks.add(Remark.of(
                    Remark.Kind.DOUBTFUL,
                    file + ": " + lost + (lost == 1 ? " entity or text holds" : " entities or texts hold")
                            + " nothing but blanks, and " + (lost == 1 ? "is" : "are") + " passed over.",
                    List.of(file)));
        }
        return out;
    }

    private static int first(int[] to, int start) {
        int found = Arrays.binarySearch(to, start + 1);
        return found >= 0 ? found : -found - 1;
    }

    private static int last(int[] from, int end) {
        int found = Arrays.binarySearch(from, end - 1);
        return found >= 0 ? found : -found - 2;
    }

    /** Most tools count an emoji as one letter, Java and JavaScript as two: what fits the words better is taken. */
    private static boolean countsCodePoints(List<SpanFile.Marked> texts, Path file, List<Remark> remarks) {
        int asChars = 0;
        int asPoints = 0;
        int count = 0;
        for (SpanFile.Marked each : texts) {
            if (each.text().codePointCount(0, each.text().length())
                    == each.text().length()) {
                continue;
            }
            List<int[]> words = Words.EACH.of(each.text());
            for (Span span : each.spans()) {
                count++;
                asChars += fits(words, span) ? 1 : 0;
                asPoints +=
                        span.end() <= each.text().codePointCount(0, each.text().length())
                                        && fits(words, inChars(each.text(), span))
                                ? 1
                                : 0;
            }
        }
        boolean points = asPoints >= asChars;
        if (count > 0 && asPoints != asChars) {
            remarks.add(Remark.of(
                    Remark.Kind.READING,
                    file + " counts an emoji and the like as " + (points ? "one letter" : "two letters, as Java does")
                            + ": so " + Math.max(asChars, asPoints) + " of " + count
                            + " entities in texts that hold some begin and end with a word.",
                    List.of(file)));
        }
        return points;
    }

    private static boolean fits(List<int[]> words, Span span) {
        return words.stream().anyMatch(word -> word[0] == span.start())
                && words.stream().anyMatch(word -> word[1] == span.end());
    }

    private static Span inChars(String text, Span span) {
        int points = text.codePointCount(0, text.length());
        return new Span(
                text.offsetByCodePoints(0, Math.min(points, span.start())),
                text.offsetByCodePoints(0, Math.min(points, span.end())),
                span.type());
    }
}
