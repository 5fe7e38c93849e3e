package graft.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Answers as JSON lines: one object for each input, everything as it is. */
public final class JsonAnswers implements AnswerWriter {
    private final OutputStream out;
    private Layout layout;

    /** {@code out} stays open. */
    public JsonAnswers(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(Layout given) {
        this.layout = given;
    }

    @Override
    public void write(Said said) throws IOException {
        out.write((object(layout, said) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** An answer; "" and nowhere where there is none. */
    private static void put(ObjectNode object, Said said, Entity answer) {
        object.put("answer", answer.words(said.text()));
        if (!answer.isNone()) {
            object.put("start", answer.span().start()).put("end", answer.span().end());
        }
        object.put("probability", answer.probability());
    }

    /**
     * {@code {"input", …, "class", "probability", "top"?, "probabilities"?, "ood_score"?, "ood"?}}; numbers by their names, places as
     * {@code "entities"}, answers to questions as {@code "answer", "start", "end", "probability", "answers"?}.
     */
    static ObjectNode object(Layout layout, Said said) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put(CsvAnswers.FIRST, said.input());
        for (int i = 0; i < layout.told().size(); i++) {
            object.put(layout.told().get(i), said.told().get(i));
        }
        for (int i = 0; i < layout.numbers().size(); i++) {
            object.put(layout.numbers().get(i), said.numbers()[i]);
        }
        if (layout.isOfSpans()) {
            ArrayNode entities = object.putArray("entities");
            said.entities().forEach(each -> entities.addObject()
                    .put("text", each.words(said.text()))
                    .put("type", each.span().type())
                    .put("start", each.span().start())
                    .put("end", each.span().end())
                    .put("probability", each.probability()));
        }
        if (layout.isRanked()) {
            if (!said.entities().isEmpty()) {
                put(object, said, said.entities().get(0));
            }
            if (layout.top() > 1) {
                ArrayNode answers = object.putArray("answers");
                said.entities().stream().limit(layout.top()).forEach(each -> put(answers.addObject(), said, each));
            }
        }
        if (layout.top() == 0 || layout.isRanked()) {
            return object;
        }
        object.put("class", layout.classes().get(said.best()[0]));
        object.put("probability", said.probabilities()[said.best()[0]]);
        if (layout.top() > 1) {
            ArrayNode top = object.putArray("top");
            for (int rank = 0; rank < layout.top(); rank++) {
                int label = said.best()[rank];
                top.addObject()
                        .put("class", layout.classes().get(label))
                        .put("probability", said.probabilities()[label]);
            }
        }
        if (layout.all()) {
            ObjectNode all = object.putObject("probabilities");
            for (int label = 0; label < said.probabilities().length; label++) {
                all.put(layout.classes().get(label), said.probabilities()[label]);
            }
        }
        said.strangeness().ifPresent(score -> object.put("ood_score", score).put("ood", said.isStrange()));
        return object;
    }
}
