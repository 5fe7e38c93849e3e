package graft.predict;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import graft.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers to questions as SQuAD's own programs read them: {@code {"id": "answer", …}}, "" where there is none. */
final class SquadAnswers implements AnswerWriter {
    private final JsonGenerator json;
    /** By question, how likely it has no answer, where the network says it. */
    private final Map<String, Float> none = new LinkedHashMap<>();

    /** {@code out} stays open. */
    SquadAnswers(OutputStream out) {
        try {
            json = new JsonFactory()
                    .createGenerator(out, JsonEncoding.UTF8)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void begin(Layout layout) throws IOException {
        if (!layout.isRanked()) {
            throw new Refusal(
                    "A .json file holds one answer for each question, as SQuAD's programs read them, and this network"
                            + " answers no questions. Write .jsonl or .csv.");
        }
        json.writeStartObject();
    }

    @Override
    public void write(Said said) throws IOException {
        json.writeStringField(said.input(), said.entities().get(0).words(said.text()));
        said.entities().stream()
                .filter(Entity::isNone)
                .findFirst()
                .ifPresent(each -> none.put(said.input(), each.probability()));
    }

    @Override
    public void end() throws IOException {
        json.writeEndObject();
        json.flush();
    }

    Map<String, Float> none() {
        return none;
    }
}
