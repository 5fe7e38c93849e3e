package graft.tags;

import graft.data.Corrections;
import graft.data.Fingerprint;
import graft.data.Gathering;
import graft.data.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text cut into words, each with a tag.
 *
 * @param name what the user calls it: its file and line
 * @param lines of the words in their file, where each has one of its own; else one for all
 * @param from where each word begins in the text, in {@code char}s of Java
 * @param to where it ends
 * @param tags in IOB2; none where nobody knows them
 */
public record Sentence(String name, String text, int[] lines, int[] from, int[] to, List<String> tags)
        implements Gathering.Entry<Sentence> {
    int words() {
        return from.length;
    }

    String word(int i) {
        return text.substring(from[i], to[i]);
    }

    /** Where a word stands in its file. */
    int line(int word) {
        return lines[Math.min(word, lines.length - 1)];
    }

    @Override
    public Sentence named(String other) {
        return new Sentence(other, text, lines, from, to, tags);
    }

    /** Of each entity in it. */
    Stream<String> types() {
        return Chunk.of(tags).stream().map(Chunk::type);
    }

    public List<Span> spans() {
        return spans(tags);
    }

    /** Other tags of its words, as places in its text. */
    List<Span> spans(List<String> others) {
        List<Span> out = new ArrayList<>();
        for (Chunk chunk : Chunk.of(others)) {
            out.add(span(chunk));
        }
        return out;
    }

    Span span(Chunk chunk) {
        return new Span(from[chunk.first()], to[chunk.last()], chunk.type());
    }

    @Override
    public String fingerprint() {
        return Corrections.fingerprint(text);
    }

    @Override
    public String read() {
        return text;
    }

    @Override
    public void add(Fingerprint print) {
        print.add(name);
        print.add(text);
        print.add(tags);
    }
}
