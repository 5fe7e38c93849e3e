package graft.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.files.Home;
import graft.files.Json;
import graft.sample.SampleNotes.Note;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Sample questions about cards of a garden's plants, made by Graft out of a grammar. A folder with {@code train.json} and
 * {@code val.json}, laid out as SQuAD is; a seed gives the same cards everywhere.
 */
public final class SampleQuestions {
    /** Cards to learn from. */
    public static final int TRAIN = 160;
    /** Cards to judge by. */
    public static final int VAL = 40;

    private static final String GRAMMAR = "questions.txt";
    private static final long SEED = 1;

    private SampleQuestions() {}

    /**
     * The sample in {@code GRAFT_HOME/samples/questions}, written if it is not there.
     *
     * @throws graft.Refusal where it cannot be written
     */
    public static Path folder() {
        Path folder = Home.folder().resolve("samples").resolve("questions");
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
                made -> Files.isRegularFile(made.resolve("train.json"))
                        && Files.isRegularFile(made.resolve("val.json")),
                aside -> {
                    List<Note> all = cards();
                    write(aside.resolve("train.json"), all.subList(0, TRAIN), 0);
                    write(aside.resolve("val.json"), all.subList(TRAIN, TRAIN + VAL), TRAIN);
                });
    }

    /** None twice: what is judged by was not learnt from. The type of a place is the question that it answers. */
    static List<Note> cards() {
        SampleGrammar grammar = SampleGrammar.of(GRAMMAR);
        SplittableRandom random = new SplittableRandom(SEED);
        Set<String> written = new LinkedHashSet<>();
        while (written.size() < TRAIN + VAL) {
            written.add(grammar.say("card", random));
        }
        return written.stream().map(Note::of).toList();
    }

    /** A card is an article of one passage. */
    private static void write(Path file, List<Note> cards, int before) throws IOException {
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("version", "1.1");
        ArrayNode articles = out.putArray("data");
        for (int i = 0; i < cards.size(); i++) {
            Note card = cards.get(i);
            String number = Integer.toString(before + i + 1);
            ObjectNode passage = articles.addObject()
                    .put("title", "Card " + number)
                    .putArray("paragraphs")
                    .addObject()
                    .put("context", card.text());
            ArrayNode asked = passage.putArray("qas");
            card.spans().forEach(span -> asked.addObject()
                    .put("id", "card-" + number + "-" + (asked.size() + 1))
                    .put("question", span.type())
                    .putArray("answers")
                    .addObject()
                    .put("text", card.text().substring(span.start(), span.end()))
                    .put("answer_start", card.text().codePointCount(0, span.start())));
        }
        Files.writeString(file, Json.write(out), StandardCharsets.UTF_8);
    }
}
