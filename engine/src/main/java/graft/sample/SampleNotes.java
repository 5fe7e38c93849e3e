package graft.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.data.Span;
import graft.files.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Sample sentences: notes from a garden, in which persons, places and plants are marked, made by Graft out of a grammar. A folder
 * with {@code train.jsonl} and {@code val.jsonl}; a seed gives the same notes everywhere.
 */
public final class SampleNotes {
    /** Notes to learn from. */
    public static final int TRAIN = 450;
    /** Notes to judge by. */
    public static final int VAL = 150;

    private static final String GRAMMAR = "notes.txt";
    private static final long SEED = 1;

    /** A note and what stands where in it. */
    record Note(String text, List<Span> spans) {
        /** @param written entities as {@code [type|words]} */
        static Note of(String written) {
            StringBuilder text = new StringBuilder();
            List<Span> spans = new ArrayList<>();
            int at = 0;
            for (int open = written.indexOf('['); open >= 0; open = written.indexOf('[', at)) {
                int bar = written.indexOf('|', open);
                int close = written.indexOf(']', bar);
                text.append(written, at, open);
                int start = text.length();
                text.append(written, bar + 1, close);
                spans.add(new Span(start, text.length(), written.substring(open + 1, bar)));
                at = close + 1;
            }
            return new Note(text.append(written.substring(at)).toString(), List.copyOf(spans));
        }

        private ObjectNode json() {
            ObjectNode out = JsonNodeFactory.instance.objectNode().put("text", text);
            ArrayNode places = out.putArray("spans");
            spans.forEach(
                    each -> places.addArray().add(each.start()).add(each.end()).add(each.type()));
            return out;
        }
    }

    private SampleNotes() {}

    /**
     * The sample in {@code GRAFT_HOME/samples/notes}, written if it is not there.
     *
     * @throws graft.Refusal where it cannot be written
     */
    public static Path folder() {
        Path folder = Home.folder().resolve("samples").resolve("notes");
        writeInto(folder);
        return folder;
    }

    /**
     * Writes the sample as {@code folder}; one that holds it is left as it is.
     *
     * @throws graft.Refusal where the folder holds something else, or cannot be written
     */
    public static void writeInto(Path folder) {
        SampleFolder.make(
                folder,
                made -> Files.isRegularFile(made.resolve("train.jsonl"))
                        && Files.isRegularFile(made.resolve("val.jsonl")),
                aside -> {
                    List<Note> all = notes();
                    write(aside.resolve("train.jsonl"), all.subList(0, TRAIN));
                    write(aside.resolve("val.jsonl"), all.subList(TRAIN, TRAIN + VAL));
                });
    }

    /** None twice: what is judged by was not learnt from. */
    static List<Note> notes() {
        SampleGrammar grammar = SampleGrammar.of(GRAMMAR);
        SplittableRandom random = new SplittableRandom(SEED);
        Set<String> written = new LinkedHashSet<>();
        while (written.size() < TRAIN + VAL) {
            written.add(grammar.say("note", random));
        }
        return written.stream().map(Note::of).toList();
    }

    private static void write(Path file, List<Note> notes) throws IOException {
        StringBuilder out = new StringBuilder();
        notes.forEach(note -> out.append(note.json()).append('\n'));
        Files.writeString(file, out, StandardCharsets.UTF_8);
    }
}
