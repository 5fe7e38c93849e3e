package graft.predict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Answers that are kept, for whoever wants all of them in one object. */
public final class AnswerList implements AnswerWriter {
    private final List<JsonNode> answers = new ArrayList<>();
    private Layout layout;

    @Override
    public void begin(Layout given) {
        this.layout = given;
    }

    @Override
    public void write(Said said) {
        answers.add(JsonAnswers.object(layout, said));
    }

    /** As {@link JsonAnswers} writes them. */
    public List<JsonNode> answers() {
        return List.copyOf(answers);
    }
}
