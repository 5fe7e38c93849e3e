package graft.tags;

import graft.data.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sentence for a console: what is there in brackets, what was said in braces. */
final class MarkedText {
    private static final int MOST = 400;

    private MarkedText() {}

    static String of(TagEvaluation.Marked sentence) {
        Map<Integer, List<String>> closing = new TreeMap<>();
        Map<Integer, List<String>> opening = new TreeMap<>();
        put(sentence.gold(), "[", "]", opening, closing);
        put(sentence.said(), "{", "}", opening, closing);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i <= sentence.text().length(); i++) {
            closing.getOrDefault(i, List.of()).forEach(out::append);
            opening.getOrDefault(i, List.of()).forEach(out::append);
            if (i < sentence.text().length()) {
                out.append(sentence.text().charAt(i));
            }
        }
        String line = out.toString().replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= MOST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MOST)) + " …";
    }

    private static void put(
            List<Span> spans,
            String open,
            String close,
            Map<Integer, List<String>> opening,
            Map<Integer, List<String>> closing) {
        spans.stream().sorted(Comparator.comparingInt(Span::start)).forEach(span -> {
            opening.computeIfAbsent(span.start(), at -> new ArrayList<>()).add(open);
            closing.computeIfAbsent(span.end(), at -> new ArrayList<>()).add(0, " " + span.type() + close);
        });
    }
}
